import { daysOf, leastDaysOf } from "../../durations";
import { isZero } from "../../money";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { PricingModel } from "./offer";
import type { DurationCard, FixedTerm, PricingTerm, TrialTerm, UpfrontTerm } from "./terms";

/** Free trials last 5 to 31 days (AMI product pricing). */
const trialDays = { least: 5, most: 31 };
/** What annual prices are quoted for (AMI product pricing). */
export const yearOfDays = 365;
/** Entitled dimensions of an offer, granted for one price or priced each (Service quotas, Offers). */
const mostEntitled = 200;

/** Rules on the prices of one term, for a pricing model (Catalog API, Update pricing terms). */
export function checkPrices(term: PricingTerm, model: PricingModel, path: string): Problem[] {
  switch (term.Type) {
    case "UsageBasedPricingTerm": {
      const rates = term.RateCards[0]?.RateCard ?? [];
      return [
        ...checkRates(rates, `${path}.RateCards[0].RateCard`),
        ...checkFree(rates, model, `${path}.RateCards[0].RateCard`),
      ];
    }
    case "ConfigurableUpfrontPricingTerm":
      return checkUpfront(term, model, path);
    case "FixedUpfrontPricingTerm":
      return [...checkFixed(term, model, path), ...checkFree([term], model, path)];
    case "RecurringPaymentTerm":
      return checkFree([term], model, path);
    case "FreeTrialPricingTerm":
      return checkTrial(term, path);
    case "ByolPricingTerm":
      return [];
  }
}

function checkRates(rates: readonly { readonly DimensionKey: string }[], path: string): Problem[] {
  const message = "The term has no prices; give a rate for each dimension.";
  return [...unless(rates.length > 0, "INVALID_RATE_CARD", path, message), ...checkKeys(rates, path)];
}

function checkKeys(entries: readonly { readonly DimensionKey: string }[], path: string): Problem[] {
  return repeated(entries.map(({ DimensionKey }) => DimensionKey)).map((key) => ({
    code: "DUPLICATE_DIMENSION_KEYS",
    path,
    message: `Dimension ${quoted([key])} is given twice.`,
  }));
}

function checkFree(prices: readonly { readonly Price: string }[], model: PricingModel, path: string): Problem[] {
  const fine = model !== "Free" || prices.every(({ Price }) => isZero(Price));
  return unless(fine, "INCOMPATIBLE_RATES", path, "The pricing model is Free, so every price must be 0.");
}

function checkUpfront(term: UpfrontTerm, model: PricingModel, path: string): Problem[] {
  const cards = term.RateCards ?? [];
  const keys = new Set(cards.flatMap(({ RateCard }) => RateCard.map(({ DimensionKey }) => DimensionKey)));
  return [
    ...unless(cards.length > 0, "INVALID_RATE_CARD", `${path}.RateCards`, "The term has no prices."),
    ...repeated(cards.map(({ Selector }) => Selector.Value)).map((value) => ({
      code: "DUPLICATE_SELECTORS",
      path: `${path}.RateCards`,
      message: `The duration ${value} is given twice.`,
    })),
    ...cards.flatMap((card, i) => checkCard(card, keys, model, `${path}.RateCards[${i}]`)),
    ...unless(
      new Set(cards.map(({ Constraints: c }) => `${c.MultipleDimensionSelection} ${c.QuantityConfiguration}`)).size <=
        1,
      "INCOMPATIBLE_RATE_CARD_CONSTRAINTS",
      `${path}.RateCards`,
      "All rate cards need the same constraints.",
    ),
  ];
}

function checkCard(card: DurationCard, keys: ReadonlySet<string>, model: PricingModel, path: string): Problem[] {
  const { MultipleDimensionSelection: multiple, QuantityConfiguration: quantity } = card.Constraints;
  const code = "INCOMPATIBLE_RATE_CARD_CONSTRAINTS";
  const missing = [...keys].filter((key) => !card.RateCard.some(({ DimensionKey }) => DimensionKey === key));
  const annual = daysOf(card.Selector.Value) === yearOfDays;
  return [
    ...unless(multiple === quantity, code, `${path}.Constraints`, "Both constraints need the same value."),
    ...unless(
      model !== "Usage" || (multiple === "Allowed" && quantity === "Allowed"),
      code,
      `${path}.Constraints`,
      "With the pricing model Usage, both constraints must be Allowed.",
    ),
    ...unless(
      model !== "Usage" || annual,
      "INVALID_SELECTOR_DURATION_VALUE",
      `${path}.Selector.Value`,
      `Prices ahead of use are for a year, P365D, not ${card.Selector.Value}.`,
    ),
    ...unless(
      model !== "Contract" || card.RateCard.length <= mostEntitled,
      "TOO_MANY_RATES",
      `${path}.RateCard`,
      `A contract prices ${mostEntitled} dimensions at most; there are ${card.RateCard.length}.`,
    ),
    ...unless(
      model === "Usage" || leastDaysOf(card.Selector.Value) > 0,
      "INVALID_SELECTOR_DURATION_VALUE",
      `${path}.Selector.Value`,
      `A contract lasts a day at least, P1D, not ${card.Selector.Value}.`,
    ),
    ...unless(
      missing.length === 0,
      "INVALID_RATE_CARD",
      `${path}.RateCard`,
      `There is no price of ${quoted(missing)} for ${card.Selector.Value}. Give all durations the same dimensions.`,
    ),
    ...checkKeys(card.RateCard, `${path}.RateCard`),
    ...checkFree(card.RateCard, model, `${path}.RateCard`),
  ];
}

/** Seats, or a year of instances, for one price. */
function checkFixed({ Duration, Grants }: FixedTerm, model: PricingModel, path: string): Problem[] {
  return [
    ...checkKeys(Grants, `${path}.Grants`),
    ...unless(
      Grants.length <= mostEntitled,
      "TOO_MANY_GRANTS",
      `${path}.Grants`,
      `An offer grants ${mostEntitled} dimensions at most; there are ${Grants.length}.`,
    ),
    ...unless(
      model !== "Usage" || Duration !== undefined,
      "MISSING_DURATION",
      `${path}.Duration`,
      `Say for how long the price is paid ahead: P${yearOfDays}D.`,
    ),
    ...unless(
      Duration === undefined || leastDaysOf(Duration) > 0,
      "INVALID_DURATION",
      `${path}.Duration`,
      `A price is paid ahead for a day at least, P1D, not ${Duration}.`,
    ),
  ];
}

function checkTrial({ Duration, Grants }: TrialTerm, path: string): Problem[] {
  const days = daysOf(Duration);
  const { least, most } = trialDays;
  return [
    ...unless(
      days !== undefined && days >= least && days <= most,
      "INVALID_DURATION",
      `${path}.Duration`,
      `A free trial lasts ${least} to ${most} days, written P14D, not ${Duration}.`,
    ),
    ...checkKeys(Grants, `${path}.Grants`),
    ...unless(
      new Set(Grants.map(({ MaxQuantity }) => MaxQuantity)).size <= 1,
      "INVALID_GRANTS",
      `${path}.Grants`,
      "All grants of a free trial need the same MaxQuantity.",
    ),
  ];
}
