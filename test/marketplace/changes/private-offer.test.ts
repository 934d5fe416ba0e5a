import { describe, expect, test } from "vitest";
import type { Change, Json } from "../../../marketplace/changes/change-type";
import type { Market } from "../support/market";
import { codes, contract, hourly, listed, offerType, seller, withDraft } from "../support/offers";

const rate = (DimensionKey: string, Price: string) => ({ DimensionKey, Price });
const fixed = (more: object = {}): Json => ({
  PricingModel: "Contract",
  Terms: [
    {
      Type: "FixedUpfrontPricingTerm",
      CurrencyCode: "USD",
      Price: "0",
      Grants: [{ DimensionKey: "seats", MaxQuantity: 5 }],
      Duration: "P365D",
      ...more,
    },
  ],
});
const chosenIn = (CurrencyCode: string): Json => ({
  PricingModel: "Contract",
  Terms: [
    {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode,
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: [rate("seats", "9")],
        },
      ],
    },
  ],
});
const chosen = chosenIn("USD");
const byTheHour: Json = {
  PricingModel: "Usage",
  Terms: [
    {
      Type: "UsageBasedPricingTerm",
      CurrencyCode: "USD",
      RateCards: [{ RateCard: [rate("m5.large", "0.1"), rate("m5.xlarge", "0.2")] }],
    },
  ],
};
const schedule = (...charges: readonly (readonly [day: string, amount?: string])[]): Json => ({
  Terms: [
    {
      Type: "PaymentScheduleTerm",
      CurrencyCode: "USD",
      Schedule: charges.map(([ChargeDate, ChargeAmount = "5"]) => ({ ChargeDate, ChargeAmount })),
    },
  ],
});
const validity = (term: object): Json => ({ Terms: [{ Type: "ValidityTerm", ...term }] });
const renewal = (term: object): Json => ({
  Terms: [{ Type: "RenewalTerm", PriceIncrease: { Type: "FixedPercentage", Value: "3" }, ...term }],
});
const template = (...shares: readonly (readonly [offset: string, share: string, day?: number])[]) => ({
  TermTemplates: [
    {
      Type: "PaymentScheduleTermTemplate",
      Schedule: shares.map(([ChargeDateOffset, ChargePercentage, DayOfMonth]) => ({
        ChargeDateOffset,
        ChargePercentage,
        ...(DayOfMonth !== undefined && { DayOfMonth }),
      })),
    },
  ],
});
const range = (MinValue: string, MaxValue: string, DefaultValue: string) => ({
  AdjustmentDeadline: "P60D",
  PriceIncrease: { Type: "PercentageRange", Range: { MinValue, MaxValue, DefaultValue } },
});
const until = (AvailabilityEndDate: string): Json => ({ AvailabilityEndDate });
const eula: Json = {
  Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
};
const words: Json = { Name: "For you", Description: "Made for you" };
const netPayment: Json = { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: "P30D" }] };
const support: Json = { Terms: [{ Type: "SupportTerm", RefundPolicy: "No refunds." }] };
const to = (...BuyerAccounts: string[]): Json => ({ PositiveTargeting: { BuyerAccounts } });

type Asked = [changeType: string, details: Json][];

/** The least that a private offer of seats needs, bought as its buyer chooses. */
const complete: Asked = [
  ["UpdateInformation", words],
  ["UpdatePricingTerms", chosen],
  ["UpdateLegalTerms", eula],
  ["UpdateAvailability", until("2026-12-31")],
];
/** The same, paid in parts. */
const inParts: Asked = [
  ["UpdateInformation", words],
  ["UpdatePricingTerms", fixed()],
  ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"], ["2027-07-01"])],
  ["UpdateLegalTerms", eula],
  ["UpdateAvailability", until("2026-12-31")],
];
const release: Asked = [["ReleaseOffer", {}]];

function apply(market: Market, identifier: string, asked: Asked): void {
  market.apply(
    asked.map(([changeType, details]) => ({ changeType, entity: { type: offerType, identifier }, details })),
  );
}

const seatsOnly = { ...contract, dimensions: contract.dimensions?.slice(0, 1) };

describe("terms of a private draft", () => {
  const cases: [what: string, asked: Asked, codes: string[]][] = [
    [
      "a schedule",
      [
        ["UpdatePricingTerms", fixed()],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"])],
      ],
      [],
    ],
    [
      "a schedule out of order",
      [
        ["UpdatePricingTerms", fixed()],
        ["UpdatePaymentScheduleTerms", schedule(["2027-03-01"], ["2027-01-01"])],
      ],
      ["INVALID_CHARGE_DATES"],
    ],
    [
      "a day twice",
      [
        ["UpdatePricingTerms", fixed()],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"], ["2027-01-01"])],
      ],
      ["DUPLICATE_CHARGE_DATES"],
    ],
    [
      "two charges before the offer expires",
      [
        ["UpdateAvailability", until("2027-02-01")],
        ["UpdatePricingTerms", fixed()],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"], ["2027-01-15"], ["2027-03-01"])],
      ],
      ["TOO_MANY_BACKDATED_CHARGES"],
    ],
    [
      "one charge before the offer expires",
      [
        ["UpdateAvailability", until("2027-02-01")],
        ["UpdatePricingTerms", fixed()],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"], ["2027-03-01"])],
      ],
      [],
    ],
    [
      "a charge after the agreement's end",
      [
        ["UpdatePricingTerms", fixed()],
        ["UpdateValidityTerms", validity({ AgreementStartDate: "2027-01-01", AgreementEndDate: "2027-12-31" })],
        ["UpdatePaymentScheduleTerms", schedule(["2027-12-31"], ["2028-01-01"])],
      ],
      ["INVALID_CHARGE_DATES"],
    ],
    [
      "a schedule of a price that is not 0",
      [
        ["UpdatePricingTerms", fixed({ Price: "9" })],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"])],
      ],
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "a schedule in another currency",
      [
        ["UpdatePricingTerms", fixed({ CurrencyCode: "EUR" })],
        ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"])],
      ],
      ["INVALID_CURRENCY_CODE"],
    ],
    ["a price in euros", [["UpdatePricingTerms", chosenIn("EUR")]], []],
    ["a duration of nothing", [["UpdatePricingTerms", fixed({ Duration: "P0D" })]], ["INVALID_DURATION"]],
    [
      "one price and a choice",
      [["UpdatePricingTerms", { PricingModel: "Contract", Terms: [...termsOf(fixed()), ...termsOf(chosen)] }]],
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "more grants than 200",
      [
        [
          "UpdatePricingTerms",
          fixed({ Grants: Array.from({ length: 201 }, (_, i) => ({ DimensionKey: `key-${i}` })) }),
        ],
      ],
      ["TOO_MANY_GRANTS"],
    ],
    [
      "a free trial",
      [
        [
          "UpdatePricingTerms",
          {
            PricingModel: "Contract",
            Terms: [
              ...termsOf(chosen),
              { Type: "FreeTrialPricingTerm", Duration: "P14D", Grants: [{ DimensionKey: "seats" }] },
            ],
          },
        ],
      ],
      ["INCOMPATIBLE_TERMS"],
    ],
    ["a duration", [["UpdateValidityTerms", validity({ AgreementDuration: "P12M" })]], []],
    [
      "no length at all",
      [["UpdateValidityTerms", validity({ AgreementDuration: "P0M" })]],
      ["INVALID_AGREEMENT_DURATION"],
    ],
    [
      "a start alone",
      [["UpdateValidityTerms", validity({ AgreementStartDate: "2027-01-01" })]],
      ["INVALID_AGREEMENT_TIME_INTERVAL"],
    ],
    [
      "an end alone",
      [["UpdateValidityTerms", validity({ AgreementEndDate: "2027-01-01" })]],
      ["MISSING_AGREEMENT_START_DATE"],
    ],
    [
      "a start of today",
      [["UpdateValidityTerms", validity({ AgreementStartDate: "2026-11-22", AgreementDuration: "P1Y" })]],
      ["INVALID_AGREEMENT_START_DATE"],
    ],
    [
      "an end before the start",
      [["UpdateValidityTerms", validity({ AgreementStartDate: "2027-02-01", AgreementEndDate: "2027-01-31" })]],
      ["INVALID_AGREEMENT_END_DATE"],
    ],
    [
      "an offer that outlives its agreements",
      [
        ["UpdateValidityTerms", validity({ AgreementStartDate: "2027-01-01", AgreementEndDate: "2027-01-31" })],
        ["UpdateAvailability", until("2027-01-31")],
      ],
      ["INVALID_AVAILABILITY_END_DATE"],
    ],
    [
      "a renewal",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ LockoutPeriod: "P30D" })],
      ],
      [],
    ],
    [
      "a renewal within a range",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal(range("1", "5", "3.25"))],
      ],
      [],
    ],
    [
      "a range without deadline",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ ...range("1", "5", "3"), AdjustmentDeadline: undefined })],
      ],
      ["MISSING_ADJUSTMENT_DEADLINE"],
    ],
    [
      "a range upside down",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal(range("5", "1", "3"))],
      ],
      ["INVALID_PERCENTAGE_RANGE"],
    ],
    [
      "a usual increase out of range",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal(range("1", "5", "5.01"))],
      ],
      ["INVALID_PERCENTAGE_RANGE"],
    ],
    [
      "more than twice the price",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ PriceIncrease: { Type: "FixedPercentage", Value: "100.01" } })],
      ],
      ["INVALID_PERCENTAGE_RANGE"],
    ],
    [
      "a lockout of the whole agreement",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ LockoutPeriod: "P365D" })],
      ],
      ["INVALID_LOCKOUT_PERIOD"],
    ],
    [
      "no lockout at all",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ LockoutPeriod: "P0D" })],
      ],
      ["INVALID_LOCKOUT_PERIOD"],
    ],
    [
      "a price that is settled after the lockout",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal({ ...range("1", "5", "3"), LockoutPeriod: "P61D" })],
      ],
      ["INVALID_ADJUSTMENT_DEADLINE"],
    ],
    [
      "parts of a renewal of what is paid at once",
      [
        ["UpdatePricingTerms", chosen],
        ["UpdateRenewalTerms", renewal(template(["P0D", "100"]))],
      ],
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "parts",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P0M", "50", 15], ["P6M", "50"]))]],
      [],
    ],
    [
      "no parts of what is paid in parts",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal({})]],
      ["MISSING_PAYMENT_SCHEDULE_TERM_TEMPLATE"],
    ],
    [
      "parts that come to less",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P0D", "33.33"], ["P90D", "66.66"]))]],
      ["INVALID_CHARGE_PERCENTAGES"],
    ],
    [
      "a part of nothing",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P0D", "0"], ["P90D", "100"]))]],
      ["INVALID_CHARGE_PERCENTAGES"],
    ],
    [
      "a part that is no number",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P0D", "all"]))]],
      ["INVALID_CHARGE_PERCENTAGES"],
    ],
    [
      "parts on the same day",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P1M", "50"], ["P01M", "50"]))]],
      ["DUPLICATE_CHARGE_DATE_OFFSETS"],
    ],
    [
      "parts out of order",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P6M", "50"], ["P1M", "50"]))]],
      ["INVALID_CHARGE_DATE_OFFSETS"],
    ],
    [
      "a part after the end",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P1M", "50"], ["P12M", "50"]))]],
      ["INVALID_CHARGE_DATE_OFFSETS"],
    ],
    [
      "a day of the month after so many days",
      [...inParts.slice(1, 3), ["UpdateRenewalTerms", renewal(template(["P30D", "100", 1]))]],
      ["INVALID_DAY_OF_MONTH"],
    ],
    ["net payment", [["UpdateNetPaymentTerms", netPayment]], []],
    ["the seller as buyer", [["UpdateTargeting", to(seller)]], ["INCOMPATIBLE_BUYER_ACCOUNTS"]],
    ["account 0", [["UpdateTargeting", to("000000000000")]], ["INVALID_BUYER_ACCOUNTS"]],
    [
      "an unknown country",
      [["UpdateTargeting", { PositiveTargeting: { CountryCodes: ["UK"] } }]],
      ["INVALID_COUNTRY_CODES"],
    ],
  ];
  test.each(cases)("%s", (_what, asked, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    expect(codes(market, id, asked)).toEqual(expected);
  });

  test("a start to come of what is paid by use", () => {
    const market = listed(hourly);
    const later = validity({ AgreementStartDate: "2027-01-01", AgreementDuration: "P1Y" });
    expect(
      codes(market, withDraft(market, true), [
        ["UpdatePricingTerms", byTheHour],
        ["UpdateValidityTerms", later],
      ]),
    ).toEqual(["INCOMPATIBLE_PRODUCT"]);
  });

  test("a year of instances for one price names metered dimensions, and the year", () => {
    const market = listed(hourly);
    const id = withDraft(market, true);
    const ahead = (more: object) => ({
      ...(termsOf(fixed())[0] as object),
      Grants: [{ DimensionKey: "m5.large" }],
      ...more,
    });
    const both = (fixedTerm: Json): Json => ({ PricingModel: "Usage", Terms: [...termsOf(byTheHour), fixedTerm] });
    expect(codes(market, id, [["UpdatePricingTerms", both(ahead({}))]])).toEqual([]);
    const [timeless = null] = termsOf(withoutDuration("Usage"));
    expect(codes(market, id, [["UpdatePricingTerms", both(timeless)]])).toEqual(["MISSING_DURATION"]);
    const asContract: Json = { PricingModel: "Contract", Terms: [ahead({})] };
    expect(codes(market, id, [["UpdatePricingTerms", asContract]])).toEqual(["INVALID_GRANTS"]);
  });

  test("agreements that end before the offer does, when only the validity changes", () => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    apply(market, id, [["UpdateAvailability", until("2027-03-01")]]);
    const ends = validity({ AgreementStartDate: "2027-01-01", AgreementEndDate: "2027-02-01" });
    expect(codes(market, id, [["UpdateValidityTerms", ends]])).toEqual(["INCOMPATIBLE_AGREEMENT_END_DATE"]);
  });
});

describe("releasing a private offer", () => {
  const cases: [what: string, before: Asked, codes: string[]][] = [
    ["that is complete", complete, []],
    ["that is paid in parts", inParts, []],
    ["without a last day", complete.slice(0, 3), ["MISSING_AVAILABILITY_END_DATE"]],
    ["without prices", complete.filter(([type]) => type !== "UpdatePricingTerms"), ["MISSING_MANDATORY_TERMS"]],
    [
      "without an agreement text",
      complete.filter(([type]) => type !== "UpdateLegalTerms"),
      ["MISSING_MANDATORY_TERMS"],
    ],
    ["without words", complete.slice(1), ["MISSING_NAME", "MISSING_DESCRIPTION"]],
    [
      "whose price is paid nohow",
      inParts.filter(([type]) => type !== "UpdatePaymentScheduleTerms"),
      ["MISSING_MANDATORY_TERMS"],
    ],
    [
      "that lasts for no time",
      inParts.map(([type, details]) =>
        type === "UpdatePricingTerms" ? [type, withoutDuration("Contract")] : [type, details],
      ),
      ["MISSING_MANDATORY_TERMS"],
    ],
  ];
  test.each(cases)("%s", (_what, before, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    expect(codes(market, id, [...before, ...release])).toEqual(expected);
  });

  const changed: [what: string, before: Asked, then: (market: Market, id: string) => void, codes: string[]][] = [
    [
      "whose buyers were taken away",
      inParts,
      (market, id) => apply(market, id, [["UpdateTargeting", {}]]),
      ["MISSING_BUYER_ACCOUNTS"],
    ],
    [
      "whose last day passed",
      complete,
      (market) => {
        market.now = "2027-01-01T00:00:00Z";
      },
      ["INVALID_UPDATE_REQUEST"],
    ],
    [
      "whose schedule no longer fits its price",
      inParts,
      (market, id) => apply(market, id, [["UpdatePricingTerms", fixed({ Price: "7" })]]),
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "whose last day moved behind two charges",
      inParts,
      (market, id) => apply(market, id, [["UpdateAvailability", until("2027-09-01")]]),
      ["TOO_MANY_BACKDATED_CHARGES"],
    ],
    [
      "with the refund policy of a public one",
      [],
      (market, id) => {
        apply(market, id, [
          ["UpdateTargeting", {}],
          ["UpdateSupportTerms", support],
        ]);
        apply(market, id, [["UpdateTargeting", to("444455556666")], ...complete]);
      },
      ["INCOMPATIBLE_TERMS"],
    ],
    [
      "of a product that was taken off the market",
      complete,
      (market) => {
        const entity = { type: "AmiProduct@1.0", identifier: market.only("AmiProduct@1.0").id };
        const visible = (TargetVisibility: string): Change => ({
          changeType: "UpdateVisibility",
          entity,
          details: { TargetVisibility },
        });
        market.apply([visible("Restricted")]);
      },
      ["INCOMPATIBLE_PRODUCT"],
    ],
  ];
  test.each(changed)("%s", (_what, before, then, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    if (before.length > 0) apply(market, id, before);
    then(market, id);
    expect(codes(market, id, release)).toEqual(expected);
  });

  test("that follows another agreement, or that names nobody, is refused", () => {
    const market = listed(seatsOnly);
    const id = withDraft(market, false);
    const earlier = { PreExistingAgreement: { AcquisitionChannel: "External", PricingModel: "Contract" } };
    apply(market, id, [["UpdateInformation", { ...(words as object), ...earlier }], ...complete.slice(1, 3)]);
    const found = codes(market, id, release);
    expect(found).toContain("INCOMPATIBLE_TARGETING");
    expect(found).toContain("TOO_MANY_OFFERS");
  });
});

describe("a released private offer", () => {
  const cases: [what: string, asked: Asked, codes: string[]][] = [
    ["stays longer", [["UpdateAvailability", until("2027-06-30")]], []],
    ["ends at once", [["UpdateAvailability", until("2026-11-01")]], []],
    ["is renamed", [["UpdateInformation", { Name: "Still for you" }]], []],
    ["keeps its buyers", [["UpdateTargeting", to("777788889999")]], ["INCOMPATIBLE_TARGETING"]],
    ["gets no buyer more", [["UpdateTargeting", to("444455556666", "777788889999")]], ["INCOMPATIBLE_TARGETING"]],
    ["does not become public", [["UpdateTargeting", {}]], ["INCOMPATIBLE_TARGETING"]],
    ["keeps its prices", [["UpdatePricingTerms", fixed({ Price: "1" })]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its schedule", [["UpdatePaymentScheduleTerms", { Terms: [] }]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its validity", [["UpdateValidityTerms", validity({ AgreementDuration: "P1Y" })]], ["INCOMPATIBLE_TERMS"]],
    ["keeps its agreement text", [["UpdateLegalTerms", eula]], ["INCOMPATIBLE_TERMS"]],
    ["gets no time to pay", [["UpdateNetPaymentTerms", netPayment]], ["INCOMPATIBLE_TERMS"]],
    ["is released once", release, ["INVALID_UPDATE_REQUEST"]],
  ];
  test.each(cases)("%s", (_what, asked, expected) => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    apply(market, id, [...inParts, ...release]);
    expect(codes(market, id, asked)).toEqual(expected);
  });

  test("is no longer changed once it has expired, but for a later last day", () => {
    const market = listed(seatsOnly);
    const id = withDraft(market, true);
    apply(market, id, [...inParts, ...release]);
    market.now = "2027-02-01T00:00:00Z";
    expect(codes(market, id, [["UpdateInformation", { Name: "Too late" }]])).toEqual(["INCOMPATIBLE_TERMS"]);
    expect(codes(market, id, [["UpdateTargeting", to("444455556666")]])).toEqual(["INCOMPATIBLE_TARGETING"]);
    expect(codes(market, id, [["UpdateRenewalTerms", { Terms: [] }]])).toEqual(["INCOMPATIBLE_TERMS"]);
    expect(codes(market, id, [["UpdateAvailability", until("2027-03-01")]])).toEqual([]);
  });
});

function termsOf(details: Json): Json[] {
  return [...((details as { Terms: readonly Json[] }).Terms ?? [])];
}

function withoutDuration(PricingModel: string): Json {
  const Terms = termsOf(fixed()).map((term) => {
    const { Duration: _gone, ...rest } = term as Record<string, Json>;
    return rest;
  });
  return { PricingModel, Terms };
}
