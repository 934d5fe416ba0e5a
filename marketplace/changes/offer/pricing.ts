import { daysOf, leastDaysOf } from "../../durations";
import { isZero } from "../../money";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { PricingModel } from "./offer";
import type { DurationCard, FixedTerm, PricingTerm, TrialTerm, UpfrontTerm } from "./terms";

interface Pricing {
  readonly PricingModel: PricingModel;
  readonly Terms: readonly PricingTerm[];
}

/** Free trials last 5 to 31 days (AMI product pricing). */
export const trialDays = { least: 5, most: 31 };
/** What annual prices are quoted for (AMI product pricing). */
export const yearOfDays = 365;
/** Entitled dimensions of an offer, granted for one price or priced each (Service quotas, Offers). */
const mostEntitled = 200;

const fits: Readonly<Record<PricingModel, readonly string[]>> = {
  Byol: ["ByolPricingTerm", "FixedUpfrontPricingTerm"],
  Free: ["UsageBasedPricingTerm", "ConfigurableUpfrontPricingTerm", "FixedUpfrontPricingTerm", "FreeTrialPricingTerm"],
  Usage: [
    "UsageBasedPricingTerm",
    "ConfigurableUpfrontPricingTerm",
    "FixedUpfrontPricingTerm",
    "RecurringPaymentTerm",
    "FreeTrialPricingTerm",
  ],
  Contract: [
    "ConfigurableUpfrontPricingTerm",
    "FixedUpfrontPricingTerm",
    "UsageBasedPricingTerm",
    "FreeTrialPricingTerm",
  ],
};

/** Rules on the prices of an AMI offer by themselves, whatever product they are for (Catalog API, Update pricing terms). */
export function checkPricing(pricing: Pricing): Problem[] {
  return [
    ...checkTermTypes(pricing),
    ...checkCurrencies(pricing.Terms),
    ...pricing.Terms.flatMap((term, i) => checkTerm(term, pricing.PricingModel, `Terms[${i}]`)),
  ];
}

function checkTermTypes({ PricingModel: model, Terms }: Pricing): Problem[] {
  const types = Terms.map(({ Type }) => Type);
  const has = (type: PricingTerm["Type"]) => types.includes(type);
  const unfit = types.filter((type) => !fits[model].includes(type));
  const trial = isTrialAlone(Terms);
  const beside = types.filter((type) => type === "ConfigurableUpfrontPricingTerm" || type === "FreeTrialPricingTerm");
  return [
    ...repeated(types).map((type) => ({
      code: "DUPLICATE_TERM_TYPES",
      path: "Terms",
      message: `${type} is given twice; put its prices into one term.`,
    })),
    ...unless(
      unfit.length === 0,
      "INCOMPATIBLE_TERMS",
      "Terms",
      `The pricing model ${model} does not allow ${quoted(unfit)}.`,
    ),
    ...unless(
      !has("RecurringPaymentTerm") || beside.length === 0,
      "INCOMPATIBLE_TERMS",
      "Terms",
      `A monthly price cannot be combined with ${quoted(beside)}.`,
    ),
    ...unless(
      model !== "Byol" || has("ByolPricingTerm"),
      "MISSING_MANDATORY_TERMS",
      "Terms",
      "The pricing model Byol needs a ByolPricingTerm.",
    ),
    ...unless(
      !has("ConfigurableUpfrontPricingTerm") || !has("FixedUpfrontPricingTerm"),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "What is paid ahead has one price or is chosen by the buyer, not both.",
    ),
    ...unless(
      model !== "Contract" || trial || has("ConfigurableUpfrontPricingTerm") || has("FixedUpfrontPricingTerm"),
      "MISSING_MANDATORY_TERMS",
      "Terms",
      "A contract needs a ConfigurableUpfrontPricingTerm or a FixedUpfrontPricingTerm.",
    ),
    ...unless(
      model !== "Usage" || trial || has("UsageBasedPricingTerm") || has("RecurringPaymentTerm"),
      "MISSING_MANDATORY_TERMS",
      "Terms",
      "The pricing model Usage needs a UsageBasedPricingTerm or a RecurringPaymentTerm.",
    ),
  ];
}

/** A free trial that no prices follow: a software as a service that is tried before it is bought. */
export function isTrialAlone(terms: readonly { readonly Type: string }[]): boolean {
  return terms.length > 0 && terms.every(({ Type }) => Type === "FreeTrialPricingTerm");
}

function checkCurrencies(terms: readonly PricingTerm[]): Problem[] {
  const code = "INVALID_CURRENCY_CODE";
  const used = new Set(terms.flatMap((term) => ("CurrencyCode" in term ? [term.CurrencyCode] : [])));
  const onlyDollars = terms.flatMap((term, i) => {
    const byUse = term.Type === "UsageBasedPricingTerm" || term.Type === "RecurringPaymentTerm";
    const fine = !byUse || term.CurrencyCode === "USD";
    return unless(fine, code, `Terms[${i}].CurrencyCode`, "Prices by use and by month are in USD only.");
  });
  return [...onlyDollars, ...unless(used.size <= 1, code, "Terms", "Give all prices in the same currency.")];
}

function checkTerm(term: PricingTerm, model: PricingModel, path: string): Problem[] {
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
