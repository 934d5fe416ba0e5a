import { offerOf, offerSubmissions } from "../changes/offer/offer";
import { checkPriceChange } from "../changes/offer/price-changes";
import { isPricingTerm, type PricingTerm, type Rate } from "../changes/offer/terms";
import type { Pricing } from "../changes/offer/update-pricing-terms";
import type { Entity } from "../changes/change-type";
import { compareAmounts, plainAmount } from "../money";
import { at } from "../problem";
import { change, type PartialPlan } from "./plan-parts";
import { propertyOf } from "./property-of";
import { same } from "./same";

/** What must change about an offer's prices. Those that go up wait for a set of their own when others go down or are new in this one. */
export function planPrices(target: Pricing, offer: Entity): PartialPlan {
  const before = offerOf(offer).Terms.filter(isPricingTerm);
  const nothing: PartialPlan = { changes: [], problems: [], more: false };
  if (samePrices(before, target.Terms)) return nothing;
  if (offerOf(offer).State === "Draft") return { ...nothing, changes: [change("UpdatePricingTerms", offer, target)] };

  const calm = { ...target, Terms: target.Terms.map((term) => withoutIncreases(term, before)) };
  const onlyIncreases = samePrices(before, calm.Terms);
  const waits = !onlyIncreases && !samePrices(calm.Terms, target.Terms);
  const planned = change("UpdatePricingTerms", offer, waits ? calm : target);
  const was = { PricingModel: offerSubmissions(offer).PricingModel ?? modelOf(before), Terms: before };
  const fixed = checkPriceChange(was, waits ? calm : target, {}, "");
  const problems = at("", fixed).map((problem) => ({ ...problem, path: propertyOf(planned, problem.path) }));
  return { changes: [planned], problems, more: waits };
}

/** Both say the same prices, however they write and order them. */
export function samePrices(a: readonly PricingTerm[], b: readonly PricingTerm[]): boolean {
  return same(a.map(plainTerm).toSorted(byType), b.map(plainTerm).toSorted(byType));
}

function byType(a: PricingTerm, b: PricingTerm): number {
  return a.Type < b.Type ? -1 : 1;
}

/** A term in one way of writing: amounts in plain form, rates by key, durations in order. */
function plainTerm(term: PricingTerm): PricingTerm {
  if (term.Type === "UsageBasedPricingTerm") {
    return { ...term, RateCards: term.RateCards.map((card) => ({ RateCard: plainRates(card.RateCard ?? []) })) };
  }
  if (term.Type === "ConfigurableUpfrontPricingTerm") {
    const cards = (term.RateCards ?? []).map((card) => ({ ...card, RateCard: plainRates(card.RateCard) }));
    return { ...term, RateCards: cards.toSorted((a, b) => (a.Selector.Value < b.Selector.Value ? -1 : 1)) };
  }
  if (term.Type === "FreeTrialPricingTerm") {
    return { ...term, Grants: term.Grants.toSorted((a, b) => (a.DimensionKey < b.DimensionKey ? -1 : 1)) };
  }
  if (term.Type === "FixedUpfrontPricingTerm") {
    const grants = term.Grants.toSorted((a, b) => (a.DimensionKey < b.DimensionKey ? -1 : 1));
    return { ...term, Price: plainAmount(term.Price), Grants: grants };
  }
  return "Price" in term ? { ...term, Price: plainAmount(term.Price) } : term;
}

function plainRates(rates: readonly Rate[]): Rate[] {
  return rates
    .map(({ DimensionKey, Price }) => ({ DimensionKey, Price: plainAmount(Price) }))
    .toSorted((a, b) => (a.DimensionKey < b.DimensionKey ? -1 : 1));
}

/** The term with each price that goes up left as it was. */
function withoutIncreases(term: PricingTerm, before: readonly PricingTerm[]): PricingTerm {
  const was = before.find(({ Type }) => Type === term.Type);
  if (term.Type === "RecurringPaymentTerm" && was?.Type === term.Type) {
    return compareAmounts(term.Price, was.Price) > 0 ? { ...term, Price: was.Price } : term;
  }
  if (term.Type === "UsageBasedPricingTerm" && was?.Type === term.Type) {
    const old = was.RateCards[0]?.RateCard ?? [];
    return { ...term, RateCards: term.RateCards.map((card) => ({ RateCard: lower(card.RateCard ?? [], old) })) };
  }
  if (term.Type === "ConfigurableUpfrontPricingTerm" && was?.Type === term.Type) {
    const cards = (term.RateCards ?? []).map((card) => {
      const old = was.RateCards?.find(({ Selector }) => Selector.Value === card.Selector.Value)?.RateCard ?? [];
      return { ...card, RateCard: lower(card.RateCard, old) };
    });
    return { ...term, RateCards: cards };
  }
  return term;
}

function lower(rates: readonly Rate[], old: readonly Rate[]): Rate[] {
  return rates.map((rate) => {
    const before = old.find(({ DimensionKey }) => DimensionKey === rate.DimensionKey);
    return before && compareAmounts(rate.Price, before.Price) > 0 ? before : rate;
  });
}

/** The catalog does not show an offer's pricing model, but its terms tell. */
export function modelOf(terms: readonly PricingTerm[]): "Byol" | "Free" | "Usage" | "Contract" {
  const has = (type: string) => terms.some(({ Type }) => Type === type);
  if (has("ByolPricingTerm")) return "Byol";
  if (!has("UsageBasedPricingTerm") && !has("RecurringPaymentTerm")) return "Contract";
  const rates = terms.flatMap((term) =>
    term.Type === "UsageBasedPricingTerm" ? (term.RateCards[0]?.RateCard ?? []) : [],
  );
  const free = terms.length === 1 && rates.length > 0 && rates.every(({ Price }) => compareAmounts(Price, "0") === 0);
  return free ? "Free" : "Usage";
}
