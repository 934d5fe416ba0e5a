import { describe, expect, test } from "vitest";
import type { Json } from "../../../marketplace/changes/change-type";
import type { AmiListing } from "../../../marketplace/listing/ami-listing";
import { codes, contract, hourly, listed, offerType, withDraft } from "../support/offers";

const rate = (DimensionKey: string, Price = "0.1") => ({ DimensionKey, Price });
const usage = (...RateCard: Json[]) => ({
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard }],
});
const both = usage(rate("m5.large"), rate("m5.xlarge"));
const card = (Value: string, RateCard: Json[], [a, b] = ["Allowed", "Allowed"]) => ({
  Selector: { Type: "Duration", Value },
  Constraints: { MultipleDimensionSelection: a, QuantityConfiguration: b },
  RateCard,
});
const upfront = (...RateCards: Json[]) => ({ Type: "ConfigurableUpfrontPricingTerm", CurrencyCode: "USD", RateCards });
const monthly = { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "9" };
const trial = (Duration: string, ...Grants: Json[]) => ({ Type: "FreeTrialPricingTerm", Duration, Grants });
const grants = [{ DimensionKey: "m5.large" }, { DimensionKey: "m5.xlarge" }];
const prices = (PricingModel: string, ...Terms: Json[]): Json => ({ PricingModel, Terms });

const ask = (details: Json): [string, Json][] => [["UpdatePricingTerms", details]];

describe("prices of a draft offer", () => {
  const cases: [what: string, listing: AmiListing, details: Json, codes: string[]][] = [
    ["hourly", hourly, prices("Usage", both), []],
    ["hourly with annual", hourly, prices("Usage", both, upfront(card("P365D", [rate("m5.large")]))), []],
    ["hourly with monthly", hourly, prices("Usage", both, monthly), []],
    ["hourly with trial", hourly, prices("Usage", both, trial("P14D", ...grants)), []],
    ["free", hourly, prices("Free", usage(rate("m5.large", "0"), rate("m5.xlarge", "0.00"))), []],
    ["bring your own license", hourly, prices("Byol", { Type: "ByolPricingTerm" }), []],
    ["a contract", contract, prices("Contract", upfront(card("P365D", [rate("seats")]))), []],
    ["a term twice", hourly, prices("Usage", both, both), ["DUPLICATE_TERM_TYPES"]],
    [
      "a dimension twice",
      hourly,
      prices("Usage", usage(rate("m5.large"), rate("m5.xlarge"), rate("m5.large"))),
      ["DUPLICATE_DIMENSION_KEYS"],
    ],
    [
      "a duration twice",
      contract,
      prices("Contract", upfront(card("P365D", [rate("seats")]), card("P365D", [rate("seats")]))),
      ["DUPLICATE_SELECTORS"],
    ],
    [
      "unequal constraints",
      contract,
      prices("Contract", upfront(card("P365D", [rate("seats")], ["Allowed", "Disallowed"]))),
      ["INCOMPATIBLE_RATE_CARD_CONSTRAINTS"],
    ],
    [
      "constraints disallowed by use",
      hourly,
      prices("Usage", both, upfront(card("P365D", [rate("m5.large")], ["Disallowed", "Disallowed"]))),
      ["INCOMPATIBLE_RATE_CARD_CONSTRAINTS"],
    ],
    [
      "constraints that differ",
      contract,
      prices(
        "Contract",
        upfront(card("P365D", [rate("seats")]), card("P730D", [rate("seats")], ["Disallowed", "Disallowed"])),
      ),
      ["INCOMPATIBLE_RATE_CARD_CONSTRAINTS"],
    ],
    [
      "an annual price for a month",
      hourly,
      prices("Usage", both, upfront(card("P30D", [rate("m5.large")]))),
      ["INVALID_SELECTOR_DURATION_VALUE"],
    ],
    [
      "dimensions missing for a duration",
      contract,
      prices("Contract", upfront(card("P365D", [rate("seats")]), card("P730D", []))),
      ["INVALID_RATE_CARD"],
    ],
    [
      "mixed units",
      contract,
      prices("Contract", upfront(card("P365D", [rate("seats"), rate("nodes")]))),
      ["INVALID_RATE_CARD"],
    ],
    ["a metered dimension unpriced", hourly, prices("Usage", usage(rate("m5.large"))), ["INVALID_RATE_CARD"]],
    [
      "an unknown dimension",
      hourly,
      prices("Usage", usage(rate("m5.large"), rate("m5.xlarge"), rate("x"))),
      ["INCOMPATIBLE_PRODUCT"],
    ],
    ["an entitled dimension by use", contract, prices("Usage", usage(rate("seats"))), ["INVALID_RATE_CARD"]],
    [
      "monthly with annual",
      hourly,
      prices("Usage", both, monthly, upfront(card("P365D", [rate("m5.large")]))),
      ["INCOMPATIBLE_TERMS"],
    ],
    ["monthly with trial", hourly, prices("Usage", both, monthly, trial("P14D", ...grants)), ["INCOMPATIBLE_TERMS"]],
    ["a term of another model", hourly, prices("Byol", { Type: "ByolPricingTerm" }, both), ["INCOMPATIBLE_TERMS"]],
    [
      "Byol without its term",
      hourly,
      prices("Byol", { Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "1", Grants: grants }),
      ["MISSING_MANDATORY_TERMS"],
    ],
    ["free at a price", hourly, prices("Free", both), ["INCOMPATIBLE_RATES"]],
    ["a trial alone", hourly, prices("Usage", trial("P14D", ...grants)), ["INCOMPATIBLE_PRODUCT"]],
    ["a trial of four days", hourly, prices("Usage", both, trial("P4D", ...grants)), ["INVALID_DURATION"]],
    ["a trial of 32 days", hourly, prices("Usage", both, trial("P32D", ...grants)), ["INVALID_DURATION"]],
    ["a trial of a month", hourly, prices("Usage", both, trial("P1M", ...grants)), ["INVALID_DURATION"]],
    [
      "a trial that leaves a type out",
      hourly,
      prices("Usage", both, trial("P14D", { DimensionKey: "m5.large" })),
      ["INVALID_GRANTS"],
    ],
    [
      "a trial of unequal grants",
      hourly,
      prices("Usage", both, trial("P14D", { DimensionKey: "m5.large", MaxQuantity: 1 }, { DimensionKey: "m5.xlarge" })),
      ["INVALID_GRANTS"],
    ],
    ["euros by use", hourly, prices("Usage", { ...both, CurrencyCode: "EUR" }), ["INVALID_CURRENCY_CODE"]],
    [
      "euros in public",
      contract,
      prices("Contract", { ...upfront(card("P365D", [rate("seats")])), CurrencyCode: "EUR" }),
      ["INVALID_CURRENCY_CODE"],
    ],
  ];
  test.each(cases)("%s", (_what, listing, details, expected) => {
    const market = listed(listing);
    expect(codes(market, withDraft(market, false), [["UpdatePricingTerms", details]])).toEqual(expected);
  });
});

describe("prices of a released public offer", () => {
  const priced = (large: string, xlarge: string, ...more: Json[]) =>
    prices("Usage", usage(rate("m5.large", large), rate("m5.xlarge", xlarge)), ...more);
  const cases: [what: string, details: Json, codes: string[]][] = [
    ["go down", priced("0.05", "0.20"), []],
    ["go up", priced("0.11", "0.21"), []],
    ["written another way are the same", priced("0.1", "0.2000"), []],
    ["go up and down", priced("0.11", "0.19"), ["INVALID_PRICE_CHANGE"]],
    ["lose one", prices("Usage", usage(rate("m5.large"))), ["INVALID_RATE_CARD"]],
    ["get a term more", priced("0.1", "0.2", monthly), ["INCOMPATIBLE_TERMS"]],
    [
      "change in kind",
      prices("Byol", { Type: "ByolPricingTerm" }),
      ["INCOMPATIBLE_PRICING_MODEL", "INCOMPATIBLE_TERMS", "INCOMPATIBLE_TERMS"],
    ],
    [
      "change currency",
      prices("Usage", { ...both, CurrencyCode: "EUR" }),
      ["INVALID_CURRENCY_CODE", "INCOMPATIBLE_CURRENCY_CODE"],
    ],
  ];
  test.each(cases)("%s", (_what, details, expected) => {
    const market = listed(hourly);
    expect(codes(market, market.only(offerType).id, [["UpdatePricingTerms", details]])).toEqual(expected);
  });

  test("go up once in 120 days, and down at any time", () => {
    const market = listed(hourly);
    const entity = { type: offerType, identifier: market.only(offerType).id };
    market.apply([{ changeType: "UpdatePricingTerms", entity, details: priced("0.11", "0.20") }]);
    market.now = "2027-03-21T12:00:00Z";
    expect(codes(market, entity.identifier, ask(priced("0.12", "0.20")))).toEqual(["INVALID_PRICE_CHANGE"]);
    expect(codes(market, entity.identifier, ask(priced("0.10", "0.20")))).toEqual([]);
    market.now = "2027-03-22T12:00:00Z";
    expect(codes(market, entity.identifier, ask(priced("0.12", "0.20")))).toEqual([]);
  });

  test("keep their durations and constraints", () => {
    const market = listed({ ...contract, dimensions: contract.dimensions?.slice(0, 1) });
    const id = market.only(offerType).id;
    expect(
      codes(market, id, [["UpdatePricingTerms", prices("Contract", upfront(card("P730D", [rate("seats", "10")])))]]),
    ).toEqual(["INCOMPATIBLE_SELECTOR_DURATION"]);
    const closed = card("P365D", [rate("seats", "10")], ["Disallowed", "Disallowed"]);
    expect(codes(market, id, [["UpdatePricingTerms", prices("Contract", upfront(closed))]])).toEqual([
      "INCOMPATIBLE_RATE_CARD_CONSTRAINTS",
    ]);
  });
});
