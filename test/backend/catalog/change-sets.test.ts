import { ListEntitiesCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { Catalog, madeBy, openCatalog } from "./catalog-market";
import { AMI, change, createProduct, OFFER, retitle } from "./listing";

test("a new product is a draft at its first revision", async () => {
  const { run, entity } = await openCatalog();
  const changeSet = await run([createProduct("Log Agent")], { ChangeSetName: "First listing" });
  expect(changeSet).toMatchObject({
    ChangeSetName: "First listing",
    Intent: "APPLY",
    Status: "SUCCEEDED",
    ChangeSet: [{ ChangeType: "CreateProduct", Details: '{"ProductTitle":"Log Agent"}', ErrorDetailList: [] }],
  });
  expect(changeSet.ChangeSetArn).toBe(
    `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/ChangeSet/${changeSet.ChangeSetId}`,
  );
  expect(changeSet.StartTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(changeSet.EndTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

  const id = madeBy(changeSet);
  expect(changeSet.ChangeSet?.[0]?.Entity).toEqual({ Type: AMI, Identifier: `${id}@1` });
  const product = await entity(id);
  expect(product).toMatchObject({
    EntityType: AMI,
    EntityIdentifier: `${id}@1`,
    EntityArn: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/AmiProduct/${id}`,
    DetailsDocument: { Description: { ProductTitle: "Log Agent", Visibility: "Draft", ProductState: "Draft" } },
  });
  expect(JSON.parse(product.Details ?? "")).toEqual(product.DetailsDocument);
});

test("a set without a name is called after the account", async () => {
  const { run } = await openCatalog();
  expect((await run([createProduct("Log Agent")])).ChangeSetName).toBe("Submitted by 111122223333");
});

test("each change set raises the revision of an entity once, however many changes it holds", async () => {
  const { run, draft, entity } = await openCatalog();
  const id = await draft("Log Agent");
  const changeSet = await run([
    retitle(id, "Log Agent Pro"),
    change("AddRegions", AMI, id, { Regions: ["us-east-1"] }),
    change("UpdateFutureRegionSupport", AMI, id, { FutureRegionSupport: { SupportedRegions: ["All"] } }),
  ]);
  expect(changeSet.ChangeSet?.map(({ Entity }) => Entity?.Identifier)).toEqual([`${id}@2`, `${id}@2`, `${id}@2`]);
  expect((await entity(id)).EntityIdentifier).toBe(`${id}@2`);
});

test("changes may refer to what another change of the set creates, before and after it in the list", async () => {
  const { run, entity } = await openCatalog();
  const changeSet = await run([
    change("AddRegions", AMI, "$Agent.Entity.Identifier", { Regions: ["eu-west-1"] }),
    createProduct("Log Agent", "Agent"),
    change("UpdateFutureRegionSupport", AMI, "$Agent.Entity.Identifier", {
      FutureRegionSupport: { SupportedRegions: ["None"] },
    }),
  ]);
  const id = madeBy(changeSet, 1);
  expect(changeSet.ChangeSet?.map(({ Entity }) => Entity?.Identifier)).toEqual([`${id}@1`, `${id}@1`, `${id}@1`]);
  expect((await entity(id)).DetailsDocument).toMatchObject({ RegionAvailability: { Regions: ["eu-west-1"] } });
});

test("Details as a string is read and given back as it was sent", async () => {
  const { run } = await openCatalog();
  const Details = '{ "ProductTitle": "Log Agent" }';
  const changeSet = await run([{ ChangeType: "CreateProduct", Entity: { Type: AMI }, Details }]);
  expect(changeSet.ChangeSet?.[0]).toMatchObject({ Details, DetailsDocument: { ProductTitle: "Log Agent" } });
});

test("Details of a change that takes a list may be text too", async () => {
  const { run, draft } = await openCatalog();
  const Entity = { Type: AMI, Identifier: await draft("Log Agent") };
  const dimensions = [
    { Key: "users", Description: "Users", Name: "Users", Types: ["ExternallyMetered"], Unit: "Users" },
  ];
  const sent = (Details: string) => run([{ ChangeType: "AddDimensions", Entity, Details }]);
  const changeSet = await sent(JSON.stringify(dimensions));
  expect(changeSet.ChangeSet?.[0]).toMatchObject({ DetailsDocument: dimensions, ErrorDetailList: [] });
  await expect(sent("[{]")).rejects.toMatchObject({ name: "ValidationException" });
  await expect(sent('"text"')).rejects.toMatchObject({ name: "ValidationException" });
});

test("one bad change fails the whole set, says what is wrong with it, and leaves every entity as it was", async () => {
  const { run, draft, entity, catalog } = await openCatalog();
  const [first, second] = [await draft("Log Agent"), await draft("Metrics Agent")];
  const before = [await entity(first), await entity(second)];
  const changeSet = await run([
    createProduct("Never Made"),
    retitle(first, "Renamed"),
    change("AddRegions", AMI, second, { Regions: ["mars-north-1"] }),
  ]);
  expect(changeSet).toMatchObject({ Status: "FAILED", FailureCode: "CLIENT_ERROR" });
  expect(changeSet.FailureDescription).toContain("ErrorDetailList");
  expect(changeSet.ChangeSet?.map(({ ErrorDetailList }) => ErrorDetailList?.length)).toEqual([0, 0, 1]);
  expect(changeSet.ChangeSet?.[2]?.ErrorDetailList?.[0]).toMatchObject({ ErrorCode: "INVALID_REGIONS" });
  expect(changeSet.ChangeSet?.[2]?.ErrorDetailList?.[0]?.ErrorMessage).toContain("mars-north-1");

  const after = [await entity(first), await entity(second)];
  expect(after.map(withoutMetadata)).toEqual(before.map(withoutMetadata));
  const listed = await catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct" }));
  expect(listed.EntitySummaryList?.map(({ Name }) => Name).toSorted()).toEqual(["Log Agent", "Metrics Agent"]);
});

test("after a failure the same entities can be changed at once", async () => {
  const { run, draft } = await openCatalog();
  const id = await draft("Log Agent");
  expect(await run([change("AddRegions", AMI, id, { Regions: ["mars-north-1"] })])).toMatchObject({ Status: "FAILED" });
  expect(await run([change("AddRegions", AMI, id, { Regions: ["us-east-1"] })])).toMatchObject({ Status: "SUCCEEDED" });
});

test("an offer on a product of the same set is one of its own", async () => {
  const { run, entity } = await openCatalog();
  const changeSet = await run([
    change("CreateOffer", OFFER, undefined, { ProductId: "$Agent.Entity.Identifier" }, "Offer"),
    change("UpdateInformation", OFFER, "$Offer.Entity.Identifier", { Name: "Standard" }),
    createProduct("Log Agent", "Agent"),
  ]);
  const offer = await entity(madeBy(changeSet));
  expect(offer.EntityIdentifier).toMatch(/^offer-[a-z0-9]{13}@1$/);
  expect(offer.DetailsDocument).toMatchObject({ ProductId: madeBy(changeSet, 2), Name: "Standard", State: "Draft" });
});

function withoutMetadata(answer: object): object {
  return { ...answer, $metadata: undefined };
}
