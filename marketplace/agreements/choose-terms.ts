import type { UpfrontTerm } from "../changes/offer/terms";
import { type Problem, quoted, repeated, unless } from "../problem";
import { choiceOf, type OfferedTerm, type RequestedTerm, type UpfrontChoice } from "./accepted-term";
import { checkApproval } from "./approval";

/** What decides, beside the offer itself, which of its terms a buyer may ask for. */
export interface Buying {
  /** AMIs: an annual price is an agreement of its own, on top of one by the hour. */
  readonly upfrontIsSeparate: boolean;
  /** The buyer has an agreement by use in force for the product. */
  readonly hasUsageAgreement: boolean;
  /** The offer is a contract: all of it is agreed on at once. */
  readonly isContract?: boolean;
}

/**
 * Terms that come with every agreement made from an offer that has them: AWS Marketplace Agreement API, "Required terms by
 * pricing model".
 */
const binding: readonly string[] = ["LegalTerm", "SupportTerm", "ValidityTerm", "RenewalTerm"];

/** What is paid before it is used. */
const ahead: readonly string[] = ["ConfigurableUpfrontPricingTerm", "FixedUpfrontPricingTerm"];

const prices: readonly string[] = [
  "UsageBasedPricingTerm",
  "ConfigurableUpfrontPricingTerm",
  "FixedUpfrontPricingTerm",
  "RecurringPaymentTerm",
  "FreeTrialPricingTerm",
  "ByolPricingTerm",
  "VariablePaymentTerm",
];

/**
 * What is wrong with the terms that a buyer asks for together. In: the offer's terms, those asked for, and the buyer's
 * situation. Out: problems whose codes are the reasons of the Agreement service's ValidationException.
 */
export function checkChosenTerms(
  offered: readonly OfferedTerm[],
  requested: readonly RequestedTerm[],
  buying: Buying,
): Problem[] {
  const wrong = [...checkIds(offered, requested), ...requested.flatMap((one, i) => checkChoice(offered, one, i))];
  if (wrong.length > 0) return wrong;
  return checkTogether(offered, new Set(typesOf(offered, requested)), buying);
}

function typesOf(offered: readonly OfferedTerm[], requested: readonly RequestedTerm[]): string[] {
  return requested.flatMap(({ id }) => offered.filter((one) => one.id === id).map(({ term }) => term.Type));
}

function checkIds(offered: readonly OfferedTerm[], requested: readonly RequestedTerm[]): Problem[] {
  const twice = repeated(requested.map(({ id }) => id));
  return [
    ...unless(
      twice.length === 0,
      "INVALID_REQUESTED_TERMS",
      "requestedTerms",
      `Ask for a term once; ${quoted(twice)} stands there more than once.`,
    ),
    ...requested.flatMap(({ id }, i) =>
      unless(
        offered.some((one) => one.id === id),
        "INVALID_REQUESTED_TERM_ID",
        `requestedTerms[${i}].id`,
        `The offer has no term ${id}. GetOfferTerms lists those that it has.`,
      ),
    ),
  ];
}

function checkChoice(offered: readonly OfferedTerm[], { id, choices }: RequestedTerm, i: number): Problem[] {
  const term = offered.find((one) => one.id === id)?.term;
  if (term === undefined) return [];
  const path = `requestedTerms[${i}].configuration`;
  const needed = choiceOf(term.Type);
  const given = (["upfront", "renewal", "variable"] as const).filter((choice) => choices[choice] !== undefined);
  if (given.some((choice) => choice !== needed)) {
    const message = `A ${term.Type} takes ${needed === undefined ? "no configuration" : "a configuration of its own type"}.`;
    return [{ code: "INVALID_REQUESTED_TERM_CONFIGURATION", path, message }];
  }
  if (needed !== undefined && given.length === 0) {
    const message = `A ${term.Type} needs a configuration that says what is chosen.`;
    return [{ code: "MISSING_REQUESTED_TERM_CONFIGURATION", path, message }];
  }
  if (choices.variable !== undefined) {
    return checkApproval(choices.variable, `${path}.variablePaymentTermConfiguration`);
  }
  return term.Type === "ConfigurableUpfrontPricingTerm" && choices.upfront !== undefined
    ? checkUpfront(term, choices.upfront, `${path}.configurableUpfrontPricingTermConfiguration`)
    : [];
}

/** The duration and dimensions that a buyer chooses from an upfront term. */
export function checkUpfront(term: UpfrontTerm, { selectorValue, dimensions }: UpfrontChoice, path: string): Problem[] {
  const code = "INVALID_REQUESTED_TERM_CONFIGURATION";
  const card = term.RateCards?.find(({ Selector }) => Selector.Value === selectorValue);
  if (card === undefined) {
    const durations = (term.RateCards ?? []).map(({ Selector }) => Selector.Value);
    const message = `There is no price for ${selectorValue}. Choose one of ${quoted(durations)}.`;
    return [{ code, path: `${path}.selectorValue`, message }];
  }
  const keys = card.RateCard.map(({ DimensionKey }) => DimensionKey);
  const chosen = dimensions.filter(({ dimensionValue }) => dimensionValue > 0);
  const { MultipleDimensionSelection: many, QuantityConfiguration: quantity } = card.Constraints;
  return [
    ...dimensions.flatMap(({ dimensionKey }, i) =>
      unless(
        keys.includes(dimensionKey),
        code,
        `${path}.dimensions[${i}].dimensionKey`,
        `${JSON.stringify(dimensionKey)} has no price for ${selectorValue}. Choose from ${quoted(keys)}.`,
      ),
    ),
    ...repeated(dimensions.map(({ dimensionKey }) => dimensionKey)).map((key) => ({
      code,
      path: `${path}.dimensions`,
      message: `Name the dimension ${JSON.stringify(key)} once, with its whole quantity.`,
    })),
    ...unless(chosen.length > 0, code, `${path}.dimensions`, "Choose at least one of at least one dimension."),
    ...unless(
      many === "Allowed" || chosen.length <= 1,
      code,
      `${path}.dimensions`,
      "This offer sells one dimension at a time.",
    ),
    ...unless(
      quantity === "Allowed" || chosen.every(({ dimensionValue }) => dimensionValue === 1),
      code,
      `${path}.dimensions`,
      "This offer sells one of a dimension, not several.",
    ),
  ];
}

function checkTogether(offered: readonly OfferedTerm[], asked: ReadonlySet<string>, buying: Buying): Problem[] {
  const path = "requestedTerms";
  const has = (type: string) => offered.some(({ term }) => term.Type === type);
  const apart = buying.upfrontIsSeparate && has("UsageBasedPricingTerm");
  const all = buying.isContract === true && !apart ? offered.map(({ term }) => term.Type) : [];
  const needed = new Set<string>([...binding, ...companions(asked), ...all]);
  const missing = [...needed].filter((type) => has(type) && !asked.has(type));
  const priced = prices.filter((type) => asked.has(type));
  const upfrontOnTop = ahead.some((type) => asked.has(type)) && has("UsageBasedPricingTerm");
  return [
    ...unless(
      missing.length === 0,
      "MISSING_MANDATORY_TERMS",
      path,
      `An agreement from this offer also needs its ${quoted(missing)}.`,
    ),
    ...unless(
      priced.length > 0 || !prices.some(has),
      "MISSING_MANDATORY_TERMS",
      path,
      "Ask for at least one of the offer's pricing terms.",
    ),
    ...unless(
      priced.length < 2 || !asked.has("ByolPricingTerm"),
      "INCOMPATIBLE_TERMS",
      path,
      "Who brings a license pays nothing here: ask for the ByolPricingTerm without other prices.",
    ),
    ...unless(
      !(buying.upfrontIsSeparate && upfrontOnTop && asked.has("UsageBasedPricingTerm")),
      "INCOMPATIBLE_TERMS",
      path,
      "Prices by use and upfront prices of this product make two agreements. Ask for the UsageBasedPricingTerm first.",
    ),
    ...unless(
      !(buying.upfrontIsSeparate && upfrontOnTop) || buying.hasUsageAgreement || asked.has("UsageBasedPricingTerm"),
      "MISSING_USAGE_AGREEMENT",
      path,
      "The upfront price of this product adds to an agreement by use, which has to be in force first.",
    ),
  ];
}

/** What a pricing term comes with, where the offer has it: a trial leads to what is paid afterwards. */
function companions(asked: ReadonlySet<string>): string[] {
  return [
    ...(asked.has("FreeTrialPricingTerm") || asked.has("RecurringPaymentTerm") ? ["UsageBasedPricingTerm"] : []),
    ...(asked.has("FixedUpfrontPricingTerm") ? ["PaymentScheduleTerm"] : []),
    ...(asked.has("PaymentScheduleTerm") ? ["FixedUpfrontPricingTerm"] : []),
  ];
}

/** The terms as taken: what the offer says, with what the buyer chose. Once `checkChosenTerms` found nothing. */
export function takeTerms(offered: readonly OfferedTerm[], requested: readonly RequestedTerm[]) {
  return requested.flatMap(({ id, choices }) =>
    offered.filter((one) => one.id === id).map((one) => ({ ...one, ...choices })),
  );
}

/** Whether terms hold a price by use, which is what makes a product usable at all times. */
export function pricedByUse(terms: readonly OfferedTerm[]): boolean {
  return !terms.some(({ term }) => ahead.includes(term.Type));
}
