import {
  type Change,
  DescribeEntityCommand,
  ListChangeSetsCommand,
  ListEntitiesCommand,
  MarketplaceCatalogClient,
} from "@aws-sdk/client-marketplace-catalog";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { levelGrants } from "../../../marketplace/access/level-grants";
import type { AccessLevel } from "../../../marketplace/access/levels";
import { productsOnSale } from "../../providers/private-marketplace/buyer";
import { Catalog, catalogOn, connection, madeBy, openCatalog } from "./catalog-market";
import { change } from "./listing";

const EXPERIENCE = "Experience@1.0";
const REQUEST = "ProductProcurementRequest@1.0";
const BUYER = "444455556666";
const NEW = "$New.Entity.Identifier";

const ask = (ProductId: string, Notes?: string): Change =>
  change("CreateProductProcurementRequest", REQUEST, undefined, { ProductId, ...(Notes && { Notes }) });
const cancel = (id: string): Change => change("CancelProductProcurementRequest", REQUEST, id, {});
const decide = (what: "Allow" | "Deny", experience: string, ...Ids: string[]): Change =>
  change(`${what}ProductProcurement`, EXPERIENCE, experience, { Products: [{ Ids }] });

/** A private marketplace of the buyer's, with three products on sale, and people of the buyer's with AWS's own policies. */
async function open(PolicyResourceRequests: "Allow" | "Deny" = "Allow") {
  const admin = (await openCatalog()).as("buyer");
  const products = await productsOnSale(admin.market, ["logs", "queue", "search"]);
  const made = await admin.run([
    change("CreateExperience", EXPERIENCE, undefined, { Name: "Engineering" }, "New"),
    change("CreateProcurementPolicy", EXPERIENCE, NEW, { Configuration: { PolicyResourceRequests } }),
    change("AssociateAudience", EXPERIENCE, NEW, { Principals: [BUYER] }),
    change("UpdateExperience", EXPERIENCE, NEW, { Status: "Enabled" }),
  ]);
  return {
    admin,
    experience: madeBy(made),
    products,
    person: (...policies: string[]) => newPerson(admin.market, policies),
  };
}

let people = 0;

const bareName = (policyArn: string): string => policyArn.split("/").at(-1) ?? "";

/** The catalog as a new user of the buyer's sees it, who has these of AWS's policies. */
async function newPerson(market: RunningMarketplace, policies: readonly string[], own?: object) {
  const UserName = `person-${++people}`;
  const iam = new IAMClient(connection(market, "buyer"));
  await iam.send(new CreateUserCommand({ UserName }));
  for (const name of policies) {
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: `arn:aws:iam::aws:policy/${name}` }));
  }
  if (own !== undefined) {
    const PolicyDocument = JSON.stringify(own);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "Own", PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
  const settings = { ...connection(market, "buyer"), credentials: { accessKeyId, secretAccessKey } };
  return {
    ...catalogOn(market, new MarketplaceCatalogClient(settings)),
    arn: `arn:aws:iam::${BUYER}:user/${UserName}`,
  };
}

test("a user asks, the administrator finds the request and allows the product, and the user reads the answer", async () => {
  const { admin, experience, products, person } = await open();
  const [logs = "", queue = ""] = products;
  const user = await person("AWSPrivateMarketplaceRequests");
  const request = madeBy(await user.run([ask(logs, "For the new cluster.")]));
  expect(request).toMatch(/^procrequest-[a-z0-9]{13}$/);
  const pending = {
    ProductId: logs,
    Notes: "For the new cluster.",
    ExperienceId: experience,
    RequestedBy: user.arn,
    Status: "Pending",
  };
  expect((await user.entity(request)).DetailsDocument).toEqual(pending);

  const keeper = await person("AWSPrivateMarketplaceAdminFullAccess");
  const { ChangeSetSummaryList = [] } = await keeper.catalog.send(new ListChangeSetsCommand({ Catalog }));
  const found = ChangeSetSummaryList.flatMap(({ EntityIdList = [] }) => EntityIdList);
  expect(found.filter((id) => id.startsWith("procrequest-"))).toEqual([request]);
  expect((await keeper.entity(request)).DetailsDocument).toEqual(pending);

  const other = madeBy(await user.run([ask(queue)]));
  madeBy(await keeper.run([decide("Allow", experience, logs), decide("Deny", experience, queue)]));
  expect((await user.entity(request)).DetailsDocument).toEqual({ ...pending, Status: "Approved" });
  expect((await user.entity(request)).EntityIdentifier).toBe(`${request}@2`);
  expect((await user.entity(other)).DetailsDocument).toMatchObject({ Status: "Declined" });
  await expect(user.run([decide("Allow", experience, queue)])).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect((await admin.entity(experience)).EntityIdentifier).toBe(`${experience}@2`);
});

test("one decision answers everybody who asked for the product, and nobody who took the request back", async () => {
  const { admin, experience, products, person } = await open();
  const [logs = ""] = products;
  const users = [await person("AWSPrivateMarketplaceRequests"), await person("AWSPrivateMarketplaceRequests")];
  const requests: string[] = [];
  for (const user of users) requests.push(madeBy(await user.run([ask(logs)])));
  madeBy(await admin.run([cancel(requests[0] ?? "")]));
  madeBy(await admin.run([decide("Allow", experience, logs)]));
  const statuses = await Promise.all(requests.map(async (id) => (await admin.entity(id)).DetailsDocument));
  expect(statuses).toMatchObject([{ Status: "Cancelled" }, { Status: "Approved" }]);
});

test("a product that was turned down may be asked for again", async () => {
  const { admin, experience, products } = await open();
  const [logs = ""] = products;
  madeBy(await admin.run([ask(logs)]));
  madeBy(await admin.run([decide("Deny", experience, logs)]));
  const again = madeBy(await admin.run([ask(logs, "It has a new licence.")]));
  expect((await admin.entity(again)).DetailsDocument).toMatchObject({ Status: "Pending" });
});

test.each<[string, (use: Awaited<ReturnType<typeof open>>) => Promise<Change>, string, RegExp]>([
  ["a product that nobody sells", async () => ask("prod-nobody"), "RESOURCE_NOT_FOUND", /^ProductId: .*"prod-nobody"/],
  [
    "a product that is allowed",
    async ({ admin, experience, products }) => {
      madeBy(await admin.run([decide("Allow", experience, ...products)]));
      return ask(products[0] ?? "");
    },
    "ENTITY_IN_USE",
    /allows the product prod-logs already\. Subscribe/,
  ],
  [
    "a second request for the same",
    async ({ admin, products }) => {
      madeBy(await admin.run([ask(products[0] ?? "")]));
      return ask(products[0] ?? "");
    },
    "ENTITY_ALREADY_EXISTS",
    /You have asked for prod-logs in procrequest-/,
  ],
  [
    "asking where no private marketplace is in force",
    async ({ admin, experience, products }) => {
      madeBy(await admin.run([change("UpdateExperience", EXPERIENCE, experience, { Status: "Disabled" })]));
      return ask(products[0] ?? "");
    },
    "ENTITY_NOT_FOUND",
    /may buy every product: no private marketplace governs it/,
  ],
  [
    "cancelling what is answered",
    async ({ admin, experience, products }) => {
      const [logs = ""] = products;
      const request = madeBy(await admin.run([ask(logs)]));
      madeBy(await admin.run([decide("Deny", experience, logs)]));
      return cancel(request);
    },
    "INCOMPATIBLE_REQUEST_STATUS",
    /is declined/,
  ],
])("refused: %s", async (_what, prepare, code, words) => {
  const opened = await open();
  const failed = await opened.admin.run([await prepare(opened)]);
  expect(failed.Status).toBe("FAILED");
  expect(failed.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([
    { ErrorCode: code, ErrorMessage: expect.stringMatching(words) },
  ]);
});

test("where the policy takes no requests nobody asks", async () => {
  const { products, person } = await open("Deny");
  const user = await person("AWSPrivateMarketplaceRequests");
  const failed = await user.run([ask(products[0] ?? "")]);
  expect(failed.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([{ ErrorCode: "CALLER_NOT_AUTHORIZED" }]);
});

test.each<[AccessLevel, string]>([
  ["view", "AccessDeniedException"],
  ["subscribe", "SUCCEEDED"],
  ["full-control", "SUCCEEDED"],
])("a member of a group of level %s asks: %s", async (level, expected) => {
  const { admin, products } = await open();
  const { managed, own } = levelGrants(level);
  const user = await newPerson(admin.market, managed.map(bareName), own);
  const outcome = await user.run([ask(products[0] ?? "")]).then(
    ({ Status }) => Status,
    ({ name }: Error) => name,
  );
  expect(outcome).toBe(expected);
});

/** AWS's policy for subscribers names the console's own action for requests; the Catalog API takes the other policy. */
test.each<[readonly string[], boolean]>([
  [["AWSMarketplaceRead-only"], false],
  [["AWSMarketplaceManageSubscriptions"], false],
  [["AWSMarketplaceManageSubscriptions", "AWSPrivateMarketplaceRequests"], true],
  [["AWSMarketplaceFullAccess"], true],
])("with %j asking is allowed: %s", async (policies, allowed) => {
  const { products, person } = await open();
  const attempt = (await person(...policies)).run([ask(products[0] ?? "")]);
  const outcome = await attempt.then(
    ({ Status }) => Status,
    ({ name }: Error) => name,
  );
  expect(outcome).toBe(allowed ? "SUCCEEDED" : "AccessDeniedException");
});

test("ListEntities does not know requests, and no other account reads one", async () => {
  const { admin, products } = await open();
  const request = madeBy(await admin.run([ask(products[0] ?? "")]));
  const list = new ListEntitiesCommand({ Catalog, EntityType: "ProductProcurementRequest" });
  await expect(admin.catalog.send(list)).rejects.toMatchObject({ name: "ValidationException" });
  const read = new DescribeEntityCommand({ Catalog, EntityId: request });
  await expect(admin.as("partner").catalog.send(read)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
