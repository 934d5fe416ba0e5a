import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeTypes, findChangeType } from "../../../marketplace/changes";
import { checkSchema } from "../../../marketplace/changes/schema";

const problemsOf = (type: string, changeType: string, details: unknown) => {
  const found = findChangeType(type, changeType);
  if (!found) throw new Error(`${changeType} is not there.`);
  return checkSchema(found.schema, details).map(({ path, message }) => `${path}: ${message}`);
};

describe("a document that is wrong is told where and how", () => {
  test.each([
    ["AddRegions", {}, "Regions: Regions is required."],
    ["AddRegions", { Regions: [] }, "Regions: At least 1 items are needed; there are 0."],
    ["AddRegions", { Regions: [7] }, "Regions[0]: Expected a string, found 7."],
    ["AddRegions", [], ": Expected an object, found an array."],
    ["CreateProduct", { Title: "x" }, 'Title: "Title" is not a known property. Allowed are "ProductTitle".'],
    [
      "CreateProduct",
      { ProductTitle: " x" },
      'ProductTitle: Expected a text that does not start with a space and is not empty, found " x".',
    ],
    [
      "CreateProduct",
      JSON.parse('{"__proto__": 1}'),
      '__proto__: "__proto__" is not a known property. Allowed are "ProductTitle".',
    ],
    [
      "UpdateVisibility",
      { TargetVisibility: "Gone" },
      'TargetVisibility: Expected one of "Public", "Restricted" and "Limited", found "Gone".',
    ],
  ])("%s %j", (changeType, details, problem) => {
    expect(problemsOf("AmiProduct@1.0", changeType, details)).toEqual([problem]);
  });

  test("an address by numbers", () => {
    const Documents = [{ Type: "CustomEula", Url: "http://127.0.0.1:4510/files/eula.pdf" }];
    expect(problemsOf("Offer@1.0", "UpdateLegalTerms", { Terms: [{ Type: "LegalTerm", Documents }] })).toEqual([
      'Terms[0].Documents[0].Url: Expected an http:// or https:// address of a named host, found "http://127.0.0.1:4510/files/eula.pdf".',
    ]);
  });

  test("a term of an unknown type", () => {
    const details = { PricingModel: "Usage", Terms: [{ Type: "Barter" }, {}] };
    expect(problemsOf("Offer@1.0", "UpdatePricingTerms", details)).toEqual([
      expect.stringMatching(/^Terms\[0\]\.Type: Type must be one of "UsageBasedPricingTerm".*found "Barter"\.$/),
      expect.stringMatching(/^Terms\[1\]\.Type: .*it is missing\.$/),
    ]);
  });

  test("everything at once", () => {
    const source = { AmiId: "x", AccessRoleArn: "y", UserName: "1", ScanningPort: 0, OperatingSystemName: "" };
    const option = { Details: { AmiDeliveryOptionDetails: { AmiSource: source, SecurityGroups: [] } } };
    const found = problemsOf("AmiProduct@1.0", "AddDeliveryOptions", { DeliveryOptions: [option], Version: {} });
    expect(found.length).toBe(11);
  });
});

test("any JSON at all is judged, not choked on", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...changeTypes), (value, { schema }) => {
      expect(checkSchema(schema, value)).toBeInstanceOf(Array);
    }),
  );
});

test("a document nested ten thousand deep is judged as deep as its schema goes", () => {
  const text = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
  const details = { Regions: JSON.parse(text) as unknown };
  expect(problemsOf("AmiProduct@1.0", "AddRegions", details)).toEqual([
    "Regions[0]: Expected a string, found an array.",
  ]);
});

test("a string of a million spaces is judged at once", () => {
  const started = performance.now();
  expect(problemsOf("AmiProduct@1.0", "CreateProduct", { ProductTitle: " ".repeat(1_000_000) })).toHaveLength(1);
  expect(performance.now() - started).toBeLessThan(1000);
});
