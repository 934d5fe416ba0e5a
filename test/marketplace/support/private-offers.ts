import type { Json } from "../../../marketplace/changes/change-type";
import type { Market } from "./market";
import { contract, offerType } from "./offers";

export const rate = (DimensionKey: string, Price: string) => ({ DimensionKey, Price });
export const fixed = (more: object = {}): Json => ({
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
export const chosenIn = (CurrencyCode: string): Json => ({
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
export const chosen = chosenIn("USD");
export const byTheHour: Json = {
  PricingModel: "Usage",
  Terms: [
    {
      Type: "UsageBasedPricingTerm",
      CurrencyCode: "USD",
      RateCards: [{ RateCard: [rate("m5.large", "0.1"), rate("m5.xlarge", "0.2")] }],
    },
  ],
};
export const schedule = (...charges: readonly (readonly [day: string, amount?: string])[]): Json => ({
  Terms: [
    {
      Type: "PaymentScheduleTerm",
      CurrencyCode: "USD",
      Schedule: charges.map(([ChargeDate, ChargeAmount = "5"]) => ({ ChargeDate, ChargeAmount })),
    },
  ],
});
export const validity = (term: object): Json => ({ Terms: [{ Type: "ValidityTerm", ...term }] });
export const renewal = (term: object): Json => ({
  Terms: [{ Type: "RenewalTerm", PriceIncrease: { Type: "FixedPercentage", Value: "3" }, ...term }],
});
export const template = (...shares: readonly (readonly [offset: string, share: string, day?: number])[]) => ({
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
export const range = (MinValue: string, MaxValue: string, DefaultValue: string) => ({
  AdjustmentDeadline: "P60D",
  PriceIncrease: { Type: "PercentageRange", Range: { MinValue, MaxValue, DefaultValue } },
});
export const until = (AvailabilityEndDate: string): Json => ({ AvailabilityEndDate });
export const eula: Json = {
  Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
};
export const words: Json = { Name: "For you", Description: "Made for you" };
export const netPayment: Json = { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: "P30D" }] };
export const support: Json = { Terms: [{ Type: "SupportTerm", RefundPolicy: "No refunds." }] };
export const to = (...BuyerAccounts: string[]): Json => ({ PositiveTargeting: { BuyerAccounts } });

export type Asked = [changeType: string, details: Json][];

/** The least that a private offer of seats needs, bought as its buyer chooses. */
export const complete: Asked = [
  ["UpdateInformation", words],
  ["UpdatePricingTerms", chosen],
  ["UpdateLegalTerms", eula],
  ["UpdateAvailability", until("2026-12-31")],
];
/** The same, paid in parts. */
export const inParts: Asked = [
  ["UpdateInformation", words],
  ["UpdatePricingTerms", fixed()],
  ["UpdatePaymentScheduleTerms", schedule(["2027-01-01"], ["2027-07-01"])],
  ["UpdateLegalTerms", eula],
  ["UpdateAvailability", until("2026-12-31")],
];
export const release: Asked = [["ReleaseOffer", {}]];

export function apply(market: Market, identifier: string, asked: Asked): void {
  market.apply(
    asked.map(([changeType, details]) => ({ changeType, entity: { type: offerType, identifier }, details })),
  );
}

export const seatsOnly = { ...contract, dimensions: contract.dimensions?.slice(0, 1) };

export function termsOf(details: Json): Json[] {
  return [...((details as { Terms: readonly Json[] }).Terms ?? [])];
}

export function withoutDuration(PricingModel: string): Json {
  const Terms = termsOf(fixed()).map((term) => {
    const { Duration: _gone, ...rest } = term as Record<string, Json>;
    return rest;
  });
  return { PricingModel, Terms };
}
