import { expect, test } from "vitest";
import type { Json } from "../../../marketplace/changes/change-type";
import { codes, contract, hourly, listed, offerType, withDraft } from "../support/offers";

const usage = (large: string, xlarge: string, ...more: string[]): Json => ({
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      RateCard: [["m5.large", large], ["m5.xlarge", xlarge], ...more.map((price) => ["m5.2xlarge", price])].map(
        ([DimensionKey = "", Price = ""]) => ({ DimensionKey, Price }),
      ),
    },
  ],
});
const yearly = (price: string): Json => ({
  Type: "ConfigurableUpfrontPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      Selector: { Type: "Duration", Value: "P365D" },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: [{ DimensionKey: "m5.large", Price: price }],
    },
  ],
});
const trial = (Duration: string): Json => ({
  Type: "FreeTrialPricingTerm",
  Duration,
  Grants: ["m5.large", "m5.xlarge"].map((DimensionKey) => ({ DimensionKey, MaxQuantity: 1 })),
});
const prices = (...Terms: Json[]): Json => ({ PricingModel: "Usage", Terms });
const eula = (document: Json): Json => ({ Terms: [{ Type: "LegalTerm", Documents: [document] }] });
const support = (...RefundPolicy: string[]): Json => ({
  Terms: RefundPolicy.map((policy) => ({ Type: "SupportTerm", RefundPolicy: policy })),
});
const complete = (...terms: Json[]): [string, Json][] => [
  ["UpdateInformation", { Name: "Try it", Description: "Free at first" }],
  ["UpdatePricingTerms", prices(...terms)],
  ["UpdateLegalTerms", eula({ Type: "StandardEula", Version: "2022-07-14" })],
  ["UpdateSupportTerms", support("No refunds.")],
  ["ReleaseOffer", {}],
];

test("a product has one public offer, and one public free trial beside it", () => {
  const market = listed(hourly);
  expect(codes(market, withDraft(market, false), complete(usage("0.1", "0.2")))).toEqual(["TOO_MANY_OFFERS"]);
  const id = withDraft(market, false);
  const asked = complete(usage("0.1", "0.2"), trial("P14D"));
  expect(codes(market, id, asked)).toEqual([]);
  market.apply(
    asked.map(([changeType, details]) => ({ changeType, entity: { type: offerType, identifier: id }, details })),
  );
  expect(codes(market, withDraft(market, false), asked)).toEqual(["TOO_MANY_OFFERS"]);
  expect(codes(market, withDraft(market, false), complete(usage("0.1", "0.2")))).toEqual(["TOO_MANY_OFFERS"]);
});

test("the trial of a released offer gets longer or shorter, and does not go away", () => {
  const market = listed(hourly);
  const id = withDraft(market, false);
  market.apply(
    complete(usage("0.1", "0.2"), trial("P14D")).map(([changeType, details]) => ({
      changeType,
      entity: { type: offerType, identifier: id },
      details,
    })),
  );
  expect(codes(market, id, [["UpdatePricingTerms", prices(usage("0.1", "0.2"), trial("P21D"))]])).toEqual([]);
  expect(codes(market, id, [["UpdatePricingTerms", prices(usage("0.1", "0.2"))]])).toEqual(["INCOMPATIBLE_TERMS"]);
});

test("prices of different kinds go up or down together, and new ones come by themselves", () => {
  const market = listed({
    ...hourly,
    instanceTypes: ["m5.large", "m5.xlarge"],
    pricing: { model: "usage", hourly: { "m5.large": "0.10", "m5.xlarge": "0.20" }, annual: { "m5.large": "700" } },
  });
  const id = market.only(offerType).id;
  const ask = (...terms: Json[]) => codes(market, id, [["UpdatePricingTerms", prices(...terms)]]);
  expect(ask(usage("0.1", "0.2"), yearly("800"))).toEqual([]);
  expect(ask(usage("0.2", "0.3"), yearly("800"))).toEqual([]);
  expect(ask(usage("0.1", "0.1"), yearly("800"))).toEqual(["INVALID_PRICE_CHANGE"]);
  expect(ask(usage("0.2", "0.2"), yearly("600"))).toEqual(["INVALID_PRICE_CHANGE"]);
  const larger = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
  const added = { Key: "m5.2xlarge", Name: "m5.2xlarge", Description: "Bigger", Unit: "Hrs", Types: ["Metered"] };
  const withLarger = (...terms: Json[]) => [
    { changeType: "AddInstanceTypes", entity: larger, details: { InstanceTypes: ["m5.2xlarge"] } },
    { changeType: "AddDimensions", entity: larger, details: [added] },
    { changeType: "UpdatePricingTerms", entity: { type: offerType, identifier: id }, details: prices(...terms) },
  ];
  const found = (...terms: Json[]) =>
    [...market.try(withLarger(...terms)).problems.values()].flat().map(({ code }) => code);
  expect(found(usage("0.1", "0.2", "0.4"), yearly("700"))).toEqual([]);
  expect(found(usage("0.1", "0.1", "0.4"), yearly("700"))).toEqual([]);
  expect(found(usage("0.1", "0.2", "0.4"), yearly("701"))).toEqual(["INVALID_PRICE_CHANGE"]);
});

test("once a price went up, no other goes up for 120 days", () => {
  const market = listed({
    ...hourly,
    pricing: { model: "usage", hourly: { "m5.large": "0.10", "m5.xlarge": "0.20" }, annual: { "m5.large": "700" } },
  });
  const entity = { type: offerType, identifier: market.only(offerType).id };
  const raised = prices(usage("0.11", "0.2"), yearly("700"));
  market.apply([{ changeType: "UpdatePricingTerms", entity, details: raised }]);
  market.now = "2027-03-21T12:00:00Z";
  const both = prices(usage("0.11", "0.2"), yearly("800"));
  expect(codes(market, entity.identifier, [["UpdatePricingTerms", both]])).toEqual(["INVALID_PRICE_CHANGE"]);
  market.now = "2027-03-22T12:00:00Z";
  expect(codes(market, entity.identifier, [["UpdatePricingTerms", both]])).toEqual([]);
});

test.each<[what: string, targeting: Json, codes: string[]]>([
  ["some countries", { PositiveTargeting: { CountryCodes: ["US", "ES", "FR", "AU"] } }, []],
  ["all countries but some", { NegativeTargeting: { CountryCodes: ["KP", "FR"] } }, []],
  ["everybody again", {}, []],
  ["nobody in particular", { PositiveTargeting: {} }, ["MISSING_COUNTRY_CODES"]],
  ["a country under embargo", { PositiveTargeting: { CountryCodes: ["US", "KP"] } }, ["INCOMPATIBLE_COUNTRY_CODES"]],
  ["no country at all", { NegativeTargeting: { CountryCodes: ["XX"] } }, ["INVALID_COUNTRY_CODES"]],
  ["buyers", { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }, ["INCOMPATIBLE_TARGETING"]],
])("a released public offer is aimed at %s", (_what, targeting, expected) => {
  const market = listed(hourly);
  expect(codes(market, market.only(offerType).id, [["UpdateTargeting", targeting]])).toEqual(expected);
});

test("the refund policy of a released offer is reworded, not taken away", () => {
  const market = listed(hourly);
  const id = market.only(offerType).id;
  expect(codes(market, id, [["UpdateSupportTerms", support("Within 48 hours.")]])).toEqual([]);
  expect(codes(market, id, [["UpdateSupportTerms", support()]])).toEqual(["INCOMPATIBLE_TERMS"]);
});

test("only private offers are paid in parts", () => {
  const market = listed(contract);
  const fixed = {
    Type: "FixedUpfrontPricingTerm",
    CurrencyCode: "USD",
    Price: "0",
    Grants: [{ DimensionKey: "seats" }],
  };
  const part = { ChargeDate: "2027-01-01", ChargeAmount: "5" };
  const schedule = { Type: "PaymentScheduleTerm", CurrencyCode: "USD", Schedule: [part] };
  expect(
    codes(market, withDraft(market, false), [
      ["UpdatePricingTerms", { PricingModel: "Contract", Terms: [fixed] }],
      ["UpdatePaymentScheduleTerms", { Terms: [schedule] }],
    ]),
  ).toEqual(["INCOMPATIBLE_TERMS"]);
});

test.each([
  ["https://acme.example.com/eula.pdf", []],
  ["https://acme.example.com/eula", []],
  ["https://acme.example.com/eula.docx", ["INVALID_LEGAL_DOCUMENTS"]],
])("an agreement of the seller's is a text or a PDF file: %s", (Url, expected) => {
  const market = listed(hourly);
  const asked: [string, Json][] = [["UpdateLegalTerms", eula({ Type: "CustomEula", Url })]];
  expect(codes(market, withDraft(market, false), asked)).toEqual(expected);
});

test("a contract prices 200 dimensions at most, and for a day at least", () => {
  expect(askContract(1)).toEqual([]);
  expect(askContract(201)).toEqual(["TOO_MANY_RATES"]);
  expect(askContract(1, "P0M")).toEqual(["INVALID_SELECTOR_DURATION_VALUE"]);
});

/** What is wrong with so many prices of a contract. */
function askContract(count: number, Value = "P365D"): string[] {
  const market = listed(contract);
  const RateCards = [
    {
      Selector: { Type: "Duration", Value },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: Array.from({ length: count }, (_, i) => ({
        DimensionKey: i === 0 ? "seats" : `seat-${i}`,
        Price: "1",
      })),
    },
  ];
  const upfront = { Type: "ConfigurableUpfrontPricingTerm", CurrencyCode: "USD", RateCards };
  const asked: Json = { PricingModel: "Contract", Terms: [upfront] };
  return codes(market, withDraft(market, false), [["UpdatePricingTerms", asked]]);
}
