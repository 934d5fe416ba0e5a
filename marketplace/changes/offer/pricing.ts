import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { PricingModel } from "./offer";
import { checkPrices } from "./term-prices";
import type { PricingTerm } from "./terms";

interface Pricing {
  readonly PricingModel: PricingModel;
  readonly Terms: readonly PricingTerm[];
}

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
    ...pricing.Terms.flatMap((term, i) => checkPrices(term, pricing.PricingModel, `Terms[${i}]`)),
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
