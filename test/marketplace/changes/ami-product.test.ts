import { describe, expect, test } from "vitest";
import type { AssetFacts, Json } from "../../../marketplace/changes/change-type";
import { planAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { newVersionOf } from "../../../marketplace/listing/documents";
import { hourlyListing, version } from "../support/listings";
import { goodAssets, Market } from "../support/market";

type Asked = [changeType: string, details: Json][];

/** Changes of the only product (`Offer:` in front: of its offer), against a listing in some state; codes by change type. */
function codes(market: Market, asked: Asked): Record<string, string[]> {
  const changes = asked.map(([name, details]) => {
    const [changeType = "", isOffer] = name.split(":").toReversed();
    const type = isOffer ? "Offer@1.0" : "AmiProduct@1.0";
    return { changeType, entity: { type, identifier: market.only(type).id }, details };
  });
  const { problems } = market.try(changes);
  return Object.fromEntries([...problems].map(([index, found]) => [asked[index]?.[0], found.map(({ code }) => code)]));
}

function marketIn(
  visibility: "Draft" | "Limited" | "Public" | "Restricted",
  listing: AmiListing = hourlyListing,
): Market {
  const market = new Market();
  if (visibility === "Draft") {
    market.apply([{ changeType: "CreateProduct", entity: { type: "AmiProduct@1.0" }, details: {} }]);
    return market;
  }
  market.apply(planAmiListing(listing).changes);
  const identifier = market.only("AmiProduct@1.0").id;
  const entity = { type: "AmiProduct@1.0", identifier };
  if (visibility !== "Limited") {
    market.apply([{ changeType: "UpdateVisibility", entity, details: { TargetVisibility: visibility } }]);
  }
  return market;
}

const optionIds = (market: Market): string[] =>
  (market.only("AmiProduct@1.0").details["Versions"] as unknown as { DeliveryOptions: { Id: string }[] }[]).flatMap(
    (one) => one.DeliveryOptions.map(({ Id }) => Id),
  );

const dimension = { Key: "seats", Name: "Seats", Description: "People", Unit: "Users", Types: ["Entitled"] };
const hours = (type: string) => ({ Key: type, Name: type, Description: type, Unit: "Hrs", Types: ["Metered"] });
const add = (part: Partial<typeof version>) => newVersionOf({ ...version, title: "2.0", ...part }) as unknown as Json;
const group = { protocol: "tcp" as const, fromPort: 1, toPort: 2, cidrs: ["10.0.0.0/8"] };

describe("a change of a Limited listing is refused with the code that AWS documents", () => {
  const cases: [what: string, changeType: string, details: Json, code: string][] = [
    ["nothing to update", "UpdateInformation", {}, "MISSING_DATA"],
    [
      "too many keyword characters",
      "UpdateInformation",
      { SearchKeywords: Array.from({ length: 6 }, () => "k".repeat(50)) },
      "INVALID_INPUT",
    ],
    ["a space before a trademark sign", "UpdateInformation", { ProductTitle: "Acme \u2122" }, "INVALID_INPUT"],
    ["an unknown category", "UpdateInformation", { Categories: ["Gadgets"] }, "INVALID_CATEGORY_NAMES"],
    [
      "a logo of a wrong kind",
      "UpdateInformation",
      { LogoUrl: "https://a.example.com/x.svg" },
      "InvalidImageProperties",
    ],
    ["media without address", "UpdateInformation", { PromotionalMedia: [{ Type: "Image" }] }, "INVALID_MEDIA"],
    [
      "media twice",
      "UpdateInformation",
      { PromotionalMedia: [{ Url: "https://a.b/c" }, { Url: "https://a.b/c" }] },
      "DUPLICATE_MEDIA",
    ],
    ["a wrong region", "AddRegions", { Regions: ["mars-1"] }, "INVALID_REGIONS"],
    ["a region not offered", "RestrictRegions", { Regions: ["sa-east-1"] }, "INVALID_REGIONS"],
    ["a dimension there already", "AddDimensions", [hours("m5.large")], "INVALID_DIMENSION"],
    ["a dimension twice", "AddDimensions", [dimension, { ...dimension }], "INVALID_DIMENSION"],
    ["a type twice", "AddDimensions", [{ ...dimension, Types: ["Entitled", "Entitled"] }], "IINVALID_TYPE"],
    ["an unknown unit", "AddDimensions", [{ ...dimension, Unit: "Furlongs" }], "INVALID_UNIT"],
    ["a metered key that is no instance type", "AddDimensions", [{ ...hours("x"), Key: "seats" }], "INVALID_DIMENSION"],
    ["a metered dimension of a type not offered", "AddDimensions", [hours("c5.large")], "INVALID_DIMENSION"],
    [
      "201 dimensions",
      "AddDimensions",
      Array.from({ length: 201 }, (_, i) => ({ ...dimension, Key: `k${i}`, Name: `n${i}` })),
      "INVALID_DIMENSION",
    ],
    [
      "words of a metered dimension",
      "UpdateDimensions",
      [{ Key: "m5.large", Types: ["Metered"], Name: "M5" }],
      "INVALID_DIMENSION",
    ],
    [
      "words of an unknown dimension",
      "UpdateDimensions",
      [{ Key: "x", Types: ["Entitled"], Name: "X" }],
      "INVALID_DIMENSION",
    ],
    [
      "restricting a dimension after release",
      "RestrictDimensions",
      [{ Key: "m5.large", Types: ["Metered"] }],
      "INVALID_DIMENSION",
    ],
    ["an instance type that is none", "AddInstanceTypes", { InstanceTypes: ["big"] }, "INVALID_INSTANCE_TYPES"],
    [
      "a paravirtual instance type",
      "AddInstanceTypes",
      { InstanceTypes: ["m1.small"] },
      "INVALID_INSTANCE_VIRTUALIZATION",
    ],
    [
      "an instance type of another architecture",
      "AddInstanceTypes",
      { InstanceTypes: ["m7g.large"] },
      "INVALID_AMI_ARCHITECTURE",
    ],
    ["an instance type without dimension", "AddInstanceTypes", { InstanceTypes: ["c5.large"] }, "MISSING_DIMENSIONS"],
    [
      "restricting a type twice",
      "RestrictInstanceTypes",
      { InstanceTypes: ["m5.xlarge", "m5.xlarge"] },
      "DUPLICATE_INSTANCE_TYPE",
    ],
    [
      "restricting a type not offered",
      "RestrictInstanceTypes",
      { InstanceTypes: ["c5.large"] },
      "UNAVAILABLE_INSTANCE_TYPE",
    ],
    [
      "restricting a type with a price",
      "RestrictInstanceTypes",
      { InstanceTypes: ["m5.xlarge"] },
      "DIMENSIONS_NOT_RESTICTED",
    ],
    [
      "restricting the recommended type",
      "RestrictInstanceTypes",
      { InstanceTypes: ["m5.large"] },
      "RECOMMENDED_INSTANCE_TYPE_RESTRICTED",
    ],
    [
      "restricting all types",
      "RestrictInstanceTypes",
      { InstanceTypes: ["m5.large", "m5.xlarge"] },
      "REGION_NO_INSTANCES",
    ],
    ["a version title again", "AddDeliveryOptions", add({ title: version.title }), "DUPLICATE_VERSION_TITLE"],
    [
      "a version title with a control character",
      "AddDeliveryOptions",
      add({ title: "a\u0007" }),
      "INVALID_VERSION_TITLE",
    ],
    [
      "release notes with a control character",
      "AddDeliveryOptions",
      add({ releaseNotes: "a\u0007" }),
      "INVALID_RELEASE_NOTES",
    ],
    [
      "instructions with a control character",
      "AddDeliveryOptions",
      add({ usageInstructions: "a\u0007" }),
      "INVALID_USAGE_INSTRUCTIONS",
    ],
    [
      "a recommended type not offered",
      "AddDeliveryOptions",
      add({ recommendedInstanceType: "c5.large" }),
      "RECOMMENDED_INSTANCE_TYPE_NOT_AVAILABLE",
    ],
    [
      "ports the wrong way round",
      "AddDeliveryOptions",
      add({ securityGroups: [{ ...group, fromPort: 3 }] }),
      "INVALID_SECURITY_GROUP",
    ],
    [
      "a protocol that is none",
      "AddDeliveryOptions",
      add({ securityGroups: [{ ...group, protocol: "ip" as "tcp" }] }),
      "INVALID_SECURITY_GROUP_PROTOCOL",
    ],
    [
      "an address that is no range",
      "AddDeliveryOptions",
      add({ securityGroups: [{ ...group, cidrs: ["10.0.0.256/8"] }] }),
      "INVALID_CIDR_IP",
    ],
    [
      "a path with a space",
      "AddDeliveryOptions",
      add({ accessEndpoint: { port: 1, protocol: "http", relativePath: "a b" } }),
      "INVALID_ACCESS_ENDPOINT_RELATIVE_PATH",
    ],
    ["no ids", "UpdateDeliveryOptions", { Version: { ReleaseNotes: "x" } }, "MISSING_DELIVERY_OPTION_IDS"],
    [
      "unknown ids",
      "UpdateDeliveryOptions",
      { DeliveryOptions: [{ Id: "00000000-0000-4000-a000-000000000000" }] },
      "INVALID_DELIVERY_OPTION_IDS",
    ],
    [
      "restricting a version before it is public",
      "RestrictDeliveryOptions",
      { DeliveryOptionIds: ["x"] },
      "INVALID_PRODUCT",
    ],
    [
      "an account id that is none",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["1"] } },
      "INVALID_AWS_ACCOUNT_IDS",
    ],
    [
      "the same allowlist",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["444455556666"] } },
      "INVALID_AWS_ACCOUNT_IDS",
    ],
    ["releasing again", "ReleaseProduct", {}, "VALIDATION_FAILED"],
    ["the visibility that it has", "UpdateVisibility", { TargetVisibility: "Limited" }, "INVALID_TARGET_VISIBILITY"],
    [
      "a replacement when not restricting",
      "UpdateVisibility",
      { TargetVisibility: "Public", ReplacementProductId: "prod-aaaaaaaaaaaaa" },
      "INVALID_REPLACEMENT_PRODUCT_ID",
    ],
    [
      "an unknown replacement",
      "UpdateVisibility",
      { TargetVisibility: "Restricted", ReplacementProductId: "prod-zzzzzzzzzzzzz" },
      "INVALID_REPLACEMENT_PRODUCT_ID",
    ],
  ];
  test.each(cases)("%s", (_what, changeType, details, code) => {
    const found = codes(marketIn("Limited"), [[changeType, details]]);
    expect(found[changeType]).toContain(code);
  });
});

describe("an image or role that AWS would refuse is refused with its code", () => {
  const image = goodAssets.image as Extract<AssetFacts["image"], { found: true }>;
  const role = goodAssets.role as Extract<AssetFacts["role"], { found: true }>;
  const cases: [what: string, facts: AssetFacts, code: string][] = [
    ["not there", { role, image: { found: false, reason: "it is not in us-east-1" } }, "ASSET_NOT_FOUND"],
    ["of another account", { role, image: { ...image, ownerId: "444455556666" } }, "ASSET_NOT_FOUND"],
    [
      "an encrypted snapshot",
      { role, image: { ...image, snapshots: [{ id: "snap-1", encrypted: true }] } },
      "ASSET_ACCESS_EXCEPTION",
    ],
    ["with a product code", { role, image: { ...image, productCodes: ["abc"] } }, "EXISTING_AMI_PRODUCT_CODE"],
    [
      "paravirtual",
      { role, image: { ...image, virtualizationType: "paravirtual" } },
      "INVALID_AMI_VIRTUALIZATION_TYPE",
    ],
    [
      "on instance store",
      { role, image: { ...image, rootDeviceType: "instance-store" } },
      "INVALID_AMI_VIRTUALIZATION_TYPE",
    ],
    ["of 32 bits", { role, image: { ...image, architecture: "i386" } }, "INVALID_AMI_ARCHITECTURE"],
    [
      "of another architecture than the product",
      { role, image: { ...image, architecture: "arm64" } },
      "INVALID_AMI_ARCHITECTURE",
    ],
    ["without ENA", { role, image: { ...image, enaSupport: false } }, "INCOMPATIBLE_AMI"],
    ["older than two years", { role, image: { ...image, creationDate: "2024-11-21T00:00:00.000Z" } }, "SCAN_ERROR"],
    ["no role", { image, role: { found: false, reason: "no such role" } }, "ASSET_NOT_FOUND"],
    ["a role that may not be passed", { image, role: { ...role, passable: false } }, "ASSET_NOT_FOUND"],
    ["a role that trusts nobody", { image, role: { ...role, trustsIngestion: false } }, "ASSET_NOT_FOUND"],
    ["a role without rights", { image, role: { ...role, missingActions: ["ec2:DescribeImages"] } }, "ASSET_NOT_FOUND"],
  ];
  test.each(cases)("%s", (_what, facts, code) => {
    const market = marketIn("Limited");
    market.assets = facts;
    expect(codes(market, [["AddDeliveryOptions", add({})]])).toEqual({ AddDeliveryOptions: [code] });
  });

  test("the first image of a product must fit its instance types", () => {
    const market = new Market();
    market.assets = { role, image: { ...image, architecture: "arm64" } };
    const found = [...market.try(planAmiListing(hourlyListing).changes).problems.values()].flat();
    expect(found.map(({ code }) => code)).toEqual(["INCOMPATIBLE_AMI"]);
  });

  test("an image of two years less a day will do", () => {
    const market = marketIn("Limited");
    market.assets = { role, image: { ...image, creationDate: "2024-11-23T00:00:00.000Z" } };
    expect(codes(market, [["AddDeliveryOptions", add({})]])).toEqual({});
  });
});

describe("an hourly instance type comes with its dimension and its price", () => {
  const types: Asked[number] = ["AddInstanceTypes", { InstanceTypes: ["c5.large"] }];
  const prices = (keys: string[]): Asked[number] => [
    "Offer:UpdatePricingTerms",
    {
      PricingModel: "Usage",
      Terms: [
        {
          Type: "UsageBasedPricingTerm",
          CurrencyCode: "USD",
          RateCards: [{ RateCard: keys.map((DimensionKey) => ({ DimensionKey, Price: "0.1" })) }],
        },
      ],
    },
  ];
  const hourly: AmiListing = {
    ...hourlyListing,
    pricing: { model: "usage", hourly: { "m5.large": "0.1", "m5.xlarge": "0.1" } },
  };
  const cases: [what: string, asked: Asked, found: Record<string, string[]>][] = [
    ["alone", [types], { AddInstanceTypes: ["MISSING_DIMENSIONS"] }],
    [
      "without price",
      [types, ["AddDimensions", [hours("c5.large")]]],
      { AddInstanceTypes: ["UPDATE_PRICING_REQUIRED"] },
    ],
    [
      "priced without it",
      [types, ["AddDimensions", [hours("c5.large")]], prices(["m5.large", "m5.xlarge"])],
      { "Offer:UpdatePricingTerms": ["INVALID_RATE_CARD"] },
    ],
    [
      "with another dimension",
      [types, ["AddDimensions", [hours("t3.small")]]],
      { AddInstanceTypes: ["INVALID_DIMENSIONS"], AddDimensions: ["INVALID_DIMENSION"] },
    ],
    [
      "with all it needs",
      [types, ["AddDimensions", [hours("c5.large")]], prices(["m5.large", "m5.xlarge", "c5.large"])],
      {},
    ],
  ];
  test.each(cases)("%s", (_what, asked, found) => {
    expect(codes(marketIn("Limited", hourly), asked)).toEqual(found);
  });
});

test("a draft cannot change its visibility, nor be released before it is complete", () => {
  expect(codes(marketIn("Draft"), [["UpdateVisibility", { TargetVisibility: "Public" }]])).toEqual({
    UpdateVisibility: ["INVALID_PRODUCT_STATE"],
  });
  const found = codes(marketIn("Draft"), [["ReleaseProduct", {}]]);
  expect(found["ReleaseProduct"]).toEqual(Array.from({ length: 7 }, () => "VALIDATION_FAILED"));
});

test("a fresh draft shows Description and Targeting and nothing else", () => {
  const { details } = marketIn("Draft").only("AmiProduct@1.0");
  expect(Object.keys(details)).toEqual(["Description", "Targeting"]);
  expect(details).toMatchObject({
    Description: {
      ProductTitle: null,
      Visibility: "Draft",
      ProductState: "Draft",
      ProductCode: expect.stringMatching(/^[a-z0-9]{25}$/),
    },
    Targeting: { PositiveTargeting: { BuyerAccounts: [] } },
  });
});

test("visibility goes both ways between Limited, Public and Restricted", () => {
  const market = marketIn("Public");
  for (const target of ["Limited", "Restricted", "Public", "Restricted", "Limited"]) {
    const entity = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
    market.apply([{ changeType: "UpdateVisibility", entity, details: { TargetVisibility: target } }]);
    expect(market.only("AmiProduct@1.0").details).toMatchObject({ Description: { Visibility: target } });
  }
});

test("a version is closed with its options; the last one stays open", () => {
  const market = marketIn("Public");
  const restrict = (ids: string[]): Asked => [["RestrictDeliveryOptions", { DeliveryOptionIds: ids }]];
  expect(codes(market, restrict(optionIds(market)))).toEqual({
    RestrictDeliveryOptions: ["ALL_DELIVERY_OPTIONS_RESTRICTED"],
  });
  const [first = ""] = optionIds(market);
  const entity = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
  market.apply([
    { changeType: "AddDeliveryOptions", entity, details: add({}) },
    { changeType: "RestrictDeliveryOptions", entity, details: { DeliveryOptionIds: [first] } },
  ]);
  expect(market.only("AmiProduct@1.0").details["Versions"]).toMatchObject([
    { DeliveryOptions: [{ Visibility: "Restricted" }], DeliveryMethods: [{ Visibility: "Restricted" }] },
    { DeliveryOptions: [{ Visibility: "Public" }] },
  ]);
  expect(codes(market, restrict([first]))["RestrictDeliveryOptions"]).toContain("INVALID_DELIVERY_OPTION");
  expect(codes(market, restrict(["nobody"]))["RestrictDeliveryOptions"]).toContain("INVALID_DELIVERY_OPTION_IDS");
});

test("a Restricted product takes no new versions, words of versions or buyers", () => {
  const market = marketIn("Restricted");
  const [Id = ""] = optionIds(market);
  expect(
    codes(market, [
      ["AddDeliveryOptions", add({})],
      ["UpdateDeliveryOptions", { Version: { ReleaseNotes: "x" }, DeliveryOptions: [{ Id }] }],
      ["UpdateTargeting", { PositiveTargeting: { BuyerAccounts: [] } }],
    ]),
  ).toEqual({
    AddDeliveryOptions: ["INVALID_PRODUCT"],
    UpdateDeliveryOptions: ["INVALID_PRODUCT"],
    UpdateTargeting: ["INVALID_PRODUCT_VISIBILITY"],
  });
});

test("a version reads back split into a source and a delivery option, with the marketplace's own image", () => {
  const { details, submitted } = marketIn("Limited").only("AmiProduct@1.0");
  const [seen] = details["Versions"] as unknown as {
    Sources: { Id: string; Image: string }[];
    DeliveryOptions: { Id: string }[];
  }[];
  expect(seen).toMatchObject({
    VersionTitle: "1.0.0",
    CreationDate: "2026-11-22T12:00:00Z",
    Sources: [
      { Architecture: "x86_64", OperatingSystem: { Name: "AMAZONLINUX", Username: "ec2-user", ScanningPort: 22 } },
    ],
    DeliveryOptions: [
      {
        SourceId: seen?.Sources[0]?.Id,
        Instructions: { Usage: version.usageInstructions },
        Recommendations: {
          InstanceType: "m5.large",
          SecurityGroups: [{ Protocol: "tcp", FromPort: 443, ToPort: 443, CidrIps: ["0.0.0.0/0"] }],
        },
      },
    ],
  });
  expect(seen?.Sources[0]?.Image).toMatch(/^ami-[0-9a-f]{17}$/);
  expect(seen?.Sources[0]?.Image).not.toBe(version.image.amiId);
  expect(JSON.stringify(details)).not.toContain("role/ingestion");
  const id = seen?.DeliveryOptions[0]?.Id ?? "";
  expect(submitted).toMatchObject({ AmiSources: { [id]: { AmiId: version.image.amiId } } });
});

test("a restricted region can be offered again", () => {
  const market = marketIn("Public");
  const entity = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
  market.apply([{ changeType: "RestrictRegions", entity, details: { Regions: ["eu-west-1"] } }]);
  expect(market.only("AmiProduct@1.0").details["RegionAvailability"]).toEqual({
    Regions: ["us-east-1"],
    Restrict: ["eu-west-1"],
  });
  market.apply([{ changeType: "AddRegions", entity, details: { Regions: ["eu-west-1"] } }]);
  expect(market.only("AmiProduct@1.0").details["RegionAvailability"]).toEqual({
    Regions: ["us-east-1", "eu-west-1"],
    Restrict: [],
  });
});
