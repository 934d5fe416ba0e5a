import { describe, expect, test } from "vitest";
import { codes, listed, seller, withDraft } from "../support/offers";
import {
  type Asked,
  chosen,
  chosenIn,
  fixed,
  inParts,
  netPayment,
  range,
  renewal,
  schedule,
  seatsOnly,
  template,
  termsOf,
  to,
  until,
  validity,
} from "../support/private-offers";

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
});
