import { expect, test } from "vitest";
import { everything, openShop } from "../agreement/buyer";
import { deployerOf } from "../deployment/deployer";

async function withSecrets(...names: string[]) {
  const shop = await openShop();
  const agreementId = await shop.buy(shop.offerId, everything);
  const seller = deployerOf(shop.market, "seller");
  for (const name of names) {
    await seller.put(shop.productId, { agreementId, deploymentParameter: { name, secretString: `text of ${name}` } });
  }
  const prefix = `marketplace-deployment!${shop.productId}/`;
  return { ...shop, prefix, buyer: deployerOf(shop.market, "buyer"), seller };
}

test("a buyer pages through the secrets, filters and sorts them", async () => {
  const { buyer, prefix } = await withSecrets("Beta", "Alpha", "Gamma");
  const names = async (input: object) => {
    const { body } = await buyer.secrets("ListSecrets", input);
    return (body["SecretList"] as { Name: string }[]).map(({ Name }) => Name.slice(prefix.length));
  };
  expect(await names({ SortBy: "name" })).toEqual(["Alpha", "Beta", "Gamma"]);
  expect(await names({ SortBy: "name", SortOrder: "desc" })).toEqual(["Gamma", "Beta", "Alpha"]);
  expect(await names({ Filters: [{ Key: "name", Values: [`${prefix}Al`, `${prefix}Ga`] }], SortBy: "name" })).toEqual([
    "Alpha",
    "Gamma",
  ]);
  expect(await names({ Filters: [{ Key: "name", Values: [`!${prefix}Al`] }], SortBy: "name" })).toEqual([
    "Beta",
    "Gamma",
  ]);
  expect(await names({ Filters: [{ Key: "all", Values: ["beta MARKETPLACE"] }] })).toEqual(["Beta"]);
  expect(await names({ Filters: [{ Key: "owning-service", Values: ["rds"] }] })).toEqual([]);
  const first = await buyer.secrets("ListSecrets", { MaxResults: 2, SortBy: "name" });
  expect(await names({ MaxResults: 2, SortBy: "name", NextToken: first.body["NextToken"] })).toEqual(["Gamma"]);
  expect(await buyer.secrets("ListSecrets", { NextToken: "made-up" })).toMatchObject({
    status: 400,
    error: "InvalidNextTokenException",
  });
});

test("versions and stages that a secret does not have are told apart", async () => {
  const { buyer, prefix } = await withSecrets("Alpha");
  const SecretId = `${prefix}Alpha`;
  const { body } = await buyer.secrets("GetSecretValue", { SecretId });
  const ask = async (more: object) => (await buyer.secrets("GetSecretValue", { SecretId, ...more })).error;
  expect(await ask({ VersionId: body["VersionId"], VersionStage: "AWSCURRENT" })).toBeUndefined();
  expect(await ask({ VersionStage: "AWSPREVIOUS" })).toBe("ResourceNotFoundException");
  expect(await ask({ VersionId: "0".repeat(36) })).toBe("ResourceNotFoundException");
  expect(await ask({ VersionId: body["VersionId"], VersionStage: "AWSPREVIOUS" })).toBe("InvalidRequestException");
  expect(await ask({ SecretId: `${prefix}Beta` })).toBe("ResourceNotFoundException");
});

test("nobody else reads the secret: not the seller who put it, by name or by ARN", async () => {
  const { buyer, seller, prefix } = await withSecrets("Alpha");
  const { body } = await buyer.secrets("DescribeSecret", { SecretId: `${prefix}Alpha` });
  expect(await seller.secrets("GetSecretValue", { SecretId: body["ARN"] })).toMatchObject({
    status: 400,
    error: "AccessDeniedException",
  });
  expect((await seller.secrets("GetSecretValue", { SecretId: `${prefix}Alpha` })).error).toBe(
    "ResourceNotFoundException",
  );
  expect((await seller.secrets("ListSecrets", {})).body["SecretList"]).toEqual([]);
});
