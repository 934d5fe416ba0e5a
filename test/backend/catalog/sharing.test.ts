import {
  BatchDescribeEntitiesCommand,
  type Change,
  DescribeEntityCommand,
  ListEntitiesCommand,
  MarketplaceCatalogClient,
  PutResourcePolicyCommand,
  StartChangeSetCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { openShop } from "../agreement/buyer";
import { allow, openWithPeople, policy, SELLER, type Statement } from "../auth/people";
import { Catalog, catalogOf, connection } from "./catalog-market";
import { AMI, change, createProduct, hourlyPrices, OFFER, retitle } from "./listing";

const PARTNER = "777788889999";
const READ = "aws-marketplace:DescribeEntity";
const WRITE = "aws-marketplace:StartChangeSet";
const regions = (id: string): Change => change("AddRegions", AMI, id, { Regions: ["us-east-1"] });

async function open() {
  const people = await openWithPeople({ limits: false });
  const seller = catalogOf(people.market);
  const partner = catalogOf(people.market, "partner");
  const productId = await seller.draft("Shared");
  const ResourceArn = `arn:aws:aws-marketplace:us-east-1:${SELLER}:AWSMarketplace/AmiProduct/${productId}`;
  /** The seller's policy on the product, for the partner's account where it does not say. */
  const share = (Action: string | readonly string[], more: Statement = {}) => {
    const Principal = { AWS: `arn:aws:iam::${PARTNER}:root` };
    const Policy = policy(allow(Action, { Principal, Resource: ResourceArn, ...more }));
    return seller.catalog.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  };
  /** What the partner's administrator may do besides everything. */
  const deny = async (Action: string) => {
    const iam = new IAMClient(connection(people.market, "partner"));
    const PolicyDocument = policy(allow(Action, { Effect: "Deny" }));
    await iam.send(new PutUserPolicyCommand({ UserName: "admin", PolicyName: "Never", PolicyDocument }));
    iam.destroy();
  };
  return { ...people, seller, partner, productId, ResourceArn, share, deny };
}

const notFound = { name: "ResourceNotFoundException" };

test("an entity that is shared for reading is read by the other account, and changed by its owner only", async () => {
  const { seller, partner, productId, ResourceArn, share } = await open();
  await expect(partner.entity(productId)).rejects.toMatchObject(notFound);
  await share(READ);
  expect(await partner.entity(productId)).toMatchObject({ EntityArn: ResourceArn });
  const EntityRequestList = [{ Catalog, EntityId: productId }];
  const { EntityDetails } = await partner.catalog.send(new BatchDescribeEntitiesCommand({ EntityRequestList }));
  expect(Object.keys(EntityDetails ?? {})).toEqual([productId]);
  await expect(partner.start([regions(productId)])).rejects.toMatchObject(notFound);
  await expect(seller.as("buyer").entity(productId)).rejects.toMatchObject(notFound);
});

test("one that is shared for writing is changed by the other account, and stays its owner's", async () => {
  const { seller, partner, productId, ResourceArn, share } = await open();
  await share([READ, WRITE]);
  const changeSet = await partner.run([retitle(productId, "Renamed by the partner")]);
  expect(changeSet.Status).toBe("SUCCEEDED");
  expect(changeSet.ChangeSetArn).toContain(`:${PARTNER}:AWSMarketplace/ChangeSet/`);
  expect(await seller.entity(productId)).toMatchObject({
    EntityArn: ResourceArn,
    EntityIdentifier: `${productId}@2`,
    DetailsDocument: { Description: { ProductTitle: "Renamed by the partner" } },
  });
  await expect(seller.describe(changeSet.ChangeSetId ?? "")).rejects.toMatchObject(notFound);
});

test("a released offer that is shared is priced by the other account, by the rules of its product", async () => {
  const { market, offerId, productId, entity } = await openShop();
  const ResourceArn = `arn:aws:aws-marketplace:us-east-1:${SELLER}:AWSMarketplace/Offer/${offerId}`;
  const Principal = { AWS: `arn:aws:iam::${PARTNER}:root` };
  const Policy = policy(allow([READ, WRITE], { Principal, Resource: ResourceArn }));
  await catalogOf(market).catalog.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  const partner = catalogOf(market, "partner");
  const price = (prices: Readonly<Record<string, string>>) =>
    partner.run([change("UpdatePricingTerms", OFFER, offerId, hourlyPrices(prices))]);
  const cheaper = { "m5.large": "0.08", "m5.xlarge": "0.16" };
  expect((await price(cheaper)).Status).toBe("SUCCEEDED");
  expect(JSON.stringify((await entity(offerId)).DetailsDocument)).toContain('"0.08"');
  expect((await price({ ...cheaper, "c5.large": "0.05" })).Status).toBe("FAILED");
  await expect(partner.start([retitle(productId, "Taken")])).rejects.toMatchObject(notFound);
});

test("a shared entity is not listed: its owner tells the other account its id", async () => {
  const { partner, share } = await open();
  await share(READ);
  for (const OwnershipType of ["SHARED", "SELF"] as const) {
    const list = new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct", OwnershipType });
    expect((await partner.catalog.send(list)).EntitySummaryList).toEqual([]);
  }
});

test("the other account's own policies must agree", async () => {
  const { partner, productId, share, deny, ResourceArn } = await open();
  await share(READ);
  await deny(READ);
  await expect(partner.entity(productId)).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining(`${READ} on resource: ${ResourceArn} with an explicit deny in an identity-based`),
  });
});

test("a policy may share some kinds of change only", async () => {
  const { partner, productId, share } = await open();
  await share(WRITE, { Condition: { StringEquals: { "catalog:ChangeType": "AddRegions" } } });
  await expect(partner.start([retitle(productId, "Taken")])).rejects.toMatchObject(notFound);
  await partner.start([regions(productId)]);
});

test("an owner's policy speaks to the owner's own people as well", async () => {
  const { seller, person, productId, ResourceArn } = await open();
  const settings = await person();
  const client = new MarketplaceCatalogClient(settings);
  const read = () => client.send(new DescribeEntityCommand({ Catalog, EntityId: productId }));
  await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException" });
  const put = (Effect: "Allow" | "Deny", Action: string) => {
    const Principal = { AWS: `arn:aws:iam::${SELLER}:user/person-1` };
    const Policy = policy(allow(Action, { Effect, Principal, Resource: ResourceArn }));
    return seller.catalog.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
  };
  await put("Allow", READ);
  await read();
  await expect(
    client.send(new StartChangeSetCommand({ Catalog, ChangeSet: [createProduct("New")] })),
  ).rejects.toMatchObject({ name: "AccessDeniedException" });
  await put("Deny", READ);
  await expect(read()).rejects.toThrow("with an explicit deny in a resource-based policy");
});
