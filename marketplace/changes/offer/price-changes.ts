import { daysAfter } from "../../durations";
import { compareAmounts } from "../../money";
import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { PricingModel } from "./offer";
import { isTrialAlone } from "./pricing";
import type { PricingTerm } from "./terms";

interface Pricing {
  readonly PricingModel: PricingModel;
  readonly Terms: readonly PricingTerm[];
}

/** Days after a price increase in which there can be no other (Catalog API, Update pricing terms). */
export const daysBetweenIncreases = 120;

/** What a released public offer's prices may not do: change in kind, lose rates, or mix increases with other changes. */
export function checkPriceChange(
  before: Pricing,
  after: Pricing,
  increasedAt: Readonly<Record<string, string>>,
  now: string,
): Problem[] {
  return [
    ...checkKind(before, after),
    ...after.Terms.flatMap((term, i) => {
      const was = before.Terms.find(({ Type }) => Type === term.Type);
      return was ? [...checkFixed(was, term, `Terms[${i}]`), ...checkRates(was, term, `Terms[${i}]`)] : [];
    }),
    ...checkMix(before.Terms, after.Terms),
    ...checkPause(increases(before.Terms, after.Terms), increasedAt, now),
  ];
}

/** The types of the terms in which any price goes up. */
export function increases(before: readonly PricingTerm[], after: readonly PricingTerm[]): string[] {
  return after.filter((term) => compare(find(before, term.Type), term).up.length > 0).map(({ Type }) => Type);
}

function checkKind(before: Pricing, after: Pricing): Problem[] {
  const had = before.Terms.map(({ Type }) => Type);
  const has = after.Terms.map(({ Type }) => Type);
  const gone = had.filter((type) => !has.includes(type));
  const added = has.filter((type) => !had.includes(type));
  return [
    ...unless(
      before.PricingModel === after.PricingModel || (isTrialAlone(before.Terms) && isTrialAlone(after.Terms)),
      "INCOMPATIBLE_PRICING_MODEL",
      "PricingModel",
      `The pricing model of a released offer stays as it is: ${before.PricingModel}, not ${after.PricingModel}.`,
    ),
    ...unless(
      gone.length === 0,
      "INCOMPATIBLE_TERMS",
      "Terms",
      `${quoted(gone)} cannot be removed after the offer is released.`,
    ),
    ...unless(
      added.length === 0,
      "INCOMPATIBLE_TERMS",
      "Terms",
      `${quoted(added)} cannot be added after the offer is released.`,
    ),
  ];
}

function checkFixed(before: PricingTerm, after: PricingTerm, path: string): Problem[] {
  return [
    ...unless(
      currencyOf(before) === currencyOf(after),
      "INCOMPATIBLE_CURRENCY_CODE",
      `${path}.CurrencyCode`,
      `The currency of a released offer stays as it is: ${currencyOf(before)}.`,
    ),
    ...cardsOf(before).flatMap((card) => {
      const duration = card.Selector.Value;
      const now = cardsOf(after).find(({ Selector }) => Selector.Value === duration);
      if (!now) {
        const message = `Prices for ${duration} cannot be removed after the offer is released.`;
        return unless(false, "INCOMPATIBLE_SELECTOR_DURATION", `${path}.RateCards`, message);
      }
      const same =
        card.Constraints.MultipleDimensionSelection === now.Constraints.MultipleDimensionSelection &&
        card.Constraints.QuantityConfiguration === now.Constraints.QuantityConfiguration;
      const message = "Constraints cannot be changed after the offer is released.";
      return unless(same, "INCOMPATIBLE_RATE_CARD_CONSTRAINTS", `${path}.RateCards`, message);
    }),
  ];
}

function currencyOf(term: PricingTerm): string | undefined {
  return "CurrencyCode" in term ? term.CurrencyCode : undefined;
}

function checkRates(before: PricingTerm, after: PricingTerm, path: string): Problem[] {
  const { gone } = compare(before, after);
  const message = `The price of ${quoted(gone)} cannot be removed after the offer is released.`;
  return unless(gone.length === 0, "INVALID_RATE_CARD", path, message);
}

/** Prices go up together or down together, and what is new comes by itself: each in a request of its own. */
function checkMix(before: readonly PricingTerm[], after: readonly PricingTerm[]): Problem[] {
  const changes = after.map((term) => compare(find(before, term.Type), term));
  const up = changes.flatMap((change) => change.up);
  const down = changes.flatMap((change) => change.down);
  const added = changes.flatMap((change) => change.added);
  const code = "INVALID_PRICE_CHANGE";
  return [
    ...unless(
      up.length === 0 || down.length === 0,
      code,
      "Terms",
      `The price of ${quoted(up)} goes up and that of ${quoted(down)} down. Lower prices first, in a request of its own.`,
    ),
    ...unless(
      up.length === 0 || added.length === 0,
      code,
      "Terms",
      `The price of ${quoted(up)} goes up while ${quoted(added)} is added. Add dimensions first, in a request of its own.`,
    ),
  ];
}

/** Whichever price went up last, none goes up again for a while. */
function checkPause(rising: readonly string[], increasedAt: Readonly<Record<string, string>>, now: string): Problem[] {
  const [type, last] = Object.entries(increasedAt).toSorted(([, a], [, b]) => (a < b ? 1 : -1))[0] ?? [];
  if (rising.length === 0 || last === undefined) return [];
  const until = daysAfter(last, daysBetweenIncreases);
  const message = `A price in "${type}" went up on ${last.slice(0, 10)}, so none in ${quoted(rising)} can go up before ${until.slice(0, 10)}, ${daysBetweenIncreases} days later.`;
  return unless(Date.parse(now) >= Date.parse(until), "INVALID_PRICE_CHANGE", "Terms", message);
}

function compare(before: PricingTerm | undefined, after: PricingTerm | undefined) {
  const was = pricesOf(before);
  const is = pricesOf(after);
  const both = [...is].flatMap(([key, price]) => {
    const old = was.get(key);
    return old === undefined ? [] : [[key, compareAmounts(price, old)] as const];
  });
  return {
    up: both.flatMap(([key, order]) => (order > 0 ? [key] : [])),
    down: both.flatMap(([key, order]) => (order < 0 ? [key] : [])),
    added: before && after ? [...is.keys()].filter((key) => !was.has(key)) : [],
    gone: before && after ? [...was.keys()].filter((key) => !is.has(key) && durationKept(key, after)) : [],
  };
}

/** A duration that is gone altogether is reported as such, not rate by rate. */
function durationKept(key: string, after: PricingTerm): boolean {
  const duration = / for (\S+)$/.exec(key)?.[1];
  return duration === undefined || cardsOf(after).some(({ Selector }) => Selector.Value === duration);
}

/** Prices by what they are for: `m5.large`, `m5.large for P365D`, `month`. */
function pricesOf(term: PricingTerm | undefined): Map<string, string> {
  switch (term?.Type) {
    case "UsageBasedPricingTerm":
      return new Map((term.RateCards[0]?.RateCard ?? []).map(({ DimensionKey, Price }) => [DimensionKey, Price]));
    case "ConfigurableUpfrontPricingTerm":
      return new Map(
        cardsOf(term).flatMap(({ Selector, RateCard }) =>
          RateCard.map(({ DimensionKey, Price }) => [`${DimensionKey} for ${Selector.Value}`, Price] as const),
        ),
      );
    case "RecurringPaymentTerm":
      return new Map([["month", term.Price]]);
    case "FixedUpfrontPricingTerm":
      return new Map([["contract", term.Price]]);
    default:
      return new Map();
  }
}

function cardsOf(term: PricingTerm) {
  return term.Type === "ConfigurableUpfrontPricingTerm" ? (term.RateCards ?? []) : [];
}

function find(terms: readonly PricingTerm[], type: string): PricingTerm | undefined {
  return terms.find((term) => term.Type === type);
}
