import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ListEntitiesCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { Catalog, connection, madeBy, openCatalog } from "./catalog-market";
import { AMI, change, hourlyPrices, newListing, newVersion, OFFER } from "./listing";
import { type ImageOptions, sellerImage } from "./seller-image";

test("fourteen changes in one set put a paid listing on the market for its allowlist", async () => {
  const { market, run, entity, catalog } = await openCatalog();
  const changeSet = await run(newListing("Log Agent", await sellerImage(market)));
  const [productId, offerId] = [madeBy(changeSet), madeBy(changeSet, 8)];
  expect(changeSet.ChangeSet?.map(({ Entity }) => Entity?.Identifier)).toEqual([
    ...Array.from({ length: 8 }, () => `${productId}@1`),
    ...Array.from({ length: 6 }, () => `${offerId}@1`),
  ]);

  const product = await entity(productId);
  expect(product.DetailsDocument).toMatchObject({
    Description: { ProductTitle: "Log Agent", Visibility: "Limited", ProductState: "Active" },
    RegionAvailability: { Regions: ["us-east-1", "eu-west-1"] },
    Versions: [{ VersionTitle: "1.0.0", DeliveryOptions: [{ Recommendations: { InstanceType: "m5.large" } }] }],
  });
  expect((await entity(offerId)).DetailsDocument).toMatchObject({ State: "Released", ProductId: productId });

  const { EntitySummaryList } = await catalog.send(
    new ListEntitiesCommand({
      Catalog,
      EntityType: "Offer",
      EntityTypeFilters: {
        OfferFilters: {
          State: { ValueList: ["Released"] },
          ReleaseDate: { DateRange: { AfterValue: "2020-01-01T00:00:00Z" } },
        },
      },
    }),
  );
  expect(EntitySummaryList?.map(({ EntityId }) => EntityId)).toEqual([offerId]);
});

test("the listing goes public, gets a cheaper price and is restricted, each by a set of its own", async () => {
  const { market, run, entity } = await openCatalog();
  const created = await run(newListing("Log Agent", await sellerImage(market)));
  const [productId, offerId] = [madeBy(created), madeBy(created, 8)];
  const show = (TargetVisibility: string) => run([change("UpdateVisibility", AMI, productId, { TargetVisibility })]);
  expect(await show("Public")).toMatchObject({ Status: "SUCCEEDED" });
  const cheaper = hourlyPrices({ "m5.large": "0.09", "m5.xlarge": "0.20" });
  expect(await run([change("UpdatePricingTerms", OFFER, offerId, cheaper)])).toMatchObject({ Status: "SUCCEEDED" });
  expect(await show("Restricted")).toMatchObject({ Status: "SUCCEEDED" });
  expect(await entity(productId)).toMatchObject({
    EntityIdentifier: `${productId}@3`,
    DetailsDocument: { Description: { Visibility: "Restricted" } },
  });
  expect(JSON.stringify((await entity(offerId)).DetailsDocument)).toContain('"Price":"0.09"');
});

test("a version can be validated first, and then added", async () => {
  const { market, run, entity } = await openCatalog();
  const id = madeBy(await run(newListing("Log Agent", await sellerImage(market))));
  const change2 = change("AddDeliveryOptions", AMI, id, newVersion("2.0.0", await sellerImage(market)));
  expect(await run([change2], { Intent: "VALIDATE" })).toMatchObject({ Status: "SUCCEEDED", Intent: "VALIDATE" });
  expect((await entity(id)).EntityIdentifier).toBe(`${id}@1`);
  expect(await run([change2])).toMatchObject({ Status: "SUCCEEDED" });
  expect((await entity(id)).DetailsDocument).toMatchObject({
    Versions: [{ VersionTitle: "1.0.0" }, { VersionTitle: "2.0.0" }],
  });
});

test("the marketplace copies the image of a version, for those to see who may see the product", async () => {
  const { market, run, entity } = await openCatalog();
  const image = await sellerImage(market);
  const id = madeBy(await run(newListing("Log Agent", image)));
  const { Versions } = (await entity(id)).DetailsDocument as { Versions: { Sources: { Image: string }[] }[] };
  const copy = Versions[0]?.Sources[0]?.Image ?? "";
  expect(copy).toMatch(/^ami-[0-9a-f]{17}$/);
  expect(copy).not.toBe(image.AmiId);
  const buyer = new EC2Client(connection(market, "buyer"));
  const seen = () => buyer.send(new DescribeImagesCommand({ ImageIds: [copy] }));
  expect((await seen()).Images).toMatchObject([{ ImageId: copy, ImageOwnerAlias: "aws-marketplace", Public: false }]);
  await run([change("UpdateVisibility", AMI, id, { TargetVisibility: "Public" })]);
  expect((await seen()).Images).toMatchObject([{ ImageId: copy, Public: true }]);
});

test("the image of a version that is restricted counts as deprecated, and the other version goes on", async () => {
  const { market, run, entity } = await openCatalog();
  const id = madeBy(await run(newListing("Log Agent", await sellerImage(market))));
  madeBy(await run([change("AddDeliveryOptions", AMI, id, newVersion("2.0.0", await sellerImage(market)))]));
  madeBy(await run([change("UpdateVisibility", AMI, id, { TargetVisibility: "Public" })]));
  const versions = async () => {
    const { DetailsDocument } = await entity(id);
    return (DetailsDocument as { Versions: { Sources: { Image: string }[]; DeliveryOptions: { Id: string }[] }[] })
      .Versions;
  };
  const [first, second] = await versions();
  const DeliveryOptionIds = [first?.DeliveryOptions[0]?.Id ?? ""];
  madeBy(await run([change("RestrictDeliveryOptions", AMI, id, { DeliveryOptionIds })]));

  expect(await versions()).toMatchObject([
    { DeliveryOptions: [{ Visibility: "Restricted" }] },
    { DeliveryOptions: [{ Visibility: "Public" }] },
  ]);
  const buyer = new EC2Client(connection(market, "buyer"));
  const ImageIds = [first, second].map((version) => version?.Sources[0]?.Image ?? "");
  const { Images = [] } = await buyer.send(new DescribeImagesCommand({ ImageIds, IncludeDeprecated: true }));
  const deprecated = Images.filter(({ DeprecationTime }) => DeprecationTime !== undefined);
  expect(Images.map(({ ImageId }) => ImageId).toSorted()).toEqual(ImageIds.toSorted());
  expect(deprecated.map(({ ImageId }) => ImageId)).toEqual(ImageIds.slice(0, 1));
});

test.each<[string, string, ImageOptions, object]>([
  ["for another architecture than the instance types", "INCOMPATIBLE_AMI", { Architecture: "arm64" }, {}],
  ["with an encrypted snapshot", "ASSET_ACCESS_EXCEPTION", { Encrypted: true }, {}],
  ["without ENA, which the instance types need", "INCOMPATIBLE_AMI", { EnaSupport: false }, {}],
  ["with a role that is not there", "ASSET_NOT_FOUND", {}, { AccessRoleArn: "arn:aws:iam::111122223333:role/None" }],
  ["with a role of another account", "ASSET_NOT_FOUND", {}, { AccessRoleArn: "arn:aws:iam::444455556666:role/None" }],
])("an image %s fails with %s and nothing is made", async (_, code, image, more) => {
  const { market, run, catalog } = await openCatalog();
  const changeSet = await run(newListing("Log Agent", { ...(await sellerImage(market, image)), ...more }));
  expect(changeSet).toMatchObject({ Status: "FAILED", FailureCode: "CLIENT_ERROR" });
  expect(changeSet.ChangeSet?.[4]?.ErrorDetailList?.map(({ ErrorCode }) => ErrorCode)).toContain(code);
  const { EntitySummaryList } = await catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct" }));
  expect(EntitySummaryList).toEqual([]);
});

test("an image that is not there fails the version, and the whole listing with it", async () => {
  const { market, run, catalog } = await openCatalog();
  const { AccessRoleArn } = await sellerImage(market);
  const changeSet = await run(newListing("Log Agent", { AmiId: "ami-0123456789abcdef0", AccessRoleArn }));
  expect(changeSet).toMatchObject({ Status: "FAILED", FailureCode: "CLIENT_ERROR" });
  expect(changeSet.ChangeSet?.[4]?.ErrorDetailList?.map(({ ErrorCode }) => ErrorCode)).toContain("ASSET_NOT_FOUND");
  const { EntitySummaryList } = await catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct" }));
  expect(EntitySummaryList).toEqual([]);
});
