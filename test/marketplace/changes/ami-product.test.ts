import { expect, test } from "vitest";
import { version } from "../support/listings";
import { add, codes, dimension, marketIn, optionIds, type Asked } from "../support/products";

test("the first dimensions decide how a product is priced; another kind is refused", () => {
  expect(codes(marketIn("Limited"), [["AddDimensions", [dimension]]])).toEqual({
    AddDimensions: ["INVALID_DIMENSION"],
  });
  expect(codes(marketIn("Draft"), [["AddDimensions", [dimension]]])).toEqual({});
});

test("a draft cannot change its visibility, nor be released before it is complete", () => {
  expect(codes(marketIn("Draft"), [["UpdateVisibility", { TargetVisibility: "Public" }]])).toEqual({
    UpdateVisibility: ["INVALID_PRODUCT_STATE"],
  });
  const found = codes(marketIn("Draft"), [["ReleaseProduct", {}]]);
  expect(found["ReleaseProduct"]).toEqual(Array.from({ length: 7 }, () => "VALIDATION_FAILED"));
});

test("each thing that a release lacks is named with the change that gives it", () => {
  const market = marketIn("Draft");
  const { id: identifier } = market.only("AmiProduct@1.0");
  const { problems } = market.try([
    { changeType: "ReleaseProduct", entity: { type: "AmiProduct@1.0", identifier }, details: {} },
  ]);
  const told = [...problems.values()].flat().map(({ message }) => message);
  expect(told.slice(0, -1).map((message) => /\((\w+)\)\.$/.exec(message)?.[1])).toEqual([
    "UpdateInformation",
    "UpdateInformation",
    "UpdateInformation",
    "AddDeliveryOptions",
    "AddRegions",
    "AddInstanceTypes",
  ]);
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

const restrict = (ids: string[]): Asked => [["RestrictDeliveryOptions", { DeliveryOptionIds: ids }]];

test("a version is closed with its options; the last one stays open", () => {
  const market = marketIn("Public");
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
