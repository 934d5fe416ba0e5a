import { expect, test } from "vitest";
import { instanceFamilies } from "../../marketplace/instance-families";
import { instanceTypeFacts, isInstanceTypeName } from "../../marketplace/instance-types";
import { commercialRegions, isRegion, regionsLike } from "../../marketplace/regions";

test("every instance type of EC2 that we know has the form that is asked for", () => {
  const types = Object.entries(instanceFamilies).flatMap(([family, sizes]) =>
    sizes.split(" ").map((size) => `${family}.${size}`),
  );
  expect(types.length).toBeGreaterThan(1000);
  expect(types.filter((type) => !isInstanceTypeName(type))).toEqual([]);
});

test.each([
  ["m5.large", { architecture: "x86_64", needsEna: true, hvm: true }],
  ["m7g.large", { architecture: "arm64", needsEna: true, hvm: true }],
  ["a1.medium", { architecture: "arm64", needsEna: true, hvm: true }],
  ["c6gn.xlarge", { architecture: "arm64", needsEna: true, hvm: true }],
  ["g5g.xlarge", { architecture: "arm64", needsEna: true, hvm: true }],
  ["g4dn.xlarge", { architecture: "x86_64", needsEna: true, hvm: true }],
  ["t2.micro", { architecture: "x86_64", needsEna: false, hvm: true }],
  ["m1.small", { architecture: "x86_64", needsEna: false, hvm: false }],
  ["mac2.metal", { architecture: undefined, needsEna: true, hvm: true }],
  ["m99z.large", undefined],
])("%s: %j", (type, facts) => {
  expect(instanceTypeFacts(type)).toEqual(facts);
});

test.each(["large", "M5.large", "m5", "m5.", ".large", "m5 .large", "x".repeat(30)])(
  "%j is no instance type",
  (name) => {
    expect(isInstanceTypeName(name)).toBe(false);
  },
);

test("regions are known, and mistyped ones recognised", () => {
  expect(commercialRegions.every(isRegion)).toBe(true);
  expect(isRegion("us-gov-west-1")).toBe(true);
  expect(isRegion("us-eest-1")).toBe(false);
  expect(regionsLike("us-eest-1")).toContain("us-east-1");
  expect(regionsLike("us_east_1")).toContain("us-east-1");
});
