import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { IAMClient, ListGroupsCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  CancelAgreementCommand,
  DescribeAgreementCommand,
  GetAgreementEntitlementsCommand,
  ListAgreementChargesCommand,
  SearchAgreementsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, onTestFinished, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../backend/index";
import { exportState, readOutputs, run, type Operation } from "../../engine/index";
import { buyerWith, everything, shopIn } from "../backend/agreement/buyer";
import { catalogOf } from "../backend/catalog/catalog-market";

const projectDir = join(__dirname, "../../examples/access-groups");

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The example as a person runs it, against a marketplace of its own; state goes to a temporary folder. */
async function openExample() {
  const market = await startMarketplace();
  const stateDir = mkdtempSync(join(tmpdir(), "access-groups-"));
  onTestFinished(async () => {
    await market.close();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  });
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === "buyer") ?? {};
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: market.endpoint,
    AWS_REGION: market.region,
  };
  const place = { projectDir, stack: "dev", stateDir, passphrase: "a passphrase of the test" };
  const events: string[] = [];
  const go = async (operation: Operation) => {
    const { result, changes } = await run({
      ...place,
      operation,
      env,
      onEvent: (event) => void events.push(JSON.stringify(event)),
    });
    return { result, changes };
  };
  const connection = (key: Key) => connectionOf(market, key);
  const shop = await openShopIn(market);
  return { go, events, place, connection, shop, iam: new IAMClient(connection({ accessKeyId, secretAccessKey })) };
}

function connectionOf({ endpoint, region }: RunningMarketplace, credentials: Key) {
  return { endpoint, region, credentials, maxAttempts: 1 };
}

/** A public listing of another account in the same marketplace. */
async function openShopIn(market: RunningMarketplace) {
  const { offerId, productId, entity } = await shopIn(catalogOf(market));
  const { DetailsDocument } = await entity(productId);
  const { Description } = DetailsDocument as { readonly Description: { readonly ProductCode: string } };
  return { offerId, productCode: Description.ProductCode };
}

/** A person with clients of their own, and what they are let do. */
function person(settings: ReturnType<typeof connectionOf>) {
  const { discover, ask, accept, agreements, buy } = buyerWith(settings);
  const [ec2, iam] = [new EC2Client(settings), new IAMClient(settings)];
  const asBuyer = [
    { name: "PartyType", values: ["Acceptor"] },
    { name: "AgreementType", values: ["PurchaseAgreement"] },
  ];
  return {
    search: (searchText: string) => discover("searchListings", { searchText }),
    agreements: async () =>
      (await agreements.send(new SearchAgreementsCommand({ filters: asBuyer }))).agreementViewSummaries,
    describe: (agreementId: string) => agreements.send(new DescribeAgreementCommand({ agreementId })),
    entitlements: async (agreementId: string) =>
      (await agreements.send(new GetAgreementEntitlementsCommand({ agreementId }))).agreementEntitlements,
    charges: () => agreements.send(new ListAgreementChargesCommand({})),
    quote: (offerId: string) => ask(offerId, everything),
    accept,
    buy: (offerId: string) => buy(offerId, everything),
    cancel: (agreementId: string) => agreements.send(new CancelAgreementCommand({ agreementId })),
    images: async (code: string) => {
      const Filters = [{ Name: "product-code", Values: [code] }];
      const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["aws-marketplace"], Filters }));
      return Images.map(({ ImageId = "" }) => ImageId);
    },
    launch: async (ImageId: string) => {
      const one = new RunInstancesCommand({ ImageId, InstanceType: "m5.large", MinCount: 1, MaxCount: 1 });
      return (await ec2.send(one)).Instances?.[0]?.InstanceId ?? "";
    },
    state: async (id: string) =>
      (await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))).Reservations?.[0]?.Instances?.[0]?.State
        ?.Name,
    stop: (id: string) => ec2.send(new StopInstancesCommand({ InstanceIds: [id] })),
    terminate: (id: string) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })),
    users: () => iam.send(new ListUsersCommand({})),
  };
}

test("three people in three groups, each tried with their own keys", { timeout: 120_000 }, async () => {
  const before = readdirSync(projectDir);
  const { go, events, place, connection, shop, iam } = await openExample();
  expect((await go("up")).result).toBe("succeeded");

  const outputs = await readOutputs(place);
  expect(outputs.keys).toMatchObject({ secret: true });
  const keys = outputs.keys?.value as Readonly<Record<"alice" | "bob" | "carol", Key>>;
  const [alice, bob, carol] = [keys.alice, keys.bob, keys.carol].map((key) => person(connection(key)));
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error("There are no such people.");
  const { offerId, productCode } = shop;

  // Bob finds and buys, and launches nothing.
  expect(await bob.search("log")).toMatchObject({ listingSummaries: [{ listingName: "Log Agent" }] });
  const agreementId = await bob.buy(offerId);
  const [image = ""] = await carol.images(productCode);
  await expect(bob.launch(image)).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  await expect(bob.users()).rejects.toMatchObject({ name: "AccessDenied" });

  // Alice sees all that there is, and buys, cancels and stops nothing.
  expect(await alice.search("log")).toMatchObject({ listingSummaries: [{ listingName: "Log Agent" }] });
  expect(await alice.agreements()).toMatchObject([{ agreementId, status: "ACTIVE" }]);
  expect(await alice.describe(agreementId)).toMatchObject({ proposalSummary: { offerId } });
  expect(await alice.entitlements(agreementId)).toMatchObject([{ status: "PROVISIONED" }]);
  await alice.charges();
  const refused = { name: "AccessDeniedException" };
  await expect(alice.quote(offerId)).rejects.toMatchObject(refused);
  await expect(alice.accept("ar-1a2b3c4d5e6f7")).rejects.toMatchObject(refused);
  await expect(alice.cancel(agreementId)).rejects.toMatchObject(refused);
  await expect(alice.launch(image)).rejects.toMatchObject({ name: "UnauthorizedOperation" });

  // Carol runs it.
  const instance = await carol.launch(image);
  expect(await alice.state(instance)).toBe("running");
  await expect(alice.stop(instance)).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  await carol.stop(instance);
  expect(await carol.state(instance)).toBe("stopped");
  await carol.terminate(instance);
  expect(await alice.state(instance)).toBe("terminated");

  await bob.cancel(agreementId);
  expect(await alice.agreements()).toMatchObject([{ agreementId, status: "CANCELLED" }]);

  // Secrets stand in the state only as ciphertext, and in no event.
  const password = String(outputs.passwordOfCarol?.value);
  expect(password).toHaveLength(32);
  const secrets = [password, ...Object.values(keys).map(({ secretAccessKey }) => secretAccessKey)];
  const files = readdirSync(join(place.stateDir, "stacks"), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  const written = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
  expect(written).toContain("MarketplaceViewers");
  for (const secret of secrets) expect([written, ...events].filter((text) => text.includes(secret))).toEqual([]);
  expect(JSON.stringify(await exportState(place))).not.toContain(password);

  const again = await go("up");
  expect(again.result).toBe("succeeded");
  expect(Object.keys(again.changes)).toEqual(["same"]);
  expect((await go("destroy")).result).toBe("succeeded");
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  expect([...Groups.map(({ GroupName }) => GroupName), ...Users.map(({ UserName }) => UserName)]).toEqual([
    "Administrators",
    "admin",
  ]);
  expect(readdirSync(projectDir)).toEqual(before);
});
