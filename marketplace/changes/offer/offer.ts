import { leastDaysOf } from "../../durations";
import type { Entity, JsonObject, World } from "../change-type";
import type { Term, ValidityTerm } from "./terms";

export const offerType = "Offer@1.0";

export type PricingModel = "Byol" | "Free" | "Usage" | "Contract";

export type TargetingRule = {
  readonly Type: "TargetingRule";
  readonly PositiveTargeting?: {
    readonly CountryCodes?: readonly string[];
    readonly BuyerAccounts?: readonly string[];
  };
  readonly NegativeTargeting?: { readonly CountryCodes: readonly string[] };
};
export type AvailabilityRule = { readonly Type: "AvailabilityRule"; readonly AvailabilityEndDate: string };
export type Rule = TargetingRule | AvailabilityRule;

export type PreExistingAgreement = { readonly AcquisitionChannel: string; readonly PricingModel: string };

/** What DescribeEntity shows of an offer. Terms and Rules are lists from the beginning. */
export type OfferDocument = {
  readonly Id: string;
  readonly Name: string | null;
  readonly Description: string | null;
  readonly State: "Draft" | "Released";
  readonly ProductId: string;
  readonly OfferSetId?: string;
  readonly PreExistingAgreement?: PreExistingAgreement;
  readonly Terms: readonly Term[];
  readonly Rules: readonly Rule[];
};

/** What was submitted for an offer and is never read back. */
export type OfferSubmissions = {
  readonly PricingModel?: PricingModel;
  /** The address of the legal document, of which a signed copy is read back. */
  readonly EulaUrl?: string;
  /** When each pricing term was last made dearer: RFC 3339, by term type. */
  readonly IncreasedAt?: { readonly [termType: string]: string };
  /** The agreement whose place a replacement offer takes. */
  readonly ReplacesAgreementId?: string;
};

/** A draft with nothing but a name and a product, and its buyers where they are fixed from the beginning. */
export function newOffer(
  Id: string,
  { Name, ProductId }: { readonly Name?: string | undefined; readonly ProductId: string },
  { buyers = [], ...submitted }: OfferSubmissions & { readonly buyers?: readonly string[] } = {},
): Pick<Entity, "details" | "submitted"> {
  const draft: OfferDocument = {
    Id,
    Name: Name ?? null,
    Description: null,
    State: "Draft",
    ProductId,
    Terms: [],
    Rules: buyers.length === 0 ? [] : [{ Type: "TargetingRule", PositiveTargeting: { BuyerAccounts: buyers } }],
  };
  return { details: draft as JsonObject, submitted: submitted as JsonObject };
}

export function offerOf(entity: Entity): OfferDocument {
  return entity.details as unknown as OfferDocument;
}

export function offerSubmissions(entity: Entity): OfferSubmissions {
  return entity.submitted as OfferSubmissions;
}

export function withOffer(
  entity: Entity,
  facets: Partial<OfferDocument>,
  submitted: OfferSubmissions = {},
): Pick<Entity, "details" | "submitted"> {
  return {
    details: { ...entity.details, ...(facets as JsonObject) },
    submitted: { ...entity.submitted, ...(submitted as JsonObject) },
  };
}

/** Replaces all terms of one kind; an empty list removes them. */
export function withTerms(
  entity: Entity,
  types: readonly string[],
  terms: readonly Term[],
  submitted?: OfferSubmissions,
) {
  const others = offerOf(entity).Terms.filter((term) => !types.includes(term.Type));
  return withOffer(entity, { Terms: [...others, ...terms] }, submitted);
}

export function isReleased(entity: Entity): boolean {
  return offerOf(entity).State === "Released";
}

export function targetingOf(entity: Entity): TargetingRule | undefined {
  return offerOf(entity).Rules.find((rule) => rule.Type === "TargetingRule");
}

export function availabilityOf(entity: Entity): AvailabilityRule | undefined {
  return offerOf(entity).Rules.find((rule) => rule.Type === "AvailabilityRule");
}

export function validityOf(entity: Entity): ValidityTerm | undefined {
  return offerOf(entity).Terms.find((term) => term.Type === "ValidityTerm");
}

/** The days that an agreement made from the offer lasts at least, where that is said in its terms. */
export function leastAgreementDays(entity: Entity): number | undefined {
  const { Terms } = offerOf(entity);
  const { AgreementDuration, AgreementStartDate, AgreementEndDate } = validityOf(entity) ?? {};
  if (AgreementStartDate !== undefined && AgreementEndDate !== undefined) {
    return Math.ceil((Date.parse(AgreementEndDate) - Date.parse(AgreementStartDate)) / 86_400_000);
  }
  const durations = Terms.flatMap((term) => {
    if (term.Type === "ConfigurableUpfrontPricingTerm")
      return (term.RateCards ?? []).map((card) => card.Selector.Value);
    return term.Type === "FixedUpfrontPricingTerm" && term.Duration !== undefined ? [term.Duration] : [];
  });
  const said = durations.length > 0 ? durations : AgreementDuration === undefined ? [] : [AgreementDuration];
  return said.length === 0 ? undefined : Math.min(...said.map(leastDaysOf));
}

/** An offer is private when it names the accounts that may accept it, or is for the buyer of an agreement. */
export function isPrivateOffer(entity: Entity): boolean {
  return isReplacementOffer(entity) || (targetingOf(entity)?.PositiveTargeting?.BuyerAccounts ?? []).length > 0;
}

/** Whether buyers of a country may have the offer. */
export function isAimedAt(entity: Entity, country: string): boolean {
  const { PositiveTargeting, NegativeTargeting } = targetingOf(entity) ?? {};
  if (NegativeTargeting?.CountryCodes.includes(country) === true) return false;
  return PositiveTargeting?.CountryCodes === undefined || PositiveTargeting.CountryCodes.includes(country);
}

/** Made to take the place of an agreement. */
export function isReplacementOffer(entity: Entity): boolean {
  return offerSubmissions(entity).ReplacesAgreementId !== undefined;
}

export function isPublicOffer(entity: Entity): boolean {
  return !isPrivateOffer(entity);
}

/** Its last day is over: nothing of an expired offer can be changed. */
export function isExpired({ now }: Pick<World, "now">, entity: Entity): boolean {
  const end = availabilityOf(entity)?.AvailabilityEndDate;
  return end !== undefined && Date.parse(end) < Date.parse(now);
}
