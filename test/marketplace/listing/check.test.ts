import { describe, expect, test } from "vitest";
import { checkAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing, version } from "../support/listings";

const good = hourlyListing;
const contract: AmiListing = {
  ...good,
  dimensions: [{ key: "seats", name: "Seats", description: "People.", unit: "Users", types: ["Entitled"] }],
  pricing: { model: "contract", durations: [{ duration: "P365D", prices: { seats: "1200" } }] },
};
const custom: AmiListing = {
  ...good,
  dimensions: [{ key: "scans", name: "Scans", description: "Scans.", unit: "Units", types: ["ExternallyMetered"] }],
  pricing: { model: "usage", metered: { scans: "0.001" } },
};

test.each<[string, AmiListing]>([
  ["hourly and annual", good],
  [
    "hourly with a free trial",
    { ...good, pricing: { ...good.pricing, annual: undefined, freeTrial: { days: 14 } } as AmiListing["pricing"] },
  ],
  [
    "hourly and monthly",
    { ...good, pricing: { model: "usage", hourly: { "m5.large": "0.1", "m5.xlarge": "0.2" }, monthly: "20" } },
  ],
  ["monthly only", { ...good, pricing: { model: "usage", monthly: "20" } }],
  ["bring your own license", { ...good, pricing: { model: "byol" }, refundPolicy: undefined }],
  ["free", { ...good, pricing: { model: "free" }, refundPolicy: undefined }],
  ["contract", contract],
  ["custom metering", custom],
])("nothing is wrong with a listing that is %s", (_what, listing) => {
  expect(checkAmiListing(listing)).toEqual([]);
});

describe("each mistake is one clear error that names the property", () => {
  const hourly = (prices: Record<string, string>): AmiListing => ({
    ...good,
    pricing: { model: "usage", hourly: prices },
  });
  const withVersion = (part: Partial<typeof version>): AmiListing => ({ ...good, versions: [{ ...version, ...part }] });
  const group = { protocol: "tcp" as const, fromPort: 443, toPort: 443, cidrs: ["0.0.0.0/0"] };
  const cases: [what: string, listing: unknown, path: string, code: string][] = [
    [
      "a price for an unknown dimension",
      hourly({ "m5.large": "0.1", "m5.xlarge": "0.2", "m7g.large": "0.3" }),
      'pricing.hourly["m7g.large"]',
      "INCOMPATIBLE_PRODUCT",
    ],
    ["an instance type without price", hourly({ "m5.large": "0.1" }), "pricing.hourly", "INVALID_RATE_CARD"],
    [
      "a price in letters",
      hourly({ "m5.large": "cheap", "m5.xlarge": "0.2" }),
      'pricing.hourly["m5.large"]',
      "INVALID_PRICE",
    ],
    [
      "a price as a number",
      hourly({ "m5.large": 0.1 as unknown as string, "m5.xlarge": "0.2" }),
      'pricing.hourly["m5.large"]',
      "INVALID_INPUT",
    ],
    ["a wrong region", { ...good, regions: ["us-east-1", "us-eest-1"] }, "regions[1]", "INVALID_REGIONS"],
    [
      "a wrong instance type",
      { ...good, instanceTypes: ["m5.large", "m5.xlarge", "big"], pricing: { model: "byol" } },
      "instanceTypes[2]",
      "INVALID_INSTANCE_TYPES",
    ],
    ["no agreement", { ...good, eula: undefined }, "eula", "INVALID_INPUT"],
    [
      "an old agreement",
      { ...good, eula: { type: "standard", version: "2019-04-24" } },
      "eula.version",
      "INVALID_LEGAL_DOCUMENTS",
    ],
    ["an unknown kind of agreement", { ...good, eula: { type: "handshake" } }, "eula.type", "INVALID_INPUT"],
    ["no refund policy", { ...good, refundPolicy: undefined }, "refundPolicy", "MISSING_MANDATORY_TERMS"],
    ["a title of 73 characters", { ...good, title: "x".repeat(73) }, "title", "INVALID_INPUT"],
    ["four highlights", { ...good, highlights: ["a", "b", "c", "d"] }, "highlights", "INVALID_INPUT"],
    ["no categories", { ...good, categories: [] }, "categories", "INVALID_INPUT"],
    [
      "a category in other words",
      { ...good, categories: ["operating systems"] },
      "categories[0]",
      "INVALID_CATEGORY_NAMES",
    ],
    [
      "a logo that is no picture",
      { ...good, logoUrl: "https://a.example.com/logo.svg" },
      "logoUrl",
      "InvalidImageProperties",
    ],
    ["a logo over plain http", { ...good, logoUrl: "http://a.example.com/logo.png" }, "logoUrl", "INVALID_INPUT"],
    ["an account id of 11 digits", { ...good, allowlist: ["11112222333"] }, "allowlist", "INVALID_AWS_ACCOUNT_IDS"],
    ["no versions", { ...good, versions: [] }, "versions", "INVALID_INPUT"],
    [
      "two versions of one title",
      { ...good, versions: [version, version] },
      "versions[1].title",
      "DUPLICATE_VERSION_TITLE",
    ],
    [
      "an image id of another form",
      withVersion({ image: { ...version.image, amiId: "ami-1" } }),
      "versions[0].image.amiId",
      "INVALID_INPUT",
    ],
    [
      "a role that is none",
      withVersion({ image: { ...version.image, accessRoleArn: "ingestion" } }),
      "versions[0].image.accessRoleArn",
      "INVALID_INPUT",
    ],
    [
      "a recommended type that is not offered",
      withVersion({ recommendedInstanceType: "c5.large" }),
      "versions[0].recommendedInstanceType",
      "RECOMMENDED_INSTANCE_TYPE_NOT_AVAILABLE",
    ],
    [
      "ports the wrong way round",
      withVersion({ securityGroups: [{ ...group, fromPort: 444 }] }),
      "versions[0].securityGroups[0].fromPort",
      "INVALID_SECURITY_GROUP",
    ],
    [
      "a range that is none",
      withVersion({ securityGroups: [{ ...group, cidrs: ["anywhere"] }] }),
      "versions[0].securityGroups[0].cidrs[0]",
      "INVALID_CIDR_IP",
    ],
    [
      "a path with a slash",
      withVersion({ accessEndpoint: { port: 443, protocol: "https", relativePath: "/x" } }),
      "versions[0].accessEndpoint.relativePath",
      "INVALID_ACCESS_ENDPOINT_RELATIVE_PATH",
    ],
    [
      "a short trial",
      {
        ...good,
        pricing: { model: "usage", hourly: { "m5.large": "0.1", "m5.xlarge": "0.2" }, freeTrial: { days: 3 } },
      },
      "pricing.freeTrial.days",
      "INVALID_DURATION",
    ],
    [
      "monthly beside annual prices",
      { ...good, pricing: { ...good.pricing, monthly: "9" } },
      "pricing",
      "INCOMPATIBLE_TERMS",
    ],
    [
      "another currency",
      { ...good, pricing: { model: "usage", currency: "EUR", monthly: "9" } },
      "pricing.currency",
      "INVALID_CURRENCY_CODE",
    ],
    ["a usage listing without prices", { ...good, pricing: { model: "usage" } }, "pricing", "MISSING_MANDATORY_TERMS"],
    ["a pricing model that is none", { ...good, pricing: { model: "barter" } }, "pricing.model", "INVALID_INPUT"],
    [
      "a contract for a metered dimension",
      {
        ...contract,
        dimensions: custom.dimensions,
        pricing: { model: "contract", durations: [{ duration: "P365D", prices: { scans: "1" } }] },
      },
      'pricing.durations[0].prices["scans"]',
      "INVALID_RATE_CARD",
    ],
    [
      "a unit that is none",
      { ...contract, dimensions: contract.dimensions?.map((one) => ({ ...one, unit: "Furlongs" })) },
      "dimensions[0].unit",
      "INVALID_UNIT",
    ],
    ["a visibility that is none", { ...good, visibility: "Draft" }, "visibility", "INVALID_INPUT"],
    [
      "a misspelt member",
      withVersion({ image: { ...version.image, amiID: "x" } as unknown as typeof version.image }),
      "versions[0].image.amiID",
      "INVALID_INPUT",
    ],
  ];
  test.each(cases)("%s", (_what, listing, path, code) => {
    const problems = checkAmiListing(listing as AmiListing);
    expect(problems.map((problem) => [problem.path, problem.code])).toContainEqual([path, code]);
    expect(problems.every(({ message }) => message.length > 10)).toBe(true);
    expect(problems.map((problem) => problem.path).filter((other) => other !== path)).toEqual([]);
  });
});

test("several mistakes are all told at once", () => {
  const { eula: _none, ...rest } = good;
  const bad = { ...rest, regions: ["nowhere"], allowlist: ["1"], searchKeywords: ["k".repeat(51)] };
  expect(checkAmiListing(bad as unknown as AmiListing).map(({ path }) => path)).toEqual(
    expect.arrayContaining(["eula", "regions[0]", "allowlist", "searchKeywords[0]"]),
  );
});

describe("values that are not known yet are no mistake, and hide none elsewhere", () => {
  const later = Symbol("later");
  const isUnknown = (value: unknown) => value === later;
  const unknown = later as unknown as never;
  const cases: [what: string, listing: AmiListing][] = [
    ["logoUrl", { ...good, logoUrl: unknown }],
    [
      "the image",
      { ...good, versions: [{ ...version, image: { ...version.image, amiId: unknown, accessRoleArn: unknown } }] },
    ],
    ["all versions", { ...good, versions: unknown }],
    ["all instance types", { ...good, instanceTypes: unknown }],
    ["one instance type", { ...good, instanceTypes: ["m5.large", unknown] }],
    ["all prices", { ...good, pricing: unknown }],
    ["hourly prices", { ...good, pricing: { model: "usage", hourly: unknown } }],
    ["a price", { ...good, pricing: { model: "usage", hourly: { "m5.large": unknown, "m5.xlarge": "1" } } }],
    ["the agreement", { ...good, eula: { type: "custom", url: unknown } }],
    ["the refund policy", { ...good, refundPolicy: unknown }],
    ["everything", unknown],
  ];
  test.each(cases)("%s", (what, listing) => {
    expect(checkAmiListing(listing, { isUnknown })).toEqual([]);
    if (what === "everything") return;
    const worse = checkAmiListing({ ...listing, regions: ["nowhere"] }, { isUnknown });
    expect(worse.map(({ path }) => path)).toEqual(["regions[0]"]);
  });
});

test.each([
  null,
  undefined,
  7,
  "x",
  [],
  {},
  { versions: {}, pricing: [], eula: 1 },
  { versions: [null], pricing: null },
])("%j is told to be no listing, without a crash", (nonsense) => {
  expect(checkAmiListing(nonsense as unknown as AmiListing).length).toBeGreaterThan(0);
});
