import { type Change, StartChangeSetCommand, TagResourceCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { Catalog, openCatalog } from "./catalog-market";
import { AMI, change, createProduct, newVersion, OFFER, retitle } from "./listing";

const IMAGE = { AmiId: "ami-0123456789abcdef0", AccessRoleArn: "arn:aws:iam::111122223333:role/Ingestion" };

test("the same token with the same request returns the change set that it started, even after it has run", async () => {
  const { start, ended } = await openCatalog();
  const request = [createProduct("Log Agent")];
  const first = await start(request, { ClientRequestToken: "token-1" });
  expect(await start(request, { ClientRequestToken: "token-1" })).toBe(first);
  await ended(first);
  expect(await start(request, { ClientRequestToken: "token-1" })).toBe(first);
  expect(await start(request, { ClientRequestToken: "token-2" })).not.toBe(first);
});

test("the same token with another request is refused", async () => {
  const { start } = await openCatalog();
  const first = await start([createProduct("Log Agent")], { ClientRequestToken: "token-1" });
  await expect(start([createProduct("Other")], { ClientRequestToken: "token-1" })).rejects.toMatchObject({
    name: "ValidationException",
    $metadata: { httpStatusCode: 422 },
    message: expect.stringContaining(first),
  });
});

test("a token of one account means nothing to another", async () => {
  const opened = await openCatalog();
  const request = [createProduct("Log Agent")];
  const first = await opened.start(request, { ClientRequestToken: "token-1" });
  expect(await opened.as("partner").start(request, { ClientRequestToken: "token-1" })).not.toBe(first);
});

test("a stale revision is refused, and the message holds the latest", async () => {
  const { start, run, draft } = await openCatalog();
  const id = await draft("Log Agent");
  expect(await run([retitle(`${id}@1`, "Second")])).toMatchObject({ Status: "SUCCEEDED" });
  await expect(start([retitle(`${id}@1`, "Third")])).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining(`${id}@2`),
  });
  expect(await run([retitle(`${id}@2`, "Third")])).toMatchObject({ Status: "SUCCEEDED" });
});

test.each<[string, string, string, Change]>([
  ["a product that is not there", "ResourceNotFoundException", "prod-", retitle("prod-aaaaaaaaaaaaa", "New")],
  [
    "an offer on a product that is not there",
    "ResourceNotFoundException",
    "prod-",
    change("CreateOffer", OFFER, undefined, { ProductId: "prod-aaaaaaaaaaaaa" }),
  ],
  [
    "a change type that does not exist",
    "ValidationException",
    "PaintProduct",
    change("PaintProduct", AMI, "prod-a", {}),
  ],
  [
    "an entity type that is not served",
    "ValidationException",
    "MachineLearningProduct@1.0",
    change("CreateProduct", "MachineLearningProduct@1.0", undefined, {}),
  ],
  [
    "an entity type without its version",
    "ValidationException",
    "AmiProduct",
    change("CreateProduct", "AmiProduct", undefined, {}),
  ],
  ["an unknown property", "ValidationException", "Colour", change("CreateProduct", AMI, undefined, { Colour: "red" })],
  ["no details at all", "ValidationException", "Details", { ChangeType: "CreateProduct", Entity: { Type: AMI } }],
  [
    "details twice",
    "ValidationException",
    "Details",
    { ChangeType: "CreateProduct", Entity: { Type: AMI }, Details: "{}", DetailsDocument: {} },
  ],
  [
    "details that are not JSON",
    "ValidationException",
    "JSON",
    { ChangeType: "CreateProduct", Entity: { Type: AMI }, Details: "{ title }" },
  ],
  [
    "a change without its entity",
    "ValidationException",
    "Identifier",
    change("AddRegions", AMI, undefined, { Regions: ["us-east-1"] }),
  ],
  ["a creation that names an entity", "ValidationException", "Identifier", change("CreateProduct", AMI, "prod-a", {})],
  [
    "tags for an entity that is there already",
    "ValidationException",
    "EntityTags",
    { ...change("AddRegions", AMI, "prod-a", { Regions: ["us-east-1"] }), EntityTags: [{ Key: "team", Value: "a" }] },
  ],
])("%s is refused at once with %s", async (_, name, hint, wrong) => {
  const { start } = await openCatalog();
  await expect(start([wrong])).rejects.toMatchObject({ name, message: expect.stringContaining(hint) });
});

test.each<[string, string, readonly Change[]]>([
  [
    "a reference to nothing",
    "Agent",
    [change("AddRegions", AMI, "$Agent.Entity.Identifier", { Regions: ["us-east-1"] })],
  ],
  [
    "a reference to nothing inside a document",
    "Agent",
    [change("CreateOffer", OFFER, undefined, { ProductId: "$Agent.Entity.Identifier" })],
  ],
  [
    "a ring of references",
    "itself",
    [change("CreateOffer", OFFER, undefined, { ProductId: "$Offer.Entity.Identifier" }, "Offer")],
  ],
  [
    "the same change type twice for one entity",
    "AddRegions",
    [
      createProduct("Log Agent", "Agent"),
      change("AddRegions", AMI, "$Agent.Entity.Identifier", { Regions: ["us-east-1"] }),
      change("AddRegions", AMI, "$Agent.Entity.Identifier", { Regions: ["eu-west-1"] }),
    ],
  ],
  ["two changes of the same name", "Agent", [createProduct("One", "Agent"), createProduct("Two", "Agent")]],
])("%s is refused at once", async (_, hint, changes) => {
  const { start } = await openCatalog();
  await expect(start(changes)).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining(hint),
  });
});

test("documents made to hurt are refused like any other", async () => {
  const { start, run } = await openCatalog();
  for (const Details of [
    deep(2000),
    '{"__proto__":{"ProductTitle":"x"}}',
    '{"constructor":{}}',
    "[]",
    "null",
    "1e999",
  ]) {
    const wrong = { ChangeType: "CreateProduct", Entity: { Type: AMI }, Details };
    await expect(start([wrong])).rejects.toMatchObject({ name: "ValidationException" });
  }
  const nested = JSON.parse(deep(40)) as { a: object };
  await expect(start([change("CreateProduct", AMI, undefined, nested as never)])).rejects.toMatchObject({
    name: "ValidationException",
  });
  expect(await run([createProduct("Log Agent")])).toMatchObject({ Status: "SUCCEEDED" });
});

test("a product of another account cannot be changed or sold", async () => {
  const opened = await openCatalog();
  const id = await opened.draft("Log Agent");
  const partner = opened.as("partner");
  await expect(partner.entity(id)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(partner.start([retitle(id, "Mine")])).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(partner.start([change("CreateOffer", OFFER, undefined, { ProductId: id })])).rejects.toMatchObject({
    name: "AccessDeniedException",
    $metadata: { httpStatusCode: 403 },
  });
});

test("an account that is no seller cannot change the catalog", async () => {
  const buyer = (await openCatalog()).as("buyer");
  await expect(buyer.start([createProduct("Log Agent")])).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("a change set has 1 to 20 changes", async () => {
  const { start, run } = await openCatalog();
  const changes = Array.from({ length: 21 }, (_, index) => createProduct(`Agent ${index}`));
  await expect(start([])).rejects.toMatchObject({ name: "ValidationException" });
  await expect(start(changes)).rejects.toMatchObject({ name: "ValidationException" });
  expect(await run(changes.slice(0, 20))).toMatchObject({ Status: "SUCCEEDED" });
});

test("VALIDATE is for new versions only", async () => {
  const { start } = await openCatalog();
  await expect(start([createProduct("Log Agent")], { Intent: "VALIDATE" })).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("VALIDATE"),
  });
});

test("VALIDATE runs the checks, locks nothing and changes nothing", async () => {
  const { start, run, ended, draft, entity } = await openCatalog();
  const id = await draft("Log Agent");
  const validated = await start([change("AddDeliveryOptions", AMI, id, newVersion("1.0.0", IMAGE))], {
    Intent: "VALIDATE",
  });
  expect(await run([retitle(id, "Renamed meanwhile")])).toMatchObject({ Status: "SUCCEEDED" });
  expect(await ended(validated)).toMatchObject({ Intent: "VALIDATE", Status: "FAILED", FailureCode: "CLIENT_ERROR" });
  expect((await entity(id)).EntityIdentifier).toBe(`${id}@2`);
});

test("requests for another catalog are refused", async () => {
  const { catalog } = await openCatalog();
  const request = new StartChangeSetCommand({ Catalog: "Elsewhere", ChangeSet: [createProduct("Log Agent")] });
  await expect(catalog.send(request)).rejects.toMatchObject({ name: "ValidationException" });
  const tags = new TagResourceCommand({
    ResourceArn: `arn:aws:aws-marketplace:us-east-1:111122223333:${Catalog}/AmiProduct/prod-aaaaaaaaaaaaa`,
    Tags: [{ Key: "team", Value: "a" }],
  });
  await expect(catalog.send(tags)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

function deep(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
}
