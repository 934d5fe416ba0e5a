import { expect, test } from "vitest";
import type { OfferedTerm, RequestedTerm } from "../../../marketplace/agreements/accepted-term";
import { type Buying, checkChosenTerms } from "../../../marketplace/agreements/choose-terms";

const usage: OfferedTerm = {
  id: "usage",
  term: {
    Type: "UsageBasedPricingTerm",
    CurrencyCode: "USD",
    RateCards: [{ RateCard: [{ DimensionKey: "m5.large", Price: "0.1" }] }],
  },
};
const annual = (many: "Allowed" | "Disallowed" = "Allowed"): OfferedTerm => ({
  id: "annual",
  term: {
    Type: "ConfigurableUpfrontPricingTerm",
    CurrencyCode: "USD",
    RateCards: [
      {
        Selector: { Type: "Duration", Value: "P365D" },
        Constraints: { MultipleDimensionSelection: many, QuantityConfiguration: many },
        RateCard: [
          { DimensionKey: "a", Price: "10" },
          { DimensionKey: "b", Price: "20" },
        ],
      },
    ],
  },
});
const legal: OfferedTerm = { id: "legal", term: { Type: "LegalTerm", Documents: [{ Type: "StandardEula" }] } };
const support: OfferedTerm = { id: "support", term: { Type: "SupportTerm", RefundPolicy: "None." } };
const renewal: OfferedTerm = { id: "renewal", term: { Type: "RenewalTerm" } };
const trial: OfferedTerm = { id: "trial", term: { Type: "FreeTrialPricingTerm", Duration: "P7D", Grants: [] } };
const byol: OfferedTerm = { id: "byol", term: { Type: "ByolPricingTerm" } };
const fixed: OfferedTerm = {
  id: "fixed",
  term: { Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "100", Grants: [] },
};
const schedule: OfferedTerm = {
  id: "schedule",
  term: { Type: "PaymentScheduleTerm", CurrencyCode: "USD", Schedule: [] },
};

const ids = (...names: string[]): RequestedTerm[] => names.map((id) => ({ id, choices: {} }));
const upfront = (selectorValue: string, quantities: readonly (readonly [string, number])[]): RequestedTerm => ({
  id: "annual",
  choices: {
    upfront: {
      selectorValue,
      dimensions: quantities.map(([dimensionKey, dimensionValue]) => ({ dimensionKey, dimensionValue })),
    },
  },
});
const first: Buying = { upfrontIsSeparate: true, hasUsageAgreement: false };
const contract: Buying = { upfrontIsSeparate: true, hasUsageAgreement: false, isContract: true };
const second: Buying = { upfrontIsSeparate: true, hasUsageAgreement: true };

test.each<[string, OfferedTerm[], RequestedTerm[], Buying, string[]]>([
  ["all of an hourly offer", [usage, legal, support], ids("usage", "legal", "support"), first, []],
  ["without the contract", [usage, legal], ids("usage"), first, ["MISSING_MANDATORY_TERMS"]],
  [
    "without the renewal to decide on",
    [usage, legal, renewal],
    ids("usage", "legal"),
    first,
    ["MISSING_MANDATORY_TERMS"],
  ],
  ["a part of a contract", [fixed, byol, legal], ids("fixed", "legal"), contract, ["MISSING_MANDATORY_TERMS"]],
  ["all of a contract", [fixed, legal], ids("fixed", "legal"), contract, []],
  ["without a price", [usage, legal], ids("legal"), first, ["MISSING_MANDATORY_TERMS"]],
  ["a free offer without prices", [legal], ids("legal"), first, []],
  ["what is not offered", [usage], ids("usage", "other"), first, ["INVALID_REQUESTED_TERM_ID"]],
  ["one term twice", [usage], ids("usage", "usage"), first, ["INVALID_REQUESTED_TERMS"]],
  [
    "renewal without saying how",
    [usage, renewal],
    ids("usage", "renewal"),
    first,
    ["MISSING_REQUESTED_TERM_CONFIGURATION"],
  ],
  [
    "a choice on a term without one",
    [usage],
    [{ id: "usage", choices: { renewal: { enableAutoRenew: true } } }],
    first,
    ["INVALID_REQUESTED_TERM_CONFIGURATION"],
  ],
  ["a trial without what follows", [usage, trial], ids("trial"), first, ["MISSING_MANDATORY_TERMS"]],
  ["a trial with what follows", [usage, trial], ids("trial", "usage"), first, []],
  ["a price and one's own license", [usage, byol], ids("usage", "byol"), first, ["INCOMPATIBLE_TERMS"]],
  ["a fixed price without its schedule", [fixed, schedule], ids("fixed"), first, ["MISSING_MANDATORY_TERMS"]],
  ["an annual price at first", [usage, annual()], [upfront("P365D", [["a", 1]])], first, ["MISSING_USAGE_AGREEMENT"]],
  ["an annual price on top", [usage, annual()], [upfront("P365D", [["a", 1]])], second, []],
  [
    "hours and a year in one agreement",
    [usage, annual()],
    [...ids("usage"), upfront("P365D", [["a", 1]])],
    first,
    ["INCOMPATIBLE_TERMS"],
  ],
  ["another duration", [annual()], [upfront("P30D", [["a", 1]])], first, ["INVALID_REQUESTED_TERM_CONFIGURATION"]],
  [
    "a dimension without price",
    [annual()],
    [upfront("P365D", [["c", 1]])],
    first,
    ["INVALID_REQUESTED_TERM_CONFIGURATION"],
  ],
  ["none of anything", [annual()], [upfront("P365D", [["a", 0]])], first, ["INVALID_REQUESTED_TERM_CONFIGURATION"]],
  [
    "several where one is sold at a time",
    [annual("Disallowed")],
    [
      upfront("P365D", [
        ["a", 2],
        ["b", 1],
      ]),
    ],
    first,
    ["INVALID_REQUESTED_TERM_CONFIGURATION", "INVALID_REQUESTED_TERM_CONFIGURATION"],
  ],
])("asking for %s", (_what, offered, requested, buying, reasons) => {
  expect(checkChosenTerms(offered, requested, buying).map(({ code }) => code)).toEqual(reasons);
});
