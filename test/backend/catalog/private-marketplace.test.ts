import { ListEntitiesCommand, type Change } from "@aws-sdk/client-marketplace-catalog";
import { beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { boughtUnder } from "../../../backend/catalog/private-marketplace";
import { Catalog, catalogOf, madeBy, openCatalog } from "./catalog-market";
import { change } from "./listing";

const EXPERIENCE = "Experience@1.0";
const BUYER = "444455556666";
const asks = { Configuration: { PolicyResourceRequests: "Allow" } };
const create = (Name: string): Change => change("CreateExperience", EXPERIENCE, undefined, { Name }, "New");
const on = (type: string, id: string, details: object = {}): Change => change(type, EXPERIENCE, id, details as never);
const NEW = "$New.Entity.Identifier";

async function openBuyer() {
  const buyer = (await openCatalog()).as("buyer");
  const only = async (EntityType: string) => {
    const { EntitySummaryList } = await buyer.catalog.send(new ListEntitiesCommand({ Catalog, EntityType }));
    expect(EntitySummaryList).toHaveLength(1);
    return EntitySummaryList?.[0]?.EntityId ?? "";
  };
  return { ...buyer, only };
}

test("a buyer, who is no seller, makes a whole experience in one change set, and reads back all four entities", async () => {
  const buyer = await openBuyer();
  const made = await buyer.run([
    create("Engineering"),
    on("CreateProcurementPolicy", NEW, { Name: "Approved", ...asks }),
    on("CreateBrandingSettings", NEW, { Name: "Look", Configuration: { Title: "Engineering tools" } }),
    on("AssociateAudience", NEW, { Name: "Everyone", Principals: ["o-exampleorg1", BUYER] }),
  ]);
  const id = madeBy(made);
  expect(id).toMatch(/^exp-[a-z0-9]{13}$/);
  const [policy, branding, audience] = await Promise.all(
    ["ProcurementPolicy", "BrandingSettings", "Audience"].map(buyer.only),
  );
  const details = async (entity: string | undefined) => (await buyer.entity(entity ?? "")).DetailsDocument;
  expect(await details(id)).toEqual({
    Name: "Engineering",
    Description: null,
    Status: "Disabled",
    AdminStatus: "Active",
    ProcurementPolicies: [policy],
    DiscoveryPolicies: [],
    BrandingSettings: [branding],
  });
  expect(await details(policy)).toEqual({ Name: "Approved", Description: null, Statements: [], ...asks });
  expect(await details(branding)).toEqual({
    Name: "Look",
    Description: null,
    Configuration: { Title: "Engineering tools", ThemeColor: "#232F3E" },
  });
  expect(await details(audience)).toEqual({
    Name: "Everyone",
    Description: null,
    ExperienceId: id,
    Principals: [BUYER, "o-exampleorg1"],
  });
  expect([policy, branding, audience].map((entity) => entity?.split("-")[0])).toEqual([
    "procpolicy",
    "brandsettings",
    "audience",
  ]);
});

test("a policy of a name alone, as AWS's walk-through sends it, takes no requests", async () => {
  const buyer = await openBuyer();
  await buyer.run([create("Engineering"), on("CreateProcurementPolicy", NEW, { Name: "Approved" })]);
  const policy = await buyer.entity(await buyer.only("ProcurementPolicy"));
  expect(policy.DetailsDocument).toMatchObject({
    Name: "Approved",
    Statements: [],
    Configuration: { PolicyResourceRequests: "Deny" },
  });
});

test("the experience and its policy each gain one revision by a change; nobody else sees them", async () => {
  const buyer = await openBuyer();
  const id = madeBy(await buyer.run([create("Engineering")]));
  madeBy(await buyer.run([on("CreateProcurementPolicy", id, asks)]));
  expect((await buyer.entity(id)).EntityIdentifier).toBe(`${id}@2`);
  await expect(buyer.as("partner").entity(id)).rejects.toThrow("was not found");
  const shared = { EntityType: "Experience", FilterList: [{ Name: "Scope", ValueList: ["SharedWithMe"] }] };
  const answer = await buyer.catalog.send(new ListEntitiesCommand({ Catalog, ...shared }));
  expect(answer.EntitySummaryList).toEqual([]);
  const listed = await buyer.catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "Experience" }));
  expect(listed.EntitySummaryList).toMatchObject([{ Name: "Engineering", EntityType: "Experience", EntityId: id }]);
});

describe("what an experience refuses, in AWS's words", () => {
  let market: RunningMarketplace;
  let buyer: ReturnType<typeof catalogOf>;
  let plain: string;
  let full: string;
  let archived: string;

  beforeAll(async () => {
    market = await startMarketplace({ limits: false });
    buyer = catalogOf(market, "buyer");
    plain = madeBy(await buyer.run([create("Plain")]));
    full = madeBy(
      await buyer.run([
        create("Full"),
        on("CreateProcurementPolicy", NEW, asks),
        on("CreateBrandingSettings", NEW, { Name: "Look" }),
        on("AssociateAudience", NEW, { Principals: [BUYER, "o-exampleorg1"] }),
        on("UpdateExperience", NEW, { Status: "Enabled" }),
      ]),
    );
    archived = madeBy(await buyer.run([create("Old"), on("RestrictExperience", NEW)]));
    return () => market.close();
  });

  const ids = { plain: () => plain, full: () => full, archived: () => archived };

  test.each<[string, keyof typeof ids, string, object, string]>([
    ["a second policy", "full", "CreateProcurementPolicy", asks, "ENTITY_ALREADY_EXISTS"],
    ["a second branding", "full", "CreateBrandingSettings", { Name: "x" }, "ENTITY_ALREADY_EXISTS"],
    ["updating a policy that is not there", "plain", "UpdateProcurementPolicy", asks, "ENTITY_NOT_FOUND"],
    ["updating branding that is not there", "plain", "UpdateBrandingSettings", { Name: "x" }, "ENTITY_NOT_FOUND"],
    ["allowing without a policy", "plain", "AllowProductProcurement", products("prod-1"), "ENTITY_NOT_FOUND"],
    ["denying without a policy", "plain", "DenyProductProcurement", products("prod-1"), "ENTITY_NOT_FOUND"],
    ["a product that nobody sells", "full", "AllowProductProcurement", products("prod-1"), "RESOURCE_NOT_FOUND"],
    ["a principal of another experience", "plain", "AssociateAudience", { Principals: [BUYER] }, "ENTITY_IN_USE"],
    ["a principal a second time", "full", "AssociateAudience", { Principals: [BUYER] }, "ENTITY_ALREADY_EXISTS"],
    [
      "somebody else's account",
      "plain",
      "AssociateAudience",
      { Principals: ["777788889999"] },
      "CALLER_NOT_AUTHORIZED",
    ],
    [
      "somebody else's organization",
      "plain",
      "AssociateAudience",
      { Principals: ["o-exampleorg9"] },
      "CALLER_NOT_AUTHORIZED",
    ],
    ["removing who is in another", "plain", "DisassociateAudience", { Principals: [BUYER] }, "ENTITY_IN_USE"],
    ["removing who is in none", "full", "DisassociateAudience", { Principals: ["o-exampleorg2"] }, "ENTITY_NOT_FOUND"],
    ["archiving while enabled", "full", "RestrictExperience", {}, "INCOMPATIBLE_EXPERIENCE_STATUS"],
    ["archiving twice", "archived", "RestrictExperience", {}, "INCOMPATIBLE_EXPERIENCE_STATUS"],
    ["reviving what is not archived", "plain", "ReviveExperience", {}, "INCOMPATIBLE_EXPERIENCE_STATUS"],
    [
      "enabling what is archived",
      "archived",
      "UpdateExperience",
      { Status: "Enabled" },
      "INCOMPATIBLE_EXPERIENCE_STATUS",
    ],
    ["an update of nothing", "plain", "UpdateExperience", {}, "MISSING_DATA"],
    [
      "a logo of the wrong kind",
      "full",
      "UpdateBrandingSettings",
      logo("https://a.example.com/x.gif"),
      "INVALID_IMAGE",
    ],
    ["a logo from nowhere", "full", "UpdateBrandingSettings", logo("https://nowhere"), "INVALID_URL"],
  ])("%s", async (_what, which, type, details, code) => {
    const id = ids[which]();
    const before = await buyer.entity(id);
    const failed = await buyer.run([on(type, id, details)]);
    expect([failed.Status, failed.ChangeSet?.[0]?.ErrorDetailList?.map(({ ErrorCode }) => ErrorCode)]).toEqual([
      "FAILED",
      [code],
    ]);
    expect((await buyer.entity(id)).EntityIdentifier).toBe(before.EntityIdentifier);
  });

  test.each<[string, string, object, RegExp]>([
    [
      "more than 50 products in all",
      "AllowProductProcurement",
      products(...numbered(26), ...numbered(26, "b")),
      /at most 50 products; there are 52/,
    ],
    ["a product twice", "DenyProductProcurement", { Products: [{ Ids: ["p"] }, { Ids: ["p"] }] }, /"p" is named twice/],
    ["a principal that is none", "AssociateAudience", { Principals: ["everyone"] }, /Principals\[0\].*"everyone"/],
    [
      "a theme colour by name",
      "UpdateBrandingSettings",
      { Configuration: { ThemeColor: "red" } },
      /Configuration\.ThemeColor/,
    ],
    ["a name with a dot", "UpdateExperience", { Name: "a.b" }, /DetailsDocument\.Name/],
    ["requests neither allowed nor denied", "UpdateProcurementPolicy", { Name: "x" }, /Configuration is required/],
  ])("at once: %s", async (_what, type, details, words) => {
    await expect(buyer.start([on(type, full, details)])).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringMatching(words),
    });
  });
});

test("an archived experience comes back, and gives its audience away meanwhile", async () => {
  const buyer = await openBuyer();
  const made = await buyer.run([create("Old"), on("AssociateAudience", NEW, { Principals: [BUYER] })]);
  const old = madeBy(made);
  madeBy(await buyer.run([on("RestrictExperience", old)]));
  madeBy(
    await buyer.run([
      create("Next"),
      on("AssociateAudience", NEW, { Principals: [BUYER] }),
      on("DisassociateAudience", old, { Principals: [BUYER] }),
    ]),
  );
  madeBy(await buyer.run([on("ReviveExperience", old), on("UpdateExperience", old, { Status: "Enabled" })]));
  expect((await buyer.entity(old)).DetailsDocument).toMatchObject({ AdminStatus: "Active", Status: "Enabled" });
});

test("an enabled experience decides what its organization's account may buy, and the account's own goes first", async () => {
  const buyer = await openBuyer();
  const { store } = buyer.market.market;
  const decided = (account = BUYER) => store.transaction(() => boughtUnder(store, account, "prod-1"));
  const whole = madeBy(
    await buyer.run([
      create("Whole"),
      on("CreateProcurementPolicy", NEW, asks),
      on("AssociateAudience", NEW, { Principals: ["o-exampleorg1"] }),
    ]),
  );
  expect(await decided()).toMatchObject({ allowed: true });
  madeBy(await buyer.run([on("UpdateExperience", whole, { Status: "Enabled" })]));
  expect(await decided()).toMatchObject({ allowed: false, experienceId: whole });
  expect(await decided("777788889999")).toMatchObject({ allowed: true });
  const own = madeBy(
    await buyer.run([
      create("Own"),
      on("AssociateAudience", NEW, { Principals: [BUYER] }),
      on("UpdateExperience", NEW, { Status: "Enabled" }),
    ]),
  );
  expect(await decided()).toMatchObject({ allowed: true, experienceId: own });
});

function products(...ids: string[]) {
  return { Products: [{ Ids: ids.slice(0, 26) }, ...(ids.length > 26 ? [{ Ids: ids.slice(26) }] : [])] };
}

function numbered(count: number, prefix = "a") {
  return Array.from({ length: count }, (_, i) => `prod-${prefix}${i}`);
}

function logo(LogoUrl: string) {
  return { Configuration: { LogoUrl } };
}
