import { describe, expect, test } from "vitest";
import type { Json } from "../../../marketplace/changes/change-type";

import { add, codes, dimension, group, hours, marketIn, type Asked } from "../support/products";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing, version } from "../support/listings";

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

describe("an hourly instance type comes with its dimension and its price", () => {
  const types: Asked[number] = ["AddInstanceTypes", { InstanceTypes: ["c5.large"] }];
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
