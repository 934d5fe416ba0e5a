import {
  BatchDescribeEntitiesCommand,
  type Change,
  CancelChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEntityCommand,
  ListChangeSetsCommand,
  MarketplaceCatalogClient,
  StartChangeSetCommand,
  TagResourceCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";

import { catalogOf, madeBy } from "../../catalog/catalog-market";
import { AMI, change, createProduct, OFFER, retitle } from "../../catalog/listing";
import { allow, openWithPeople, refusalOf, SELLER } from "../people";

const Catalog = "AWSMarketplace";
const START = "aws-marketplace:StartChangeSet";
const arn = (rest: string) => `arn:aws:aws-marketplace:us-east-1:${SELLER}:AWSMarketplace/${rest}`;
const onChangeSets = allow(START, { Resource: arn("ChangeSet/*") });

const offer = (ProductId: string) => change("CreateOffer", OFFER, undefined, { ProductId });

async function open() {
  const people = await openWithPeople();
  const seller = catalogOf(people.market);
  const clientOf = async (...rights: readonly (object | string)[]) =>
    new MarketplaceCatalogClient(await people.person(...rights));
  /** What a user with these rights hears who starts these changes. */
  const starting = async (rights: readonly (object | string)[], changes: readonly Change[], more: object = {}) => {
    const client = await clientOf(...rights);
    return refusalOf(client.send(new StartChangeSetCommand({ Catalog, ChangeSet: [...changes], ...more })));
  };
  return { ...people, seller, clientOf, starting };
}

test("a change needs its entity and change sets", async () => {
  const { seller, starting } = await open();
  const mine = await seller.draft("Mine");
  const other = await seller.draft("Other");
  const onMine = allow(START, { Resource: arn(`AmiProduct/${mine}`) });
  expect(await starting([onMine, onChangeSets], [retitle(mine, "Mine, renamed")])).toBeUndefined();
  expect(await starting([onMine], [retitle(mine, "Mine")])).toMatch(/on resource: \S+ChangeSet\/\*/);
  expect(await starting([onMine, onChangeSets], [retitle(other, "Taken")])).toMatch(
    new RegExp(`on resource: ${arn(`AmiProduct/${other}`).replace("*", "\\*")} because`),
  );
});

test("whoever may change one product may not make another, and one refused change refuses the set", async () => {
  const { seller, starting } = await open();
  const mine = await seller.draft("Mine");
  const onMine = allow(START, { Resource: arn(`AmiProduct/${mine}`) });
  expect(await starting([onMine, onChangeSets], [createProduct("New")])).toMatch(/AmiProduct\/\* because/);
  expect(await starting([onMine, onChangeSets], [retitle(mine, "A"), createProduct("New")])).toMatch(/not authorized/);
  const onProducts = allow(START, { Resource: arn("AmiProduct/*") });
  expect(await starting([onProducts, onChangeSets], [createProduct("New")])).toBeUndefined();
  expect((await seller.entity(mine)).EntityIdentifier).toBe(`${mine}@1`);
});

test("the type of a change is a condition", async () => {
  const { seller, starting } = await open();
  const product = await seller.draft("Mine");
  const only = allow(START, { Condition: { StringEquals: { "catalog:ChangeType": "UpdateInformation" } } });
  expect(await starting([only], [retitle(product, "Renamed")])).toBeUndefined();
  expect(await starting([only], [change("AddRegions", AMI, product, { Regions: ["us-east-1"] })])).toMatch(
    /not authorized/,
  );
});

test("what is meant with a change set is a condition", async () => {
  const { seller, starting } = await open();
  const product = await seller.draft("Mine");
  const applying = allow(START, { Condition: { StringEquals: { "aws-marketplace:Intent": "APPLY" } } });
  expect(await starting([applying], [retitle(product, "Renamed")])).toBeUndefined();
  const validating = { Intent: "VALIDATE" };
  expect(await starting([applying], [retitle(product, "Renamed")], validating)).toMatch(/not authorized/);
});

test("a new offer needs CreateOfferOnProduct on its product, also on one that the same set makes", async () => {
  const { seller, starting } = await open();
  const product = await seller.draft("Mine");
  const onOffers = allow(START, { Resource: [arn("Offer/*"), arn("ChangeSet/*")] });
  const onProduct = (resource: string) =>
    allow(START, {
      Resource: arn(resource),
      Condition: { StringEquals: { "catalog:ChangeType": "CreateOfferOnProduct" } },
    });
  expect(await starting([onOffers], [offer(product)])).toMatch(new RegExp(`AmiProduct/${product} because`));
  expect(await starting([onOffers, onProduct(`AmiProduct/${product}`)], [offer(product)])).toBeUndefined();

  const both = [createProduct("New", "Product"), offer("$Product.Entity.Identifier")];
  const making = allow(START, { Condition: { StringEquals: { "catalog:ChangeType": "CreateProduct" } } });
  expect(await starting([onOffers, making, onProduct(`AmiProduct/${product}`)], both)).toMatch(
    /AmiProduct\/\* because/,
  );
  expect(await starting([onOffers, making, onProduct("AmiProduct/*")], both)).toBeUndefined();
});

test("AWSMarketplaceSellerOfferManagement makes offers and leaves products alone", async () => {
  const { seller, starting } = await open();
  const product = await seller.draft("Mine");
  const managed = "arn:aws:iam::aws:policy/AWSMarketplaceSellerOfferManagement";
  expect(await starting([managed], [offer(product)])).toBeUndefined();
  expect(await starting([managed], [retitle(product, "Renamed")])).toMatch(/not authorized/);
});

test("tags of what is made need TagResource, and may be required", async () => {
  const { starting } = await open();
  const team = [{ Key: "team", Value: "logs" }];
  const tagged = allow(START, { Condition: { StringEquals: { "aws:RequestTag/team": "logs" } } });
  const tagging = allow("aws-marketplace:TagResource", {
    Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
  });
  const product = { ...createProduct("New"), EntityTags: team };
  const more = { ChangeSetTags: team };
  expect(await starting([tagged], [product], more)).toMatch(/aws-marketplace:TagResource on resource/);
  expect(await starting([tagged, tagging], [product])).toMatch(/ChangeSet\/\* because/);
  expect(await starting([tagged, tagging], [createProduct("New")], more)).toMatch(/AmiProduct\/\* because/);
  expect(await starting([tagged, tagging], [product], more)).toBeUndefined();
});

test("tags that an entity has decide who may read, change and tag it", async () => {
  const { seller, clientOf } = await open();
  const [mine, other] = [await seller.draft("Mine"), await seller.draft("Other")];
  const ResourceArn = arn(`AmiProduct/${mine}`);
  await seller.catalog.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "team", Value: "logs" }] }));
  const client = await clientOf(
    allow("aws-marketplace:*", { Condition: { StringEquals: { "aws:ResourceTag/team": "logs" } } }),
  );
  await client.send(new DescribeEntityCommand({ Catalog, EntityId: mine }));
  await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "cost", Value: "7" }] }));
  const reading = client.send(new DescribeEntityCommand({ Catalog, EntityId: other }));
  await expect(reading).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("reading several entities tells of each that is refused", async () => {
  const { seller, clientOf } = await open();
  const [mine, other] = [await seller.draft("Mine"), await seller.draft("Other")];
  const client = await clientOf(allow("aws-marketplace:DescribeEntity", { Resource: arn(`AmiProduct/${mine}`) }));
  const EntityRequestList = [mine, other].map((EntityId) => ({ Catalog, EntityId }));
  const { EntityDetails, Errors } = await client.send(new BatchDescribeEntitiesCommand({ EntityRequestList }));
  expect(Object.keys(EntityDetails ?? {})).toEqual([mine]);
  expect(Errors).toEqual({
    [other]: {
      ErrorCode: "AccessDeniedException",
      ErrorMessage: expect.stringContaining(
        `aws-marketplace:DescribeEntity on resource: ${arn("AmiProduct/")}${other}`,
      ),
    },
  });
});

test("change sets are listed and cancelled by their own ARNs", async () => {
  const { clientOf } = await open();
  const client = await clientOf(allow("aws-marketplace:ListChangeSets", { Resource: arn("ChangeSet/*") }));
  await client.send(new ListChangeSetsCommand({ Catalog }));
  const cancelling = client.send(new CancelChangeSetCommand({ Catalog, ChangeSetId: "abc" }));
  await expect(cancelling).rejects.toThrow(`on resource: ${arn("ChangeSet/abc")} because`);
});

test("change sets are read by the types of their changes", async () => {
  const { seller, clientOf } = await open();
  const made = await seller.start([createProduct("Mine")]);
  const productId = madeBy(await seller.ended(made));
  const renamed = await seller.start([retitle(productId, "Renamed")]);
  const client = await clientOf(
    allow("aws-marketplace:DescribeChangeSet", {
      Condition: {
        "ForAllValues:StringEquals": { "catalog:ChangeType": ["UpdateInformation"] },
        Null: { "catalog:ChangeType": "false" },
      },
    }),
  );
  const read = (ChangeSetId: string) => refusalOf(client.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId })));
  expect(await read(renamed)).toBeUndefined();
  expect(await read(made)).toMatch("aws-marketplace:DescribeChangeSet on resource");
  expect(await read("unknown")).toMatch("aws-marketplace:DescribeChangeSet on resource");
});
