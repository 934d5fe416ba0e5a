import type { Schema } from "../change-type";
import { date, duration, integer, list, matching, object, oneOf, whole } from "../document-shapes";

export const currencies: readonly string[] = ["USD", "EUR", "GBP", "AUD", "JPY", "CAD"];

export type Rate = { readonly DimensionKey: string; readonly Price: string };
export type Grant = { readonly DimensionKey: string; readonly MaxQuantity?: number };
export type Constraints = {
  readonly MultipleDimensionSelection: "Allowed" | "Disallowed";
  readonly QuantityConfiguration: "Allowed" | "Disallowed";
};
export type DurationCard = {
  readonly Selector: { readonly Type: "Duration"; readonly Value: string };
  readonly Constraints: Constraints;
  readonly RateCard: readonly Rate[];
};

export type UsageTerm = {
  readonly Type: "UsageBasedPricingTerm";
  readonly CurrencyCode: string;
  readonly RateCards: readonly { readonly RateCard?: readonly Rate[] }[];
};
export type UpfrontTerm = {
  readonly Type: "ConfigurableUpfrontPricingTerm";
  readonly CurrencyCode: string;
  readonly RateCards?: readonly DurationCard[];
};
export type FixedTerm = {
  readonly Type: "FixedUpfrontPricingTerm";
  readonly CurrencyCode: string;
  readonly Price: string;
  readonly Grants: readonly Grant[];
  readonly Duration?: string;
};
export type RecurringTerm = {
  readonly Type: "RecurringPaymentTerm";
  readonly CurrencyCode: string;
  readonly BillingPeriod: "Monthly";
  readonly Price: string;
};
export type TrialTerm = {
  readonly Type: "FreeTrialPricingTerm";
  readonly Duration: string;
  readonly Grants: readonly Grant[];
};
export type ByolTerm = { readonly Type: "ByolPricingTerm" };
export type PricingTerm = UsageTerm | UpfrontTerm | FixedTerm | RecurringTerm | TrialTerm | ByolTerm;

export type LegalDocument = { readonly Type: string; readonly Url?: string; readonly Version?: string };
export type LegalTerm = { readonly Type: "LegalTerm"; readonly Documents: readonly LegalDocument[] };
export type SupportTerm = { readonly Type: "SupportTerm"; readonly RefundPolicy: string };
export type PriceIncrease =
  | { readonly Type: "FixedPercentage"; readonly Value: string }
  | {
      readonly Type: "PercentageRange";
      readonly Range: { readonly MinValue: string; readonly MaxValue: string; readonly DefaultValue: string };
    };
export type ScheduleTemplate = {
  readonly Type: "PaymentScheduleTermTemplate";
  readonly Schedule: readonly {
    /** After the renewed agreement starts: `P0D`, `P6M`. */
    readonly ChargeDateOffset: string;
    readonly ChargePercentage: string;
    readonly DayOfMonth?: number;
  }[];
};
export type RenewalTerm = {
  readonly Type: "RenewalTerm";
  readonly LockoutPeriod?: string;
  readonly AdjustmentDeadline?: string;
  readonly MaxRenewals?: number;
  readonly PriceIncrease?: PriceIncrease;
  readonly TermTemplates?: readonly ScheduleTemplate[];
};
export type ValidityTerm = {
  readonly Type: "ValidityTerm";
  readonly AgreementDuration?: string;
  readonly AgreementStartDate?: string;
  readonly AgreementEndDate?: string;
};
export type ScheduleTerm = {
  readonly Type: "PaymentScheduleTerm";
  readonly CurrencyCode: string;
  readonly Schedule: readonly { readonly ChargeDate: string; readonly ChargeAmount: string }[];
};
export type NetPaymentTerm = { readonly Type: "NetPaymentTerm"; readonly PaymentDuePeriod: string };
export type Term = PricingTerm | LegalTerm | SupportTerm | RenewalTerm | ValidityTerm | ScheduleTerm | NetPaymentTerm;

export const pricingTermTypes: readonly string[] = [
  "UsageBasedPricingTerm",
  "ConfigurableUpfrontPricingTerm",
  "ByolPricingTerm",
  "RecurringPaymentTerm",
  "FixedUpfrontPricingTerm",
  "FreeTrialPricingTerm",
];

export function isPricingTerm(term: Term): term is PricingTerm {
  return pricingTermTypes.includes(term.Type);
}

/** The hourly or metered prices of an offer; none when it is not priced by use. */
export function hourlyRates(terms: readonly Term[]): readonly Rate[] {
  return terms.flatMap((term) => (term.Type === "UsageBasedPricingTerm" ? (term.RateCards[0]?.RateCard ?? []) : []));
}

const price = (decimals: number) =>
  matching(`^((100000000(\\.0{0,${decimals}})?)|(\\d{1,8}(\\.\\d{0,${decimals}})?))$`);
const currency = oneOf(...currencies);
const dimension: Schema = { type: "string", minLength: 1, maxLength: 100 };
const rateCard = list(whole({ DimensionKey: dimension, Price: price(8) }), 1, 800);
const grants = list(object({ DimensionKey: dimension, MaxQuantity: integer(1, 2147483646) }, ["DimensionKey"]), 1, 800);
const allowed = oneOf("Allowed", "Disallowed");

export const usageTerm = whole({
  Type: oneOf("UsageBasedPricingTerm"),
  CurrencyCode: currency,
  RateCards: list(object({ RateCard: rateCard }), 1, 1),
});
export const upfrontTerm = object(
  {
    Type: oneOf("ConfigurableUpfrontPricingTerm"),
    CurrencyCode: currency,
    RateCards: list(
      whole({
        Selector: whole({ Type: oneOf("Duration"), Value: matching(duration) }),
        Constraints: whole({ MultipleDimensionSelection: allowed, QuantityConfiguration: allowed }),
        RateCard: rateCard,
      }),
      1,
      5,
    ),
  },
  ["Type", "CurrencyCode"],
);
export const byolTerm = whole({ Type: oneOf("ByolPricingTerm") });
export const recurringTerm = whole({
  Type: oneOf("RecurringPaymentTerm"),
  CurrencyCode: currency,
  BillingPeriod: oneOf("Monthly"),
  Price: price(3),
});
export const fixedTerm = object(
  {
    Type: oneOf("FixedUpfrontPricingTerm"),
    CurrencyCode: currency,
    Price: price(3),
    Grants: grants,
    Duration: matching(duration),
  },
  ["Type", "CurrencyCode", "Price", "Grants"],
);
export const trialTerm = whole({ Type: oneOf("FreeTrialPricingTerm"), Duration: matching(duration), Grants: grants });

export const legalTerm = whole({
  Type: oneOf("LegalTerm"),
  Documents: list(
    object(
      {
        Type: oneOf("CustomEula", "StandardEula", "CustomDsa", "StandardDsa"),
        Url: matching(
          "^https?:\\/\\/(www\\.)?[-a-zA-Z0-9@._]{1,256}\\.[a-zA-Z0-9()]{2,63}\\b([-a-zA-Z0-9@_\\+.\\/\\/]*)",
          32000,
        ),
        Version: oneOf("2019-04-24", "2022-07-14", "2019-12-12"),
      },
      ["Type"],
    ),
    1,
    1,
  ),
});
export const supportTerm = whole({
  Type: oneOf("SupportTerm"),
  RefundPolicy: matching("^[\\u0000-\\u007E\\u00A9\\u00AE\\u2122\\u00A2-\\u00A5]+$", 500, 1),
});
export const validityTerm = object(
  {
    Type: oneOf("ValidityTerm"),
    AgreementDuration: matching(duration),
    AgreementStartDate: matching(date),
    AgreementEndDate: matching(date),
  },
  ["Type"],
);
export const scheduleTerm = whole({
  Type: oneOf("PaymentScheduleTerm"),
  CurrencyCode: currency,
  Schedule: list(whole({ ChargeDate: matching(date), ChargeAmount: price(2) }), 1, 60),
});
export const netPaymentTerm: Schema = whole({
  Type: { enum: ["NetPaymentTerm"] },
  PaymentDuePeriod: oneOf("P15D", "P30D", "P45D", "P60D", "P90D", "P120D"),
});

const percentage = matching("^\\d{1,3}(\\.\\d{1,2})?$");
export const renewalTerm = object(
  {
    Type: oneOf("RenewalTerm"),
    LockoutPeriod: matching("^P\\d+D$"),
    AdjustmentDeadline: matching("^P\\d+D$"),
    MaxRenewals: integer(1),
    PriceIncrease: {
      oneOf: [
        {
          type: "object",
          required: ["Type", "Value"],
          properties: { Type: { enum: ["FixedPercentage"] }, Value: percentage },
        },
        {
          type: "object",
          required: ["Type", "Range"],
          properties: {
            Type: { enum: ["PercentageRange"] },
            Range: {
              type: "object",
              required: ["MinValue", "MaxValue", "DefaultValue"],
              properties: { MinValue: percentage, MaxValue: percentage, DefaultValue: percentage },
            },
          },
        },
      ],
    },
    TermTemplates: {
      type: "array",
      maxItems: 1,
      items: {
        type: "object",
        required: ["Type", "Schedule"],
        properties: {
          Type: { enum: ["PaymentScheduleTermTemplate"] },
          Schedule: {
            type: "array",
            minItems: 1,
            maxItems: 86,
            items: {
              type: "object",
              required: ["ChargeDateOffset", "ChargePercentage"],
              properties: {
                ChargeDateOffset: matching("^P\\d+[MD]$"),
                ChargePercentage: { type: "string" },
                DayOfMonth: integer(1, 31),
              },
            },
          },
        },
      },
    },
  },
  ["Type"],
);
