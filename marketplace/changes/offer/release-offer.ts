import type { Problem } from "../../problem";
import { unless } from "../../problem";
import { visibilityOf } from "../ami-product/product";
import type { ChangeType, Entity, World } from "../change-type";
import { object } from "../document-shapes";
import {
  availabilityOf,
  isPrivateOffer,
  isPublicOffer,
  isReleased,
  isReplacementOffer,
  offerOf,
  offerSubmissions,
  offerType,
  validityOf,
  withOffer,
} from "./offer";
import { productOfOffer } from "./price-coverage";
import { checkSeller } from "./seller-may-charge";
import { isPricingTerm } from "./terms";

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
    ...(isPrivateOffer(entity) ? checkPrivate(world, entity) : checkOnlyPublicOne(world, entity)),
    ...checkReplacement(entity),
  ],
};

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
  const refundable = isPublicOffer(entity) && (model === "Usage" || model === "Contract");
  return [
    ...needed(Terms.some(isPricingTerm), "The offer has no prices (UpdatePricingTerms)."),
    ...needed(has("LegalTerm"), "The offer has no end user license agreement (UpdateLegalTerms)."),
    ...needed(!refundable || has("SupportTerm"), "A paid public offer needs a refund policy (UpdateSupportTerms)."),
  ];
}

function needed(fine: boolean, message: string): Problem[] {
  return unless(fine, "MISSING_MANDATORY_TERMS", "", message);
}

function checkProduct(world: World, entity: Entity): Problem[] {
  const product = productOfOffer(world, entity);
  const visibility = product ? visibilityOf(product) : undefined;
  const fine = visibility === "Limited" || visibility === "Public";
  const message = `The offer's product is ${visibility ?? "unknown"}; it must be Limited or Public, or be released in the same set.`;
  return unless(fine, "INCOMPATIBLE_PRODUCT", "", message);
}

function checkOnlyPublicOne(world: World, entity: Entity): Problem[] {
  const { ProductId, PreExistingAgreement, OfferSetId } = offerOf(entity);
  const other = publicOffers(world, ProductId).find((offer) => offer.id !== entity.id);
  return [
    ...unless(
      other === undefined,
      "TOO_MANY_OFFERS",
      "",
      `The product already has a public offer, ${other?.id}. Update that one, or name buyers to make this one private.`,
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
  return [
    ...unless(
      availabilityOf(entity) !== undefined,
      "MISSING_AVAILABILITY_END_DATE",
      "",
      "A private offer needs a last day on which it can be accepted (UpdateAvailability).",
    ),
    ...unless(
      publicOffers(world, offerOf(entity).ProductId).length > 0,
      "INCOMPATIBLE_PRODUCT",
      "",
      "The product needs a released public offer before it can have private ones.",
    ),
  ];
}

function checkReplacement(entity: Entity): Problem[] {
  return unless(
    !isReplacementOffer(entity) || validityOf(entity) !== undefined,
    "MISSING_AGREEMENT_END_DATE",
    "",
    "What replaces an agreement needs a day on which it ends (UpdateValidityTerms).",
  );
}

function publicOffers(world: World, productId: string): Entity[] {
  return [...world.entitiesOf(offerType)].filter(
    (offer) => isPublicOffer(offer) && isReleased(offer) && offerOf(offer).ProductId === productId,
  );
}
