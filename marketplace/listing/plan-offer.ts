import { compareAmounts, plainAmount } from "../money";
import { offerOf, offerSubmissions } from "../changes/offer/offer";
import { checkPriceChange } from "../changes/offer/price-changes";
import { isPricingTerm, type PricingTerm, type Rate } from "../changes/offer/terms";
import type { Json } from "../changes/change-type";
import { at } from "../problem";
import { legalDocumentOf } from "./documents";
import type { AmiListing } from "./listing";
import { change, type ObservedListing, type PartialPlan } from "./plan-parts";
import { pricingOf } from "./prices";
import { propertyOf, type PlannedChange } from "./property-of";
import { same } from "./same";

/** What must change about the public offer: words, prices, agreement, refunds, renewal. */
export function planOffer(wanted: AmiListing, observed: ObservedListing): PartialPlan {
  const prices = planPrices(wanted, observed);
  return {
    changes: [...planWords(wanted, observed), ...prices.changes, ...planOtherTerms(wanted, observed)],
    problems: prices.problems,
    more: prices.more,
  };
}

function planWords({ offer: words }: AmiListing, { offer }: ObservedListing): PlannedChange[] {
  const { Name, Description } = offerOf(offer);
  const details: Record<string, Json> = {};
  if (words?.name !== undefined && words.name !== Name) details["Name"] = words.name;
  if (words?.description !== undefined && words.description !== Description) details["Description"] = words.description;
  return Object.keys(details).length === 0 ? [] : [change("UpdateInformation", offer, details)];
}

/** Prices that go up wait for a set of their own when others go down or are new in this one. */
function planPrices(wanted: AmiListing, { offer }: ObservedListing): PartialPlan {
  const target = pricingOf(wanted);
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

function samePrices(a: readonly PricingTerm[], b: readonly PricingTerm[]): boolean {
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

function planOtherTerms(wanted: AmiListing, { offer }: ObservedListing): PlannedChange[] {
  const { Terms } = offerOf(offer);
  const legal = Terms.find((term) => term.Type === "LegalTerm")?.Documents[0];
  const support = Terms.find((term) => term.Type === "SupportTerm");
  const renews = Terms.some((term) => term.Type === "RenewalTerm");
  const target = legalDocumentOf(wanted.eula);
  const url = offerSubmissions(offer).EulaUrl;
  const now = legal && (url === undefined ? legal : { ...legal, Url: url });
  const changes: PlannedChange[] = [];
  if (!same(target, now)) {
    changes.push(change("UpdateLegalTerms", offer, { Terms: [{ Type: "LegalTerm", Documents: [target] }] }));
  }
  if (wanted.refundPolicy !== undefined && wanted.refundPolicy !== support?.RefundPolicy) {
    const terms = [{ Type: "SupportTerm", RefundPolicy: wanted.refundPolicy }];
    changes.push(change("UpdateSupportTerms", offer, { Terms: terms }));
  }
  if (wanted.renewal !== undefined && wanted.renewal !== renews) {
    changes.push(change("UpdateRenewalTerms", offer, { Terms: wanted.renewal ? [{ Type: "RenewalTerm" }] : [] }));
  }
  return changes;
}
