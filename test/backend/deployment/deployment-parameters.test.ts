import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancelAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend";
import { everything, openShop, shopIn } from "../agreement/buyer";
import { catalogOf } from "../catalog/catalog-market";
import { TurningClock } from "../catalog/turning-clock";
import { deployerOf } from "./deployer";

const MINUTE = 60 * 1000;
const TOKEN = "a".repeat(32);

async function deal(options: Parameters<typeof openShop>[0] = {}) {
  const shop = await openShop(options);
  const agreementId = await shop.buy(shop.offerId, everything);
  const apiKey = (secretString: string, more: object = {}) => ({
    agreementId,
    deploymentParameter: { name: "ApiKey", secretString },
    ...more,
  });
  return {
    ...shop,
    agreementId,
    apiKey,
    seller: deployerOf(shop.market, "seller"),
    buyer: deployerOf(shop.market, "buyer"),
  };
}

test("what the seller puts is a secret in the buyer's account, and new versions take the place of old ones", async () => {
  const { apiKey, seller, buyer, productId, agreementId } = await deal();
  const expirationDate = new Date(Date.now() + 60 * MINUTE).toISOString();
  const made = await seller.put(
    productId,
    apiKey("first", { expirationDate, clientToken: TOKEN, tags: { team: "a" } }),
  );
  expect(made).toMatchObject({
    status: 200,
    body: { agreementId, deploymentParameterId: expect.stringMatching(/^dp-[a-z0-9]+$/), tags: { team: "a" } },
  });
  expect(made.body["resourceArn"]).toBe(
    `arn:aws:aws-marketplace:us-east-1:111122223333:DeploymentParameter:catalogs/AWSMarketplace/products/${productId}/${made.body["deploymentParameterId"]}`,
  );
  const SecretId = `marketplace-deployment!${productId}/ApiKey`;
  const first = await buyer.secrets("GetSecretValue", { SecretId });
  expect(first.body).toMatchObject({
    Name: SecretId,
    SecretString: "first",
    VersionId: TOKEN,
    VersionStages: ["AWSCURRENT"],
    CreatedDate: expect.any(Number),
    ARN: expect.stringMatching(
      /^arn:aws:secretsmanager:us-east-1:444455556666:secret:marketplace-deployment!.*-\w{6}$/,
    ),
  });

  const again = await seller.put(productId, apiKey("second", { tags: { team: "b" } }));
  expect(again.body).toMatchObject({ deploymentParameterId: made.body["deploymentParameterId"], tags: { team: "a" } });
  const read = async (more: object) =>
    (await buyer.secrets("GetSecretValue", { SecretId, ...more })).body["SecretString"];
  expect(await read({})).toBe("second");
  expect(await read({ SecretId: first.body["ARN"] })).toBe("second");
  expect(await read({ VersionStage: "AWSPREVIOUS" })).toBe("first");
  expect(await read({ VersionId: TOKEN })).toBe("first");
  const { body } = await buyer.secrets("DescribeSecret", { SecretId });
  expect(body).toMatchObject({
    OwningService: "marketplace-deployment",
    Tags: [{ Key: "expirationDate", Value: expirationDate }],
  });
  expect((body["VersionIdsToStages"] as Record<string, string[]>)[TOKEN]).toEqual(["AWSPREVIOUS"]);
  expect(body).not.toHaveProperty("SecretString");
});

test("the same request with its token is one version; another request with it is refused", async () => {
  const { apiKey, seller, buyer, productId } = await deal();
  const first = await seller.put(productId, apiKey("first", { clientToken: TOKEN }));
  await seller.put(productId, apiKey("second"));
  expect(await seller.put(productId, apiKey("first", { clientToken: TOKEN }))).toEqual(first);
  expect(await seller.put(productId, apiKey("third", { clientToken: TOKEN }))).toMatchObject({
    status: 409,
    error: "ConflictException",
    body: { resourceId: first.body["deploymentParameterId"] },
  });
  const SecretId = `marketplace-deployment!${productId}/ApiKey`;
  expect((await buyer.secrets("GetSecretValue", { SecretId })).body["SecretString"]).toBe("second");
});

test("nothing but the seller's own agreement in force about the product takes a parameter", async () => {
  const { apiKey, seller, buyer, market, productId, agreementId, agreements, draft } = await deal();
  const partner = deployerOf(market, "partner");
  const other = await draft("Another product");
  const past = new Date(Date.now() - MINUTE).toISOString();
  const refused = async (asked: ReturnType<typeof seller.put>) => {
    const { status, error, body } = await asked;
    return [status, error, body["fieldName"] ?? body["resourceId"]];
  };
  expect(await refused(buyer.put(productId, apiKey("x")))).toEqual([403, "AccessDeniedException", undefined]);
  expect(await refused(partner.put(productId, apiKey("x")))).toEqual([404, "ResourceNotFoundException", undefined]);
  expect(await refused(seller.put("prod-nothing", apiKey("x")))).toEqual([404, "ResourceNotFoundException", undefined]);
  expect(await refused(seller.put(other, apiKey("x")))).toEqual([400, "ValidationException", "productId"]);
  expect(await refused(seller.put(productId, { ...apiKey("x"), agreementId: "agmt-1" }))).toEqual([
    404,
    "ResourceNotFoundException",
    undefined,
  ]);
  expect(await refused(seller.put(productId, apiKey("x", { expirationDate: past })))).toEqual([
    400,
    "ValidationException",
    "expirationDate",
  ]);
  expect(await refused(seller.put(productId, apiKey("x".repeat(15_001))))).toEqual([
    400,
    "ValidationException",
    "deploymentParameter.secretString",
  ]);
  expect(await refused(seller.put(productId, apiKey("x", { clientToken: "short" })))).toEqual([
    400,
    "ValidationException",
    "clientToken",
  ]);
  expect(await refused(seller.put(productId, apiKey("x", { tags: { "aws:team": "a" } })))).toEqual([
    400,
    "ValidationException",
    "tags",
  ]);
  expect((await buyer.secrets("ListSecrets", {})).body["SecretList"]).toEqual([]);
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  expect(await refused(seller.put(productId, apiKey("x")))).toEqual([409, "ConflictException", agreementId]);
});

test("tags are the seller's, kept for each parameter", async () => {
  const { apiKey, seller, buyer, productId } = await deal();
  const { body } = await seller.put(productId, apiKey("first", { tags: { team: "a", stage: "test" } }));
  const arn = body["resourceArn"];
  expect(await seller.tag(arn, { stage: "live", cost: "1" })).toMatchObject({ status: 204 });
  expect(await seller.untag(arn, "team", "absent")).toMatchObject({ status: 204 });
  expect((await seller.tags(arn)).body).toEqual({ tags: { stage: "live", cost: "1" } });
  expect(await seller.tag(arn, { "aws:cost": "1" })).toMatchObject({ status: 400, body: { fieldName: "tags" } });
  expect(await buyer.tags(arn)).toMatchObject({ status: 404, error: "ResourceNotFoundException" });
  expect(await seller.tags(`${String(arn)}x`)).toMatchObject({ status: 404 });
});

test("a parameter is gone once it expires, and its text is nowhere to be read before", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "deployment-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = new TurningClock();
  const { apiKey, seller, buyer, productId, market } = await deal({ clock, dataDir });
  const expirationDate = new Date(clock.now().getTime() + 10 * MINUTE).toISOString();
  const { body } = await seller.put(productId, apiKey("planted-secret-text", { expirationDate }));
  const SecretId = `marketplace-deployment!${productId}/ApiKey`;
  expect((await buyer.secrets("GetSecretValue", { SecretId })).status).toBe(200);
  const readable = readdirSync(dataDir).filter((file) => readFileSync(join(dataDir, file)).includes("planted-secret"));
  expect(readable).toEqual([]);
  await clock.turn(11 * MINUTE);
  expect(await buyer.secrets("GetSecretValue", { SecretId })).toMatchObject({
    status: 400,
    error: "ResourceNotFoundException",
  });
  expect((await buyer.secrets("ListSecrets", {})).body["SecretList"]).toEqual([]);
  expect((await seller.tags(body["resourceArn"])).status).toBe(404);
  await expect.poll(() => [...market.market.store.table("secretsmanager.secrets").list()]).toEqual([]);
  // A new one of the same name is another parameter and another secret.
  const renewed = await seller.put(productId, apiKey("second"));
  expect(renewed.body["deploymentParameterId"]).not.toBe(body["deploymentParameterId"]);
});

test("what expires while the marketplace is stopped is gone when it starts, and what does not is there", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "deployment-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const clock = new TurningClock();
  const first = await startMarketplace({ clock, dataDir });
  const shop = await shopIn(catalogOf(first));
  const agreementId = await shop.buy(shop.offerId, everything);
  const put = (name: string, minutes: number) =>
    deployerOf(first, "seller").put(shop.productId, {
      agreementId,
      deploymentParameter: { name, secretString: `text of ${name}` },
      expirationDate: new Date(clock.now().getTime() + minutes * MINUTE).toISOString(),
    });
  expect([(await put("Soon", 10)).status, (await put("Later", 100)).status]).toEqual([200, 200]);
  await first.close();
  await clock.turn(20 * MINUTE);
  const second = await startMarketplace({ clock, dataDir });
  onTestFinished(() => second.close());
  const names = () =>
    [...second.market.store.table("secretsmanager.secrets").list()].map(([key]) => key.split("/").at(-1));
  await expect.poll(names).toEqual(["Later"]);
  const { body } = await deployerOf(second, "buyer").secrets("GetSecretValue", {
    SecretId: `marketplace-deployment!${shop.productId}/Later`,
  });
  expect(body["SecretString"]).toBe("text of Later");
  await clock.turn(90 * MINUTE);
  await expect.poll(names).toEqual([]);
});

test("quotas and rates are those of the service where limits are on", async () => {
  const clock = new TurningClock();
  const { apiKey, seller, productId } = await deal({ clock, limits: true });
  const put = async (name: string) => {
    await clock.turn(2000);
    const { status, error } = await seller.put(productId, {
      ...apiKey(""),
      deploymentParameter: { name, secretString: "x" },
    });
    return error ?? status;
  };
  for (let i = 0; i < 10; i++) expect(await put(`Key${i}`)).toBe(200);
  expect(await put("Key10")).toBe("ServiceQuotaExceededException");
  expect(await put("Key9")).toBe(200);
  expect((await seller.put(productId, apiKey("x"))).error).toBe("ThrottlingException");
});
