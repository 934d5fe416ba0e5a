import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import type { ListingPricing } from "../../marketplace/listing/ami-listing";
import { risesOver } from "../../marketplace/listing/price-list";
import { freeToPaid } from "../../policies/free-to-paid";
import { priceIncrease } from "../../policies/price-increase";
import { unagreedPrice } from "../../policies/unagreed-price";
import { judge, resource } from "./run-policy";

const hourly = (price: string): ListingPricing => ({ model: "usage", hourly: { "m7i.large": price } });
const inThousandths = (n: number) => hourly((n / 1000).toFixed(3));
const listing = (pricing: ListingPricing) => resource("AmiProduct", { pricing });
const agreed = { agreed: { agent: hourly("0.10") } };

test.each<[string, ListingPricing, ListingPricing, number, string[]]>([
  ["the same price", hourly("0.10"), hourly("0.1000"), 0, []],
  ["a lower one", hourly("0.10"), hourly("0.09"), 0, []],
  ["exactly the limit", hourly("0.10"), hourly("0.11"), 10, []],
  ["a hundred-millionth over it", hourly("0.10"), hourly("0.11000001"), 10, ["hourly m7i.large"]],
  ["half a percent allowed", hourly("1"), hourly("1.005"), 0.5, []],
  ["half a percent exceeded", hourly("1"), hourly("1.0051"), 0.5, ["hourly m7i.large"]],
  ["from nothing", hourly("0"), hourly("0.01"), 1000, ["hourly m7i.large"]],
  ["another instance type", hourly("0.10"), { model: "usage", hourly: { "m7i.xlarge": "9" } }, 0, []],
  [
    "every kind of price",
    { model: "usage", annual: { "m7i.large": "100" }, monthly: "10", metered: { events: "1" } },
    { model: "usage", annual: { "m7i.large": "200" }, monthly: "20", metered: { events: "2" } },
    10,
    ["annual m7i.large", "monthly", "metered events"],
  ],
  [
    "a contract, by duration",
    { model: "contract", durations: [{ duration: "P365D", prices: { users: "100" } }] },
    { model: "contract", durations: [{ duration: "P365D", prices: { users: "111" } }] },
    10,
    ["P365D users"],
  ],
])("a price rise is told exactly: %s", (_, before, after, percent, rises) => {
  expect(risesOver(percent, before, after).map(({ of }) => of)).toEqual(rises);
});

test("whatever the prices, a rise is over the limit exactly when its share of the old price is", () => {
  const units = integer({ min: 1, max: 1_000_000 });
  assert(
    property(units, units, integer({ min: 0, max: 300 }), (from, to, percent) => {
      const over = risesOver(percent, inThousandths(from), inThousandths(to)).length > 0;
      expect(over).toBe(to * 100 > from * (100 + percent));
    }),
  );
});

test("a price over the limit is named with both amounts; one within it is not", async () => {
  expect(await judge(priceIncrease, listing(hourly("0.12")), agreed)).toEqual([
    "agent: hourly m7i.large goes from 0.10 to 0.12, more than 10 percent up. Agree on it first.",
  ]);
  expect(await judge(priceIncrease, listing(hourly("0.11")), agreed)).toEqual([]);
  expect(await judge(priceIncrease, listing(hourly("0.11")), { ...agreed, maxPercent: 5 })).toHaveLength(1);
});

test("a listing that was agreed to be free stays free", async () => {
  const free = { agreed: { agent: { model: "free" } } };
  expect(await judge(freeToPaid, listing(hourly("0.12")), free)).toEqual([
    "agent: buyers are to pay, and it was free. List a second product for the paid edition.",
  ]);
  expect(await judge(freeToPaid, listing(hourly("0")), free)).toEqual([]);
  expect(await judge(freeToPaid, listing({ model: "free" }), free)).toEqual([]);
  expect(await judge(freeToPaid, listing(hourly("0.12")), agreed)).toEqual([]);
  expect(await judge(freeToPaid, listing(hourly("1")), { agreed: { agent: { model: "byol" } } })).toHaveLength(1);
});

test("a paid listing with no agreed prices is pointed out, so that nothing goes unseen", async () => {
  expect(await judge(unagreedPrice, listing(hourly("0.12")))).toEqual([
    'agent: no prices were agreed on, so nothing holds an increase. Add its pricing under "agreed".',
  ]);
  expect(await judge(unagreedPrice, listing(hourly("0.12")), agreed)).toEqual([]);
  expect(await judge(unagreedPrice, listing({ model: "byol" }))).toEqual([]);
  expect(await judge(unagreedPrice, resource("AmiProduct", { pricing: hourly("1") }, "toString"))).toHaveLength(1);
});

test("policies on listings leave other resources alone", async () => {
  const other = { type: "aws:s3/bucket:Bucket", props: { pricing: hourly("9"), visibility: "Public" } };
  for (const policy of [priceIncrease, freeToPaid, unagreedPrice]) {
    expect(await judge(policy, other, agreed)).toEqual([]);
  }
});
