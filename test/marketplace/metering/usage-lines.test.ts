import { expect, test } from "vitest";
import type { AcceptedTerm } from "../../../marketplace/agreements/accepted-term";
import { unitsPaidAhead } from "../../../marketplace/metering/paid-ahead";
import { beyondGrant, totalOf, usageLines } from "../../../marketplace/metering/usage-lines";

test("usage costs its quantity times its price, exactly, and what is free leaves no line", () => {
  const rates = [
    { DimensionKey: "m5.large", Price: "0.10" },
    { DimensionKey: "calls", Price: "0.00000001" },
    { DimensionKey: "free", Price: "0" },
  ];
  const quantities = new Map([
    ["m5.large", 3],
    ["calls", 2_147_483_647],
    ["free", 9],
    ["unknown", 9],
  ]);
  const lines = usageLines(quantities, rates);
  expect(lines).toEqual([
    { dimension: "m5.large", quantity: 3, price: "0.10", amount: "0.3" },
    { dimension: "calls", quantity: 2_147_483_647, price: "0.00000001", amount: "21.47483647" },
  ]);
  expect(totalOf(lines)).toBe("21.77483647");
  expect(totalOf([])).toBe("0");
});

test.each([
  ["all of it within the grant", 0, 10, 10, 0],
  ["the rest beyond it", 0, 15, 10, 5],
  ["what is left of it", 8, 5, 10, 3],
  ["nothing left of it", 20, 5, 10, 5],
  ["no limit", 20, 5, undefined, 0],
])("a trial leaves out %s", (_, before, quantity, most, expected) => {
  expect(beyondGrant(before, quantity, most)).toBe(expected);
});

test("units that are paid ahead come and go with their agreements, and add up", () => {
  expect(
    unitsPaidAhead(
      [
        { from: 0, to: 100, terms: [granting(2)] },
        { from: 50, to: 200, terms: [granting(1)] },
        { from: 100, to: 150, terms: [granting(3)] },
        { from: 60, to: 60, terms: [granting(9)] },
        { from: 10, to: 20, terms: [] },
      ],
      "m5.large",
    ).map(({ at, places }) => [at, places]),
  ).toEqual([
    [0, 2],
    [50, 3],
    [100, 1],
    [100, 4],
    [150, 1],
    [200, 0],
  ]);
  expect(unitsPaidAhead([{ from: 0, to: 1, terms: [granting(1)] }], "m5.xlarge")).toEqual([]);
  const [unlimited] = unitsPaidAhead([{ from: 0, to: 1, terms: [granting(undefined)] }], "m5.large");
  expect(unlimited?.places).toBeGreaterThan(1_000_000);
});

function granting(MaxQuantity: number | undefined): AcceptedTerm {
  const Grants = [{ DimensionKey: "m5.large", ...(MaxQuantity !== undefined && { MaxQuantity }) }];
  return { id: "term-fixed", term: { Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "0", Grants } };
}
