import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkOffer } from "../../../marketplace/offers/check";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { privateOffer } from "./specs";

const now = "2026-11-22T12:00:00Z";
const unknown = "not known yet";
const isUnknown = (value: unknown) => value === unknown;
const paths = (offer: object) => checkOffer(offer as unknown as OfferSpec, { now, isUnknown }).map(({ path }) => path);

const inParts: OfferSpec = {
  ...privateOffer,
  pricing: {
    model: "contract",
    fixed: { price: "0", grants: [{ dimension: "seats", quantity: 50 }], duration: "P12M" },
  },
  validity: { startDate: "2027-02-01", endDate: "2028-01-31" },
  paymentSchedule: [
    { date: "2027-02-01", amount: "2500" },
    { date: "2027-08-01", amount: "2500" },
  ],
  renewal: {
    priceIncrease: "3",
    schedule: [
      { after: "P1M", percentage: "50" },
      { after: "P6M", percentage: "50" },
    ],
  },
};

test("a whole deal has nothing wrong with it", () => {
  expect(paths(privateOffer)).toEqual([]);
  expect(paths(inParts)).toEqual([]);
});

const unknowns: [what: string, change: object][] = [
  ["the last day", { availabilityEndDate: unknown }],
  ["prices", { pricing: unknown }],
  ["the kind of prices", { pricing: { model: unknown, fixed: {} } }],
  ["a fixed price", { pricing: { model: "contract", fixed: { price: unknown, grants: [{ dimension: "seats" }] } } }],
  ["how long it lasts", { validity: unknown }],
  ["its first day", { validity: { startDate: unknown, endDate: "2028-01-31" } }],
  ["instalments", { paymentSchedule: unknown }],
  ["the day of an instalment", { paymentSchedule: [{ date: unknown, amount: "5000" }] }],
  ["renewal", { renewal: unknown }],
  ["a share of a renewal", { renewal: { priceIncrease: "3", schedule: [{ after: "P1M", percentage: unknown }] } }],
  ["buyers", { buyerAccounts: unknown }],
  ["one buyer", { buyerAccounts: ["444455556666", unknown] }],
  ["the product", { productId: unknown }],
  ["the EULA", { eula: unknown }],
];
test.each(unknowns)("nothing is wrong with an offer of which %s is not known yet", (_what, change) => {
  expect(paths({ ...inParts, ...change })).toEqual([]);
});

test("what is known is judged all the same", () => {
  expect(paths({ ...inParts, availabilityEndDate: unknown, name: "x".repeat(151) })).toEqual(["name"]);
  expect(paths({ ...inParts, validity: unknown, buyerAccounts: ["Northwind"] })).toEqual(["buyerAccounts[0]"]);
  const pricing = { model: "usage", hourly: { "m5.large": "a lot" } };
  expect(paths({ ...privateOffer, availabilityEndDate: unknown, pricing })).toEqual(['pricing.hourly["m5.large"]']);
});

test("whatever stands where, the check answers with problems that name a property", () => {
  const names = [
    ...Object.keys(inParts),
    "countries",
    "exceptCountries",
    "netPayment",
    "replaces",
    "tags",
    "refundPolicy",
  ];
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(unknown, [], {}, [unknown], [{}], { model: "usage" }, { model: "contract", durations: [{}] }, -1),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(privateOffer, inParts),
      fc.dictionary(fc.constantFrom(...names), anything),
      (offer, wrong) => {
        const found = checkOffer({ ...offer, ...wrong } as unknown as OfferSpec, { now, isUnknown });
        for (const { path, message, code } of found) {
          expect(path === "" ? [] : names.filter((name) => path.startsWith(name))).not.toEqual([]);
          expect([message.length > 10, /^[A-Z_]+$/.test(code)]).toEqual([true, true]);
        }
      },
    ),
    { numRuns: 300 },
  );
});
