import { inDays } from "../durations";
import type { Dimension } from "../changes/ami-product/product";
import type { PricingModel } from "../changes/offer/offer";
import { yearOfDays } from "../changes/offer/term-prices";
import type { PricingTerm, Rate } from "../changes/offer/terms";
import type { AmiListing, Prices, UsagePricing } from "./listing";

/** The offer's price document for a listing. */
export function pricingOf(listing: Pick<AmiListing, "pricing" | "instanceTypes">): {
  PricingModel: PricingModel;
  Terms: PricingTerm[];
} {
  const { pricing, instanceTypes } = listing;
  switch (pricing.model) {
    case "byol":
      return { PricingModel: "Byol", Terms: [{ Type: "ByolPricingTerm" }] };
    case "free":
      return { PricingModel: "Free", Terms: [usage("USD", zeroFor(instanceTypes))] };
    case "usage":
      return { PricingModel: "Usage", Terms: usageTerms(pricing) };
    case "contract": {
      const cards = pricing.durations.map(({ duration, prices }) => ({ duration, prices }));
      return { PricingModel: "Contract", Terms: [upfront(pricing.currency ?? "USD", cards)] };
    }
  }
}

/** The dimensions that a listing needs: those it declares, and one for each instance type that has a price. */
export function dimensionsFor(listing: AmiListing): Dimension[] {
  return [...(isHourly(listing) ? listing.instanceTypes.map(hours) : []), ...(listing.dimensions ?? []).map(declared)];
}

/** AWS counts the hours of each instance type. */
export function isHourly({ pricing }: Pick<AmiListing, "pricing">): boolean {
  if (pricing.model === "free") return true;
  return pricing.model === "usage" && (pricing.hourly !== undefined || pricing.annual !== undefined);
}

function hours(instanceType: string): Dimension {
  return { Key: instanceType, Name: instanceType, Description: instanceType, Unit: "Hrs", Types: ["Metered"] };
}

function declared({ key, name, description, unit, types }: NonNullable<AmiListing["dimensions"]>[number]): Dimension {
  return { Key: key, Name: name, Description: description, Unit: unit, Types: types };
}

function usageTerms({ currency = "USD", hourly, annual, monthly, freeTrial, metered }: UsagePricing): PricingTerm[] {
  const byUse = { ...hourly, ...metered };
  const terms: PricingTerm[] = [];
  if (hourly || metered) terms.push(usage(currency, byUse));
  if (annual) terms.push(upfront(currency, [{ duration: inDays(yearOfDays), prices: annual }]));
  if (monthly !== undefined) {
    terms.push({ Type: "RecurringPaymentTerm", CurrencyCode: currency, BillingPeriod: "Monthly", Price: monthly });
  }
  if (freeTrial) {
    const grants = Object.keys(byUse).map((DimensionKey) => ({ DimensionKey }));
    terms.push({ Type: "FreeTrialPricingTerm", Duration: inDays(freeTrial.days), Grants: grants });
  }
  return terms;
}

function usage(currency: string, prices: Prices): PricingTerm {
  return { Type: "UsageBasedPricingTerm", CurrencyCode: currency, RateCards: [{ RateCard: rates(prices) }] };
}

function upfront(currency: string, cards: readonly { duration: string; prices: Prices }[]): PricingTerm {
  return {
    Type: "ConfigurableUpfrontPricingTerm",
    CurrencyCode: currency,
    RateCards: cards.map(({ duration, prices }) => ({
      Selector: { Type: "Duration", Value: duration },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: rates(prices),
    })),
  };
}

function rates(prices: Prices): Rate[] {
  return Object.entries(prices).map(([DimensionKey, Price]) => ({ DimensionKey, Price }));
}

function zeroFor(keys: readonly string[]): Prices {
  return Object.fromEntries(keys.map((key) => [key, "0"]));
}

/** The prices of a rate card, by dimension. */
export function pricesOf(card: readonly Rate[]): Prices {
  return Object.fromEntries(card.map(({ DimensionKey, Price }) => [DimensionKey, Price]));
}
