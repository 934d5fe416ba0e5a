import type { Change } from "../changes/change-type";
import { member, propertyOf } from "../listing/property-of";
import { joinPath } from "../problem";

/**
 * The property of a declared offer that a path of a change's document speaks of: `Terms[0].Schedule[1].ChargeDate` of
 * UpdatePaymentScheduleTerms is `paymentSchedule[1].date`. "" stands for the offer as a whole.
 */
export function offerPropertyOf(change: Change, path: string): string {
  const inside = path.replace(/^(ChangeSet\[\d+\]\.?)?((Details|DetailsDocument)(\.|(?=\[)|$))?/, "");
  const inTerm = inside.replace(/^Terms(\[\d+\])?\.?/, "");
  switch (change.changeType) {
    case "CreateOffer":
      return inside.startsWith("Name") ? "name" : "productId";
    case "CreateReplacementOffer":
      return inside.startsWith("Name") ? "name" : "replaces";
    case "UpdateInformation":
      return wordsProperty(inside);
    case "UpdateTargeting":
      return targetingProperty(change, inside);
    case "UpdateAvailability":
      return "availabilityEndDate";
    case "UpdatePricingTerms":
      return pricingProperty(change, inside);
    case "UpdatePaymentScheduleTerms":
      return inTerm.startsWith("CurrencyCode") ? "pricing.currency" : renamed("paymentSchedule", inTerm, scheduleNames);
    case "UpdateLegalTerms":
      return propertyOf(change, path);
    case "UpdateSupportTerms":
      return "refundPolicy";
    case "UpdateValidityTerms":
      return renamed("validity", inTerm, validityNames);
    case "UpdateRenewalTerms":
      return renamed("renewal", inTerm, renewalNames);
    case "UpdateNetPaymentTerms":
      return "netPayment";
    default:
      return "";
  }
}

/** What an offer lacks when it is released, as AWS's message tells: it gives no path. "" where the message does not tell. */
export function lackingProperty(message: string): string {
  return releaseWords.find(([pattern]) => pattern.test(message))?.[1] ?? "";
}

const releaseWords: Names = [
  [/refund policy|support terms/, "refundPolicy"],
  [/FixedUpfrontPricingTerm/, "pricing.fixed"],
  [/paid ahead/, "pricing.fixed.duration"],
  [/has no prices/, "pricing"],
  [/replaces an agreement/, "validity.endDate"],
  [/follows an agreement/, "preExistingAgreement"],
  [/buyers/, "buyerAccounts"],
  [/last day/, "availabilityEndDate"],
  [/license agreement/, "eula"],
  [/product/i, "productId"],
];

type Names = readonly (readonly [RegExp, string])[];

const scheduleNames: Names = [
  [/^Schedule(\[\d+\])\.ChargeDate$/, "$1.date"],
  [/^Schedule(\[\d+\])\.ChargeAmount$/, "$1.amount"],
  [/^Schedule(\[\d+\])$/, "$1"],
];
const validityNames: Names = [
  [/^AgreementDuration$/, "duration"],
  [/^AgreementStartDate$/, "startDate"],
  [/^AgreementEndDate$/, "endDate"],
];
const renewalNames: Names = [
  [/^PriceIncrease\.Range\.MinValue$/, "priceIncreaseRange.least"],
  [/^PriceIncrease\.Range\.MaxValue$/, "priceIncreaseRange.most"],
  [/^PriceIncrease\.Range\.DefaultValue$/, "priceIncreaseRange.usual"],
  [/^PriceIncrease\.Range$/, "priceIncreaseRange"],
  [/^PriceIncrease.*$/, "priceIncrease"],
  [/^LockoutPeriod$/, "lockout"],
  [/^AdjustmentDeadline$/, "adjustmentDeadline"],
  [/^MaxRenewals$/, "maxRenewals"],
  [/^TermTemplates\[\d+\]\.Schedule(\[\d+\])\.ChargeDateOffset$/, "schedule$1.after"],
  [/^TermTemplates\[\d+\]\.Schedule(\[\d+\])\.ChargePercentage$/, "schedule$1.percentage"],
  [/^TermTemplates\[\d+\]\.Schedule(\[\d+\])\.DayOfMonth$/, "schedule$1.dayOfMonth"],
  [/^TermTemplates\[\d+\]\.Schedule(\[\d+\])$/, "schedule$1"],
  [/^TermTemplates.*$/, "schedule"],
];

function renamed(property: string, path: string, names: Names): string {
  const found = names.find(([pattern]) => pattern.test(path));
  return found === undefined ? property : joinPath(property, path.replace(...found));
}

function wordsProperty(path: string): string {
  if (path.startsWith("Description")) return "description";
  if (!path.startsWith("PreExistingAgreement")) return path.startsWith("Name") ? "name" : "";
  return path
    .replace("PreExistingAgreement", "preExistingAgreement")
    .replace("AcquisitionChannel", "acquisitionChannel")
    .replace("PricingModel", "pricingModel");
}

function targetingProperty(change: Change, path: string): string {
  if (path.startsWith("NegativeTargeting")) {
    return path.replace(/^NegativeTargeting(\.CountryCodes)?/, "exceptCountries");
  }
  if (path.startsWith("PositiveTargeting.CountryCodes")) {
    return path.replace("PositiveTargeting.CountryCodes", "countries");
  }
  if (path.startsWith("PositiveTargeting.BuyerAccounts")) {
    return path.replace("PositiveTargeting.BuyerAccounts", "buyerAccounts");
  }
  const positive = member(change.details, "PositiveTargeting");
  if (member(positive, "BuyerAccounts") !== undefined) return "buyerAccounts";
  return member(change.details, "NegativeTargeting") === undefined ? "countries" : "exceptCountries";
}

function pricingProperty(change: Change, path: string): string {
  const [, index, rest = ""] = /^Terms\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
  const type = member(member(member(change.details, "Terms"), Number(index ?? Number.NaN)), "Type");
  const model = member(change.details, "PricingModel");
  const grant = rest.replace(/^Grants/, "grants").replace(".DimensionKey", ".dimension");
  const inGrant = grant.replace(".MaxQuantity", ".quantity");
  if (type === "FixedUpfrontPricingTerm" && !rest.startsWith("CurrencyCode")) {
    if (rest.startsWith("Price")) return "pricing.fixed.price";
    if (rest.startsWith("Duration")) return "pricing.fixed.duration";
    return rest.startsWith("Grants") ? `pricing.fixed.${inGrant}` : "pricing.fixed";
  }
  if (type === "FreeTrialPricingTerm" && rest.startsWith("Grants")) return `pricing.freeTrial.${inGrant}`;
  if (type !== "UsageBasedPricingTerm" || model === "Usage") return propertyOf(change, path);
  const rate = /RateCard\[(\d+)\]/.exec(rest)?.[1];
  if (model === "Free") return rate === undefined ? "pricing.dimensions" : `pricing.dimensions[${rate}]`;
  return propertyOf(change, path).replace("pricing.hourly", "pricing.metered");
}
