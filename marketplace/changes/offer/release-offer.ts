import type { Problem } from "../../problem";
import { unless } from "../../problem";
import { visibilityOf } from "../ami-product/product";
import type { ChangeType, Entity, World } from "../change-type";
import { object } from "../document-shapes";
import {
  availabilityOf,
  isExpired,
  isPrivateOffer,
  isPublicOffer,
  isReleased,
  isReplacementOffer,
  leastAgreementDays,
  offerOf,
  offerSubmissions,
  offerType,
  validityOf,
  withOffer,
} from "./offer";
import { productOfOffer } from "./price-coverage";
import { isTrialAlone } from "./pricing";
import { checkSeller } from "./seller-may-charge";
import { isPricingTerm } from "./terms";
import { checkWhole } from "./whole-offer";

/** Publishes a complete draft offer. */
export const releaseOffer: ChangeType<Record<string, never>> = {
  changeType: "ReleaseOffer",
  entityType: offerType,
  schema: object({}),
  check: (_world, entity) =>
    unless(!isReleased(entity), "INVALID_UPDATE_REQUEST", "", "The offer is released already."),
  apply: (_world, entity) => withOffer(entity, { State: "Released" }),
  verify: (world, entity) => [
    ...checkWords(entity),
    ...checkTerms(entity),
    ...checkProduct(world, entity),
    ...checkSeller(world, entity),
    ...checkKind(world, entity),
  ],
};

function checkKind(world: World, entity: Entity): Problem[] {
  if (isPrivateOffer(entity)) {
    return [...checkPrivate(world, entity), ...checkReplacement(world, entity), ...checkWhole(world, entity)];
  }
  const forBuyers = onlyForBuyers(entity);
  if (forBuyers.length === 0) return [...checkOnlyPublicOne(world, entity), ...checkWhole(world, entity)];
  const message = `Only private offers have ${forBuyers.join(" and ")}; name the buyers (UpdateTargeting).`;
  return unless(false, "MISSING_BUYER_ACCOUNTS", "", message);
}

/** What the offer has that only private ones have. */
function onlyForBuyers(entity: Entity): string[] {
  const { Terms } = offerOf(entity);
  const has = (type: string) => Terms.some(({ Type }) => Type === type);
  return [
    ...(availabilityOf(entity) === undefined ? [] : ["a last day"]),
    ...(has("ValidityTerm") ? ["validity terms"] : []),
    ...(has("PaymentScheduleTerm") ? ["a payment schedule"] : []),
    ...(has("NetPaymentTerm") ? ["net payment terms"] : []),
  ];
}

function checkWords(entity: Entity): Problem[] {
  const { Name, Description } = offerOf(entity);
  return [
    ...unless(Name !== null, "MISSING_NAME", "", "Give the offer a name (UpdateInformation)."),
    ...unless(Description !== null, "MISSING_DESCRIPTION", "", "Give the offer a description (UpdateInformation)."),
  ];
}

function checkTerms(entity: Entity): Problem[] {
  const { Terms } = offerOf(entity);
  const model = offerSubmissions(entity).PricingModel;
  const has = (type: string) => Terms.some((term) => term.Type === type);
  const prices = Terms.filter(isPricingTerm);
  const paid = (model === "Usage" || model === "Contract") && !isTrialAlone(prices);
  const fixed = Terms.find((term) => term.Type === "FixedUpfrontPricingTerm");
  const lasts = leastAgreementDays(entity) !== undefined || has("ValidityTerm") || isReplacementOffer(entity);
  return [
    ...needed(prices.length > 0, "The offer has no prices (UpdatePricingTerms)."),
    ...needed(has("LegalTerm"), "The offer has no end user license agreement (UpdateLegalTerms)."),
    ...needed(
      !(isPublicOffer(entity) && paid) || onlyForBuyers(entity).length > 0 || has("SupportTerm"),
      "A paid public offer needs a refund policy (UpdateSupportTerms).",
    ),
    ...needed(
      fixed === undefined || has("ByolPricingTerm") || has("PaymentScheduleTerm"),
      "A FixedUpfrontPricingTerm goes with a payment schedule (UpdatePaymentScheduleTerms) or a ByolPricingTerm.",
    ),
    ...needed(
      fixed === undefined || lasts,
      "Say how long the price is paid ahead: in the price's Duration, or by UpdateValidityTerms.",
    ),
  ];
}

function needed(fine: boolean, message: string): Problem[] {
  return unless(fine, "MISSING_MANDATORY_TERMS", "", message);
}

function checkProduct(world: World, entity: Entity): Problem[] {
  // What replaces an agreement that is not known is for a product that is not known.
  if (offerOf(entity).ProductId === "") return [];
  const product = productOfOffer(world, entity);
  const visibility = product ? visibilityOf(product) : undefined;
  const fine = visibility === "Limited" || visibility === "Public";
  const message = `The offer's product is ${visibility ?? "unknown"}; it must be Limited or Public, or be released in the same set.`;
  return unless(fine, "INCOMPATIBLE_PRODUCT", "", message);
}

function checkOnlyPublicOne(world: World, entity: Entity): Problem[] {
  const { ProductId, PreExistingAgreement, OfferSetId } = offerOf(entity);
  const trial = hasTrial(entity);
  const other = publicOffers(world, ProductId).find((offer) => offer.id !== entity.id && hasTrial(offer) === trial);
  const kind = trial ? "public free trial offer" : "public offer";
  return [
    ...unless(
      other === undefined,
      "TOO_MANY_OFFERS",
      "",
      `The product already has a ${kind}, ${other?.id}. Update that one, or name buyers to make this one private.`,
    ),
    ...unless(
      PreExistingAgreement === undefined && OfferSetId === undefined,
      "INCOMPATIBLE_TARGETING",
      "",
      "An offer that follows an agreement or belongs to an offer set must name its buyers (UpdateTargeting).",
    ),
  ];
}

function checkPrivate(world: World, entity: Entity): Problem[] {
  const { ProductId } = offerOf(entity);
  return [
    ...unless(
      availabilityOf(entity) !== undefined,
      "MISSING_AVAILABILITY_END_DATE",
      "",
      "A private offer needs a last day on which it can be accepted (UpdateAvailability).",
    ),
    ...unless(
      !isExpired(world, entity),
      "INVALID_UPDATE_REQUEST",
      "",
      "The last day on which the offer can be accepted is over; give it a later one (UpdateAvailability).",
    ),
    ...unless(
      !offerOf(entity).Terms.some(({ Type }) => Type === "SupportTerm"),
      "INCOMPATIBLE_TERMS",
      "",
      "A private offer has no support terms of its own; take them away (UpdateSupportTerms without terms).",
    ),
    ...unless(
      ProductId === "" || publicOffers(world, ProductId).length > 0,
      "INCOMPATIBLE_PRODUCT",
      "",
      "The product needs a released public offer before it can have private ones.",
    ),
  ];
}

function checkReplacement(world: World, entity: Entity): Problem[] {
  const replaces = offerSubmissions(entity).ReplacesAgreementId;
  if (replaces === undefined) return [];
  const saidThere = world.changes.some(
    ({ changeType, entityId }) => changeType === "CreateReplacementOffer" && entityId === entity.id,
  );
  return [
    ...unless(
      saidThere || world.proposedAgreement?.(replaces)?.active !== false,
      "INCOMPATIBLE_AGREEMENT",
      "",
      `Agreement ${replaces}, which the offer replaces, has ended. Make the buyer a private offer instead (CreateOffer).`,
    ),
    ...unless(
      validityOf(entity) !== undefined,
      "MISSING_AGREEMENT_END_DATE",
      "",
      "What replaces an agreement needs a day on which it ends (UpdateValidityTerms).",
    ),
  ];
}

function hasTrial(entity: Entity): boolean {
  return offerOf(entity).Terms.some(({ Type }) => Type === "FreeTrialPricingTerm");
}

function publicOffers(world: World, productId: string): Entity[] {
  return [...world.entitiesOf(offerType)].filter(
    (offer) => isPublicOffer(offer) && isReleased(offer) && offerOf(offer).ProductId === productId,
  );
}
