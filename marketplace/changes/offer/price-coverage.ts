import type { Problem } from "../../problem";
import { quoted, unless } from "../../problem";
import type { Entity, World } from "../change-type";
import { dimensionsOf, isProduct, isRestricted, saasProduct, type Dimension } from "../product/product";
import { offerOf, type PricingModel } from "./offer";
import { isTrialAlone } from "./pricing";
import type { Grant, PricingTerm, Rate } from "./terms";

interface Pricing {
  readonly PricingModel: PricingModel;
  readonly Terms: readonly PricingTerm[];
}

/** The product that an offer is for, if there is one. */
export function productOfOffer(world: World, offer: Entity): Entity | undefined {
  const entity = world.entity(offerOf(offer).ProductId);
  return entity !== undefined && isProduct(entity) ? entity : undefined;
}

/** Whether prices fit the dimensions that their product has by the end of the set. */
export function checkCoverage(product: Entity | undefined, pricing: Pricing, isPrivate: boolean): Problem[] {
  if (!product) return [];
  const dimensions = dimensionsOf(product).filter((dimension) => !isRestricted(product, dimension));
  return [
    ...(product.type === saasProduct ? checkSaas(pricing) : []),
    ...pricing.Terms.flatMap((term, i) => checkTerm(term, dimensions, pricing.PricingModel, `Terms[${i}]`)),
    ...checkTrialFits(product, pricing.Terms, isPrivate),
    ...(isPrivate ? [] : checkPublicCurrency(pricing.Terms)),
  ];
}

/**
 * Software as a service is sold by use, by contract or free: Seller Guide, "SaaS product pricing". Free takes a dimension
 * at 0 too (Work with SaaS products, Configure Free pricing model).
 */
function checkSaas({ PricingModel, Terms }: Pricing): Problem[] {
  const code = "INCOMPATIBLE_PRODUCT";
  const ahead = PricingModel === "Usage" ? ["ConfigurableUpfrontPricingTerm", "FixedUpfrontPricingTerm"] : [];
  const unfit = Terms.filter(({ Type }) => [...ahead, "RecurringPaymentTerm", "ByolPricingTerm"].includes(Type));
  const message = `A SaaS product of the pricing model ${PricingModel} is not sold by ${quoted(unfit.map(({ Type }) => Type))}.`;
  return [
    ...unless(PricingModel !== "Byol", code, "PricingModel", "A SaaS product has no pricing model Byol."),
    ...unless(unfit.length === 0, code, "Terms", message),
    ...unless(
      PricingModel !== "Free" || Terms.length > 0,
      "MISSING_MANDATORY_TERMS",
      "Terms",
      "A free SaaS product needs a UsageBasedPricingTerm or a ConfigurableUpfrontPricingTerm with prices of 0.",
    ),
  ];
}

/** A free trial is open to everybody; that of an image stands beside the price by the hour that follows it. */
function checkTrialFits({ type }: Entity, terms: readonly PricingTerm[], isPrivate: boolean): Problem[] {
  return [
    ...unless(
      type === saasProduct || !isTrialAlone(terms),
      "INCOMPATIBLE_PRODUCT",
      "Terms",
      "A free trial needs the prices that follow it, in the same offer.",
    ),
    ...unless(
      !isPrivate || terms.every(({ Type }) => Type !== "FreeTrialPricingTerm"),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "Free trials are public; a private offer has none.",
    ),
  ];
}

function checkPublicCurrency(terms: readonly PricingTerm[]): Problem[] {
  return terms.flatMap((term, i) => {
    const fine = !("CurrencyCode" in term) || term.CurrencyCode === "USD";
    return unless(fine, "INVALID_CURRENCY_CODE", `Terms[${i}].CurrencyCode`, "Public offers are priced in USD.");
  });
}

function checkTerm(term: PricingTerm, dimensions: readonly Dimension[], model: PricingModel, path: string): Problem[] {
  switch (term.Type) {
    case "UsageBasedPricingTerm":
      return checkUsage(term.RateCards[0]?.RateCard ?? [], dimensions, `${path}.RateCards[0].RateCard`);
    case "ConfigurableUpfrontPricingTerm":
      return (term.RateCards ?? []).flatMap(({ RateCard }, i) =>
        checkUpfront(RateCard, dimensions, model, `${path}.RateCards[${i}].RateCard`),
      );
    case "FreeTrialPricingTerm":
      return checkGrants(term.Grants, dimensions, `${path}.Grants`);
    case "FixedUpfrontPricingTerm":
      return checkFixed(term.Grants, dimensions, model, `${path}.Grants`);
    default:
      return [];
  }
}

function checkKnown(
  entries: readonly { readonly DimensionKey: string }[],
  dimensions: readonly Dimension[],
  path: string,
): Problem[] {
  const keys = dimensions.map(({ Key }) => Key);
  const known = keys.length === 0 ? "it has none" : `its dimensions are ${quoted(keys)}`;
  return entries.flatMap(({ DimensionKey }, i) =>
    unless(
      keys.includes(DimensionKey),
      "INCOMPATIBLE_PRODUCT",
      `${path}[${i}].DimensionKey`,
      `${quoted([DimensionKey])} is not a dimension of the product; ${known}.`,
    ),
  );
}

function checkUsage(rates: readonly Rate[], dimensions: readonly Dimension[], path: string): Problem[] {
  const metered = dimensions.filter(isMetered);
  const unpriced = metered.filter(({ Key }) => !rates.some(({ DimensionKey }) => DimensionKey === Key));
  return [
    ...checkKnown(rates, dimensions, path),
    ...checkKind(rates, dimensions, isMetered, path, "A price by use is for a metered dimension"),
    ...unless(
      unpriced.length === 0,
      "INVALID_RATE_CARD",
      path,
      `There is no price of ${quoted(unpriced.map(({ Key }) => Key))}. Give one for every metered dimension.`,
    ),
  ];
}

function checkUpfront(
  rates: readonly Rate[],
  dimensions: readonly Dimension[],
  model: PricingModel,
  path: string,
): Problem[] {
  const kind = model === "Contract" ? isEntitled : isMetered;
  const say =
    model === "Contract"
      ? "A contract's price is for an Entitled dimension"
      : "An annual price is for a metered dimension";
  const units = new Set(
    rates.flatMap(({ DimensionKey }) => dimensions.find(({ Key }) => Key === DimensionKey)?.Unit ?? []),
  );
  return [
    ...checkKnown(rates, dimensions, path),
    ...(model === "Free" ? [] : checkKind(rates, dimensions, kind, path, say)),
    ...unless(
      units.size <= 1,
      "INVALID_RATE_CARD",
      path,
      `The dimensions have different units: ${[...units].join(", ")}.`,
    ),
  ];
}

function checkFixed(
  grants: readonly Grant[],
  dimensions: readonly Dimension[],
  model: PricingModel,
  path: string,
): Problem[] {
  const isFit = model === "Contract" ? isEntitled : model === "Usage" ? isMetered : () => true;
  const unfit = grants.filter(({ DimensionKey }) =>
    dimensions.some((dimension) => dimension.Key === DimensionKey && !isFit(dimension)),
  );
  const kind = model === "Contract" ? "Entitled" : "metered";
  const message = `The pricing model ${model} grants ${kind} dimensions; ${quoted(unfit.map(({ DimensionKey }) => DimensionKey))} is none.`;
  return [...checkKnown(grants, dimensions, path), ...unless(unfit.length === 0, "INVALID_GRANTS", path, message)];
}

function checkKind(
  rates: readonly Rate[],
  dimensions: readonly Dimension[],
  isFit: (dimension: Dimension) => boolean,
  path: string,
  say: string,
): Problem[] {
  return rates.flatMap(({ DimensionKey }, i) => {
    const dimension = dimensions.find(({ Key }) => Key === DimensionKey);
    const message = `${say}; ${quoted([DimensionKey])} is ${dimension?.Types.join(", ")}.`;
    return unless(!dimension || isFit(dimension), "INVALID_RATE_CARD", `${path}[${i}].DimensionKey`, message);
  });
}

function checkGrants(
  grants: readonly { readonly DimensionKey: string }[],
  dimensions: readonly Dimension[],
  path: string,
): Problem[] {
  const missing = dimensions
    .filter(isMetered)
    .filter(({ Key }) => !grants.some(({ DimensionKey }) => DimensionKey === Key));
  const message = `The free trial leaves out ${quoted(missing.map(({ Key }) => Key))}. Grant every metered dimension.`;
  return [...checkKnown(grants, dimensions, path), ...unless(missing.length === 0, "INVALID_GRANTS", path, message)];
}

function isMetered({ Types }: Dimension): boolean {
  return Types.includes("Metered") || Types.includes("ExternallyMetered");
}

function isEntitled({ Types }: Dimension): boolean {
  return Types.includes("Entitled");
}
