import { daysOf, inDays } from "../durations";
import type { PricingModel } from "../changes/offer/offer";
import type { DurationCard, FixedTerm, Grant, PricingTerm, Rate, TrialTerm } from "../changes/offer/terms";
import type { Pricing } from "../changes/offer/update-pricing-terms";
import { withoutUndefined } from "../listing/documents";
import type { ListingPricing, Prices } from "../listing/listing";
import { modelOf } from "../listing/plan-prices";
import { pricesOf, pricingOf } from "../listing/prices";
import type { FixedPrice, OfferContract, OfferGrant, OfferPricing, OfferTrial, OfferUsage } from "./offer-spec";

/** The price document of a declared offer. */
export function pricingDocument(pricing: OfferPricing): Pricing {
  switch (pricing.model) {
    case "free":
      return pricingOf({ pricing, instanceTypes: pricing.dimensions });
    case "byol":
      return { PricingModel: "Byol", Terms: [...listed({ model: "byol" }), ...fixed(pricing)] };
    case "usage": {
      const { fixed: _fixed, freeTrial: _trial, ...priced } = pricing;
      return { PricingModel: "Usage", Terms: [...listed(priced), ...fixed(pricing), ...trial(pricing)] };
    }
    case "contract":
      return { PricingModel: "Contract", Terms: [...contract(pricing), ...fixed(pricing), ...trial(pricing)] };
  }
}

/** The currency of all of an offer's prices. */
export function currencyOf(pricing: OfferPricing): string {
  return pricing.model === "free" ? "USD" : (pricing.currency ?? "USD");
}

function listed(pricing: ListingPricing): PricingTerm[] {
  return pricingOf({ pricing, instanceTypes: [] }).Terms;
}

function contract({ currency, durations, choice = "several", metered }: OfferContract): PricingTerm[] {
  const priced = durations === undefined ? [] : listed({ model: "contract", currency, durations });
  const allowed = choice === "several" ? "Allowed" : "Disallowed";
  const Constraints: DurationCard["Constraints"] = {
    MultipleDimensionSelection: allowed,
    QuantityConfiguration: allowed,
  };
  return [
    ...priced.map((term) =>
      term.Type === "ConfigurableUpfrontPricingTerm"
        ? { ...term, RateCards: (term.RateCards ?? []).map((card) => ({ ...card, Constraints })) }
        : term,
    ),
    ...(metered === undefined ? [] : listed({ model: "usage", currency, metered })),
  ];
}

function fixed(pricing: Exclude<OfferPricing, { model: "free" }>): FixedTerm[] {
  if (pricing.fixed === undefined) return [];
  const { price, grants, duration } = pricing.fixed;
  return [
    withoutUndefined({
      Type: "FixedUpfrontPricingTerm" as const,
      CurrencyCode: currencyOf(pricing),
      Price: price,
      Grants: grants.map(granted),
      Duration: duration,
    }),
  ];
}

function trial(pricing: OfferUsage | OfferContract): TrialTerm[] {
  const { freeTrial } = pricing;
  if (freeTrial === undefined) return [];
  const grants = freeTrial.grants ?? pricedKeys(pricing).map((dimension) => ({ dimension }));
  return [{ Type: "FreeTrialPricingTerm", Duration: inDays(freeTrial.days), Grants: grants.map(granted) }];
}

function pricedKeys(pricing: OfferUsage | OfferContract): string[] {
  const cards: readonly (Prices | undefined)[] =
    pricing.model === "usage"
      ? [pricing.hourly, pricing.metered]
      : [...(pricing.durations ?? []).map((card) => card.prices), pricing.metered];
  return [...new Set(cards.flatMap((card) => Object.keys(card ?? {})))];
}

function granted({ dimension, quantity }: OfferGrant): Grant {
  return withoutUndefined({ DimensionKey: dimension, MaxQuantity: quantity });
}

/**
 * What an offer's price terms would be declared as. The catalog does not show the pricing model: `known` is the one last
 * submitted; without it the terms have to tell.
 */
export function readPricing(terms: readonly PricingTerm[], known?: PricingModel): OfferPricing {
  const upfront = find(terms, "ConfigurableUpfrontPricingTerm");
  const usage = find(terms, "UsageBasedPricingTerm");
  const monthly = find(terms, "RecurringPaymentTerm");
  const fixedTerm = find(terms, "FixedUpfrontPricingTerm");
  const rates = usage?.RateCards[0]?.RateCard ?? [];
  const currency = [usage, upfront, monthly, fixedTerm].find((term) => term !== undefined)?.CurrencyCode ?? "USD";
  const extra = { fixed: readFixed(fixedTerm), freeTrial: readTrial(find(terms, "FreeTrialPricingTerm")) };
  switch (known ?? guess(terms)) {
    case "Free":
      return { model: "free", dimensions: rates.map(({ DimensionKey }) => DimensionKey) };
    case "Byol":
      return withoutUndefined({ model: "byol", currency: fixedTerm && currency, fixed: extra.fixed });
    case "Usage":
      return withoutUndefined({
        model: "usage" as const,
        currency,
        hourly: some(rates.filter(isHours)),
        annual: upfront && pricesOf(upfront.RateCards?.[0]?.RateCard ?? []),
        monthly: monthly?.Price,
        metered: some(rates.filter((rate) => !isHours(rate))),
        ...extra,
      });
    case "Contract": {
      const cards = upfront?.RateCards ?? [];
      const one = cards.some(({ Constraints }) => Constraints.QuantityConfiguration === "Disallowed");
      return withoutUndefined({
        model: "contract" as const,
        currency,
        durations:
          upfront && cards.map(({ Selector, RateCard }) => ({ duration: Selector.Value, prices: pricesOf(RateCard) })),
        choice: one ? ("one" as const) : undefined,
        metered: some(rates),
        ...extra,
      });
    }
  }
}

function guess(terms: readonly PricingTerm[]): PricingModel {
  const upfront = find(terms, "ConfigurableUpfrontPricingTerm")?.RateCards ?? [];
  // Prices ahead of use are for one year; other durations, or a choice of them, are a contract's.
  if (upfront.length > 1 || upfront.some(({ Selector }) => Selector.Value !== "P365D")) return "Contract";
  const [only] = terms;
  if (terms.length === 1 && only?.Type === "FreeTrialPricingTerm") {
    return only.Grants.some(isHours) ? "Usage" : "Contract";
  }
  return modelOf(terms);
}

function find<Type extends PricingTerm["Type"]>(terms: readonly PricingTerm[], type: Type) {
  return terms.find((term): term is Extract<PricingTerm, { Type: Type }> => term.Type === type);
}

function readFixed(term: FixedTerm | undefined): FixedPrice | undefined {
  return term && withoutUndefined({ price: term.Price, grants: term.Grants.map(readGrant), duration: term.Duration });
}

function readTrial(term: TrialTerm | undefined): OfferTrial | undefined {
  return term && { days: daysOf(term.Duration) ?? 0, grants: term.Grants.map(readGrant) };
}

function readGrant({ DimensionKey, MaxQuantity }: Grant): OfferGrant {
  return withoutUndefined({ dimension: DimensionKey, quantity: MaxQuantity });
}

/** Dimensions that AWS counts the hours of are named like their instance types. */
function isHours({ DimensionKey }: { readonly DimensionKey: string }): boolean {
  return DimensionKey.includes(".");
}

function some(rates: readonly Rate[]): Prices | undefined {
  return rates.length === 0 ? undefined : pricesOf(rates);
}
