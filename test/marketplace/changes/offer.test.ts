import { describe, expect, test } from "vitest";
import type { Change, Json } from "../../../marketplace/changes/change-type";
import { planAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing } from "../support/listings";
import { Market } from "../support/market";

const offerType = "Offer@1.0";
const hourly: AmiListing = {
  ...hourlyListing,
  pricing: { model: "usage", hourly: { "m5.large": "0.10", "m5.xlarge": "0.20" } },
};
const contract: AmiListing = {
  ...hourlyListing,
  dimensions: [
    { key: "seats", name: "Seats", description: "People.", unit: "Users", types: ["Entitled"] },
    { key: "nodes", name: "Nodes", description: "Hosts.", unit: "Hosts", types: ["Entitled"] },
  ],
  pricing: { model: "contract", durations: [{ duration: "P365D", prices: { seats: "10" } }] },
};

function listed(listing: AmiListing): Market {
  const market = new Market();
  market.apply(planAmiListing(listing).changes);
  return market;
}

/** A second offer, for a buyer, as a draft beside the listing's public one. */
function withDraft(market: Market, isPrivate: boolean): string {
  const product = market.only("AmiProduct@1.0").id;
  const changes: Change[] = [
    { changeType: "CreateOffer", changeName: "o", entity: { type: offerType }, details: { ProductId: product } },
  ];
  const targeting = { PositiveTargeting: { BuyerAccounts: ["444455556666"] } };
  if (isPrivate)
    changes.push({
      changeType: "UpdateTargeting",
      entity: { type: offerType, identifier: "$o.Entity.Identifier" },
      details: targeting,
    });
  return market.apply(changes).resolved[0]?.entityId ?? "";
}

function codes(market: Market, identifier: string, asked: [changeType: string, details: Json][]): string[] {
  const changes = asked.map(([changeType, details]) => ({
    changeType,
    entity: { type: offerType, identifier },
    details,
  }));
  return [...market.try(changes).problems.values()].flat().map(({ code }) => code);
}

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
    [
      "a trial alone",
      hourly,
      prices("Usage", trial("P14D", ...grants)),
      ["INCOMPATIBLE_PRODUCT", "MISSING_MANDATORY_TERMS"],
    ],
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
    const ask = (details: Json): [string, Json][] => [["UpdatePricingTerms", details]];
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

describe("other terms and words", () => {
  const eula = (document: Json): Json => ({ Terms: [{ Type: "LegalTerm", Documents: [document] }] });
  const cases: [
    what: string,
    offer: "released" | "draft" | "private",
    changeType: string,
    details: Json,
    codes: string[],
  ][] = [
    ["a standard agreement", "draft", "UpdateLegalTerms", eula({ Type: "StandardEula", Version: "2022-07-14" }), []],
    [
      "an outdated agreement",
      "draft",
      "UpdateLegalTerms",
      eula({ Type: "StandardEula", Version: "2019-04-24" }),
      ["INVALID_LEGAL_DOCUMENTS"],
    ],
    [
      "an agreement without address",
      "draft",
      "UpdateLegalTerms",
      eula({ Type: "CustomEula" }),
      ["INVALID_LEGAL_DOCUMENTS"],
    ],
    [
      "a refund policy in private",
      "private",
      "UpdateSupportTerms",
      { Terms: [{ Type: "SupportTerm", RefundPolicy: "x" }] },
      ["INCOMPATIBLE_PRODUCT"],
    ],
    [
      "a refund policy with a space at its end",
      "draft",
      "UpdateSupportTerms",
      { Terms: [{ Type: "SupportTerm", RefundPolicy: "x " }] },
      ["INVALID_INPUT"],
    ],
    [
      "validity in public",
      "draft",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P30D" }] },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "validity by duration and end",
      "private",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P30D", AgreementEndDate: "2027-01-01" }] },
      ["INVALID_AGREEMENT_TIME_INTERVAL"],
    ],
    [
      "validity that is over",
      "private",
      "UpdateValidityTerms",
      { Terms: [{ Type: "ValidityTerm", AgreementEndDate: "2026-01-01" }] },
      ["INVALID_AGREEMENT_END_DATE"],
    ],
    [
      "an end in public",
      "draft",
      "UpdateAvailability",
      { AvailabilityEndDate: "2027-01-01" },
      ["INVALID_AVAILABILITY_END_DATE"],
    ],
    [
      "an end in the past",
      "private",
      "UpdateAvailability",
      { AvailabilityEndDate: "2026-01-01" },
      ["INVALID_AVAILABILITY_END_DATE"],
    ],
    [
      "a schedule without price",
      "private",
      "UpdatePaymentScheduleTerms",
      {
        Terms: [
          {
            Type: "PaymentScheduleTerm",
            CurrencyCode: "USD",
            Schedule: [{ ChargeDate: "2027-01-01", ChargeAmount: "5" }],
          },
        ],
      },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "net payment in public",
      "draft",
      "UpdateNetPaymentTerms",
      { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: "P30D" }] },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "renewal in private without increase",
      "private",
      "UpdateRenewalTerms",
      { Terms: [{ Type: "RenewalTerm" }] },
      ["MISSING_PRICE_INCREASE"],
    ],
    ["renewal of use", "released", "UpdateRenewalTerms", { Terms: [{ Type: "RenewalTerm" }] }, ["INCOMPATIBLE_TERMS"]],
    [
      "buyers after release",
      "released",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["444455556666"] } },
      ["INCOMPATIBLE_TARGETING"],
    ],
    [
      "positive and negative",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { CountryCodes: ["US"] }, NegativeTargeting: { CountryCodes: ["FR"] } },
      ["INVALID_TARGETING"],
    ],
    [
      "a buyer twice",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { BuyerAccounts: ["444455556666", "444455556666"] } },
      ["INVALID_BUYER_ACCOUNTS"],
    ],
    [
      "a country twice",
      "draft",
      "UpdateTargeting",
      { PositiveTargeting: { CountryCodes: ["US", "US"] } },
      ["INVALID_COUNTRY_CODES"],
    ],
    [
      "an earlier agreement after release",
      "released",
      "UpdateInformation",
      { PreExistingAgreement: { AcquisitionChannel: "External", PricingModel: "Contract" } },
      ["INCOMPATIBLE_PRE_EXISTING_AGREEMENT"],
    ],
    ["no words", "draft", "UpdateInformation", {}, ["MISSING_DATA"]],
    ["releasing again", "released", "ReleaseOffer", {}, ["INVALID_UPDATE_REQUEST"]],
    [
      "releasing a second public offer, of nothing",
      "draft",
      "ReleaseOffer",
      {},
      ["MISSING_NAME", "MISSING_DESCRIPTION", "MISSING_MANDATORY_TERMS", "MISSING_MANDATORY_TERMS", "TOO_MANY_OFFERS"],
    ],
    [
      "releasing a private offer without end",
      "private",
      "ReleaseOffer",
      {},
      [
        "MISSING_NAME",
        "MISSING_DESCRIPTION",
        "MISSING_MANDATORY_TERMS",
        "MISSING_MANDATORY_TERMS",
        "MISSING_AVAILABILITY_END_DATE",
      ],
    ],
  ];
  test.each(cases)("%s (%s)", (_what, state, changeType, details, expected) => {
    const market = listed(hourly);
    const id = state === "released" ? market.only(offerType).id : withDraft(market, state === "private");
    expect(codes(market, id, [[changeType, details]])).toEqual(expected);
  });
});

test("an offer is made for a product of yours that is not Restricted", () => {
  const market = listed(hourly);
  const create = (ProductId: string): Change[] => [
    { changeType: "CreateOffer", entity: { type: offerType }, details: { ProductId } },
  ];
  const found = (id: string) => [...market.try(create(id)).problems.values()].flat().map(({ code }) => code);
  const product = market.only("AmiProduct@1.0").id;
  expect(found("prod-nobody")).toEqual(["RESOURCE_NOT_FOUND"]);
  expect(found(market.only(offerType).id)).toEqual(["INCOMPATIBLE_PRODUCT"]);
  expect(found(product)).toEqual([]);
  const entity = { type: "AmiProduct@1.0", identifier: product };
  market.apply([{ changeType: "UpdateVisibility", entity, details: { TargetVisibility: "Restricted" } }]);
  expect(found(product)).toEqual(["INCOMPATIBLE_PRODUCT"]);
});

test("dates read back as moments, and the address of an agreement as that of a copy", () => {
  const market = listed({ ...hourly, eula: { type: "custom", url: "https://acme.example.com/eula.txt" } });
  const { details, submitted } = market.only(offerType);
  expect(JSON.stringify(details)).not.toContain("acme.example.com/eula");
  expect(submitted).toMatchObject({ EulaUrl: "https://acme.example.com/eula.txt" });
  const id = withDraft(market, true);
  const entity = { type: offerType, identifier: id };
  market.apply([{ changeType: "UpdateAvailability", entity, details: { AvailabilityEndDate: "2027-01-01" } }]);
  expect(market.entities.get(id)?.details["Rules"]).toContainEqual({
    Type: "AvailabilityRule",
    AvailabilityEndDate: "2027-01-01T23:59:59.999Z",
  });
});
