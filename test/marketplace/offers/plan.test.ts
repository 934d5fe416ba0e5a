import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entity, JsonObject } from "../../../marketplace/changes/change-type";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { newOffer, planOffer } from "../../../marketplace/offers/plan";
import { readOffer } from "../../../marketplace/offers/read";
import { unchangeable } from "../../../marketplace/offers/replaced-by";
import { submissionsOf } from "../../../marketplace/offers/submitted";
import { contract, hourly, listed, offerType } from "../support/offers";
import type { Market } from "../support/market";
import { privateOffer } from "./specs";

/** A market with a listing and, beside its public offer, the declared one. */
function offered(spec: OfferSpec, listing = hourly): { market: Market; spec: OfferSpec; offer: () => Entity } {
  const market = listed(listing);
  const whole = { ...spec, productId: market.only("AmiProduct@1.0").id };
  const { resolved } = market.apply(newOffer(whole));
  const id = resolved[0]?.entityId ?? "";
  return {
    market,
    spec: whole,
    offer: () => {
      const entity = market.entities.get(id);
      if (entity === undefined) throw new Error("The offer was not made.");
      return entity;
    },
  };
}

/** As a provider sees it: what was submitted is known from the last declaration only. */
const seenAs = (offer: Entity, last?: OfferSpec): Entity => ({
  ...offer,
  submitted: last === undefined ? {} : JSON.parse(JSON.stringify(submissionsOf(last))),
});

test("a private offer is one set, from its creation to its release", () => {
  const { offer, spec } = offered(privateOffer);
  expect(newOffer(spec).map(({ changeType }) => changeType)).toEqual([
    "CreateOffer",
    "UpdateInformation",
    "UpdateTargeting",
    "UpdateAvailability",
    "UpdatePricingTerms",
    "UpdateLegalTerms",
    "UpdateValidityTerms",
    "ReleaseOffer",
  ]);
  expect(offer().details).toMatchObject({
    State: "Released",
    Name: "Log Agent for Northwind",
    Rules: expect.arrayContaining([
      { Type: "TargetingRule", PositiveTargeting: { BuyerAccounts: ["444455556666"] } },
      { Type: "AvailabilityRule", AvailabilityEndDate: "2026-12-31T23:59:59.999Z" },
    ]),
  });
});

test("an offer without a description has its name for one, which stays when the name changes", () => {
  const { description: _, ...brief } = privateOffer;
  const { market, offer, spec } = offered(brief);
  expect(offer().details).toMatchObject({ Description: privateOffer.name });
  const { changes } = planOffer({ ...spec, name: "Another name" }, offer(), market.now);
  expect(changes.map(({ details }) => details)).toEqual([{ Name: "Another name" }]);
});

const fixed: OfferSpec["pricing"] = {
  model: "contract",
  fixed: { price: "0", grants: [{ dimension: "seats", quantity: 50 }], duration: "P365D" },
};

describe("what may change after release is one change, all else needs a new offer", () => {
  const cases: [what: string, change: Partial<OfferSpec>, changes: string[], replaces: string[]][] = [
    ["nothing", {}, [], []],
    ["another way to write the price", { pricing: hourlyAt("0.080") }, [], []],
    ["how long agreements last", { validity: { duration: "P730D" } }, ["UpdateValidityTerms"], ["validity"]],
    ["a name", { name: "Log Agent, renewed" }, ["UpdateInformation"], []],
    ["a later end", { availabilityEndDate: "2027-01-31" }, ["UpdateAvailability"], []],
    ["countries", { countries: ["US", "CA"] }, ["UpdateTargeting"], []],
    ["another buyer", { buyerAccounts: ["777788889999"] }, ["UpdateTargeting"], ["buyerAccounts"]],
    ["a lower price", { pricing: hourlyAt("0.07") }, ["UpdatePricingTerms"], ["pricing"]],
    ["a EULA", { eula: { type: "custom", url: "https://example.com/eula.txt" } }, ["UpdateLegalTerms"], ["eula"]],
    ["net payment", { netPayment: "P30D" }, ["UpdateNetPaymentTerms"], ["netPayment"]],
    [
      "what the buyer had before",
      { preExistingAgreement: { acquisitionChannel: "External", pricingModel: "Byol" } },
      ["UpdateInformation"],
      ["preExistingAgreement"],
    ],
    ["another product", { productId: "prod-bbbbbbbbbbbbb" }, [], ["productId"]],
  ];
  test.each(cases)("%s", (_what, changed, changes, replaces) => {
    const { market, offer, spec } = offered(privateOffer);
    const wanted = { ...spec, ...changed };
    expect(planOffer(wanted, offer(), market.now).changes.map(({ changeType }) => changeType)).toEqual(changes);
    const refused = planOffer(wanted, offer(), market.now).problems.map(({ path }) => path.split(".")[0]);
    expect([...new Set(refused)]).toEqual(replaces.filter((name) => name !== "productId"));
    expect(unchangeable(spec, wanted, market.now).properties).toEqual(replaces);
  });
});

function hourlyAt(price: string): OfferSpec["pricing"] {
  return { model: "usage", hourly: { "m5.large": price, "m5.xlarge": "0.16" } };
}

test("buyers and countries in another order are the same", () => {
  const two = { ...privateOffer, buyerAccounts: ["444455556666", "777788889999"], countries: ["US", "CA"] };
  const { market, offer, spec } = offered(two);
  const wanted = { ...spec, buyerAccounts: ["777788889999", "444455556666"], countries: ["CA", "US"] };
  expect(planOffer(wanted, offer(), market.now).changes).toEqual([]);
  expect(readOffer(offer(), wanted)).toEqual(wanted);
});

test("a payment schedule belongs to the offer for good", () => {
  const schedule = { ...privateOffer, pricing: fixed, paymentSchedule: [{ date: "2027-01-15", amount: "6000" }] };
  const { market, offer, spec } = offered(schedule, contract);
  const other = { ...spec, paymentSchedule: [{ date: "2027-01-15", amount: "6000.00" }] };
  expect(planOffer(other, offer(), market.now).changes).toEqual([]);
  const dearer = { ...spec, paymentSchedule: [{ date: "2027-01-15", amount: "7000" }] };
  expect(unchangeable(spec, dearer, market.now).properties).toEqual(["paymentSchedule"]);
});

test("a renewal of which the catalog shows only that it is there is the one submitted", () => {
  const spec: OfferSpec = {
    ...privateOffer,
    pricing: { model: "contract", durations: [{ duration: "P365D", prices: { seats: "9" } }] },
    renewal: { priceIncrease: "3", lockout: "P30D" },
  };
  const { market, offer, spec: whole } = offered(spec, contract);
  const terms = (offer().details.Terms as readonly JsonObject[]).map((term) =>
    term.Type === "RenewalTerm" ? { Type: "RenewalTerm" } : term,
  );
  const shown = seenAs({ ...offer(), details: { ...offer().details, Terms: terms } }, whole);
  expect(planOffer(whole, shown, market.now).changes).toEqual([]);
  expect(readOffer(shown, whole)).toEqual(whole);
  const dearer = planOffer({ ...whole, renewal: { priceIncrease: "5" } }, shown, market.now);
  expect(dearer.changes.map(({ changeType }) => changeType)).toEqual(["UpdateRenewalTerms"]);
});

test("lists of targets that are empty say nothing", () => {
  const { market, offer, spec } = offered(privateOffer);
  const targeting = {
    Type: "TargetingRule",
    PositiveTargeting: { BuyerAccounts: ["444455556666"], CountryCodes: [] },
    NegativeTargeting: { CountryCodes: [] },
  };
  const rules = (offer().details.Rules as readonly JsonObject[]).filter((rule) => rule.Type !== "TargetingRule");
  const shown = { ...offer(), details: { ...offer().details, Rules: [...rules, targeting] } };
  expect(planOffer(spec, shown, market.now).changes).toEqual([]);
});

test("nothing of an expired offer can change but its end, so that any other change alone makes a new one", () => {
  const { spec } = offered(privateOffer);
  const later = "2027-02-01T00:00:00Z";
  expect(unchangeable(spec, spec, later).properties).toEqual([]);
  expect(unchangeable(spec, { ...spec, countries: ["US"] }, later).properties).toEqual(["countries"]);
  const reopened = { ...spec, countries: ["US"], availabilityEndDate: "2027-03-31" };
  expect(unchangeable(spec, reopened, later).properties).toEqual([]);
  expect(unchangeable(spec, { ...reopened, pricing: hourlyAt("0.07") }, later).properties).toEqual(["pricing"]);
});

test("a draft that somebody left is completed and released", () => {
  const { market, offer, spec } = offered(privateOffer);
  const draft = { ...offer(), details: { ...offer().details, State: "Draft" } };
  const { changes, problems } = planOffer({ ...spec, buyerAccounts: ["777788889999"] }, draft, market.now);
  expect(changes.map(({ changeType }) => changeType)).toEqual(["UpdateTargeting", "ReleaseOffer"]);
  expect(problems).toEqual([]);
});

test("countries that are no longer declared are open again, a description is left alone", () => {
  const { market, offer, spec } = offered({ ...privateOffer, countries: ["US"] });
  const { countries: _c, description: _d, ...less } = spec;
  const { changes, problems } = planOffer(less, offer(), market.now);
  expect(problems).toEqual([]);
  expect(changes.map(({ changeType, details }) => [changeType, details])).toEqual([
    ["UpdateTargeting", { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }],
  ]);
});

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const price = fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 })).map(([whole, part]) => `${whole}.${part}0`);
const pricesFor = (...keys: string[]) =>
  fc.tuple(...keys.map(() => price)).map((made) => Object.fromEntries(keys.map((key, i) => [key, made[i] ?? "1"])));
const byHour = pricesFor("m5.large", "m5.xlarge");
const hours = ["m5.large", "m5.xlarge"];
const grants = fc.constant(hours.map((dimension) => ({ dimension, quantity: 4 })));

const hourlyPricing: fc.Arbitrary<OfferSpec["pricing"]> = fc.oneof(
  fc.constant({ model: "free" as const, dimensions: hours }),
  fc.constant({ model: "byol" as const }),
  fc.record({ model: fc.constant("usage" as const), hourly: byHour }),
  fc.record({ model: fc.constant("usage" as const), hourly: byHour, annual: byHour }),
  fc.record({ model: fc.constant("usage" as const), hourly: byHour, monthly: price }),
  fc.record({
    model: fc.constant("byol" as const),
    fixed: fc.record({ price: fc.constant("1200.5"), grants, duration: fc.constant("P365D") }),
  }),
);

const randomOffer: fc.Arbitrary<OfferSpec> = fc
  .record({
    name: word,
    description: word,
    buyerAccounts: fc.constantFrom(["444455556666"], ["777788889999", "444455556666"]),
    countries: fc.constantFrom(undefined, ["US"], ["US", "FR", "AU"]),
    availabilityEndDate: fc.constantFrom("2026-12-31", "2027-03-31"),
    pricing: hourlyPricing,
    validity: fc.constantFrom(undefined, { duration: "P365D" }, { duration: "P12M" }),
    netPayment: fc.constantFrom(undefined, "P30D", "P90D"),
    eula: fc.constantFrom<OfferSpec["eula"]>(
      { type: "standard" },
      { type: "custom", url: "https://acme.example.com/eula.txt" },
    ),
  })
  .map((made) => JSON.parse(JSON.stringify(made)) as OfferSpec);

test("whatever is declared reads back as declared, and then nothing is left to change", () => {
  fc.assert(
    fc.property(randomOffer, (declared) => {
      const { market, offer, spec } = offered(declared);
      const seen = seenAs(offer(), spec);
      expect(planOffer(spec, seen, market.now)).toEqual({ changes: [], problems: [], more: false });
      expect(readOffer(seen, spec)).toEqual(spec);
      expect(unchangeable(spec, spec, market.now)).toEqual({ properties: [], problems: [] });

      const found = seenAs(offer());
      const imported = readOffer(found);
      expect(planOffer(imported, found, market.now)).toEqual({ changes: [], problems: [], more: false });
    }),
    { numRuns: 60 },
  );
});

test("between any two offers, what is not replaced arrives in one set", () => {
  fc.assert(
    fc.property(randomOffer, randomOffer, (first, second) => {
      const { market, offer, spec } = offered(first);
      const wanted = { ...second, productId: spec.productId };
      const kept = unchangeable(spec, wanted, market.now).properties;
      const possible = { ...wanted, ...Object.fromEntries(kept.map((name) => [name, spec[name]])) } as OfferSpec;
      const { changes, problems } = planOffer(possible, seenAs(offer(), spec), market.now);
      expect(problems).toEqual([]);
      if (changes.length > 0) market.apply(changes);
      expect(planOffer(possible, seenAs(offer(), possible), market.now).changes).toEqual([]);
      expect(offer().type).toBe(offerType);
    }),
    { numRuns: 60 },
  );
});
