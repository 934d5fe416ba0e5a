import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkDiscount, discounted, type RateCard } from "../../../marketplace/offers/rate-card";

const card: RateCard = {
  model: "usage",
  hourly: { "m7i.large": "0.09", "m7i.xlarge": "0.18" },
  annual: { "m7i.large": "630", "m7i.xlarge": "1260" },
  monthly: "99.99",
  freeTrial: { days: 14 },
};

test.each([
  [0, { "m7i.large": "0.09", "m7i.xlarge": "0.18" }, { "m7i.large": "630", "m7i.xlarge": "1260" }, "99.99"],
  [15, { "m7i.large": "0.0765", "m7i.xlarge": "0.153" }, { "m7i.large": "535.5", "m7i.xlarge": "1071" }, "84.992"],
  [
    12.5,
    { "m7i.large": "0.07875", "m7i.xlarge": "0.1575" },
    { "m7i.large": "551.25", "m7i.xlarge": "1102.5" },
    "87.491",
  ],
  [
    33.333,
    { "m7i.large": "0.0600003", "m7i.xlarge": "0.1200006" },
    { "m7i.large": "420.002", "m7i.xlarge": "840.004" },
    "66.66",
  ],
  [100, { "m7i.large": "0", "m7i.xlarge": "0" }, { "m7i.large": "0", "m7i.xlarge": "0" }, "0"],
])("%d percent off, to the last digit that AWS takes", (percent, hourly, annual, monthly) => {
  expect(discounted(card, { percent })).toEqual({ model: "usage", currency: "USD", hourly, annual, monthly });
});

test("single dimensions have a discount of their own, in a contract too", () => {
  const byDimension = { "m7i.xlarge": 50 };
  expect(discounted(card, { percent: 10, byDimension })).toMatchObject({
    hourly: { "m7i.large": "0.081", "m7i.xlarge": "0.09" },
    annual: { "m7i.large": "567", "m7i.xlarge": "630" },
  });
  const contract: RateCard = {
    model: "contract",
    durations: [{ duration: "P1Y", prices: { seats: "10", nodes: "7" } }],
  };
  expect(discounted(contract, { percent: 10, byDimension: { nodes: 0 } })).toEqual({
    model: "contract",
    currency: "USD",
    durations: [{ duration: "P1Y", prices: { seats: "9", nodes: "7" } }],
  });
});

test.each([
  [{ percent: -1 }, ["discount"]],
  [{ percent: 100.5 }, ["discount"]],
  [{ percent: 12.3456 }, ["discount"]],
  [{ percent: Number.NaN }, ["discount"]],
  [{ percent: 12.345 }, []],
  [{ percent: 0, byDimension: { "m7g.large": 10 } }, ['discounts["m7g.large"]']],
  [{ percent: 0, byDimension: { "m7i.large": 110 } }, ['discounts["m7i.large"]']],
])("a discount of %j is looked at", (discount, paths) => {
  expect(checkDiscount(discount, card).map(({ path }) => path)).toEqual(paths);
});

test("whatever the price and the discount, the result is within half a unit of the last digit, and never dearer", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 100_000 }), (thousandths, percent) => {
      const price = (thousandths / 1000).toFixed(3);
      const made = discounted({ model: "usage", monthly: price }, { percent: percent / 1000 });
      const exact = BigInt(thousandths) * BigInt(100_000 - percent);
      const found = made.model === "usage" ? BigInt(Math.round(Number(made.monthly) * 1000)) : -1n;
      const off = found * 100_000n - exact;
      expect(off <= 50_000n && off > -50_000n).toBe(true);
      expect(found <= BigInt(thousandths)).toBe(true);
    }),
  );
});
