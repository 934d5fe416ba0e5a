import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { object } from "../document-shapes";
import { isPublicOffer, offerOf, offerType } from "../offer/offer";
import { alsoAsked, amiProduct, instanceTypesOf, productOf, versionsOf, visibilityOf, withProduct } from "./product";

/** Takes a complete draft to Limited, together with its public offer. */
export const releaseProduct: ChangeType<Record<string, never>> = {
  changeType: "ReleaseProduct",
  entityType: amiProduct,
  schema: object({}),
  check: (_world, entity) =>
    unless(
      visibilityOf(entity) === "Draft",
      "VALIDATION_FAILED",
      "",
      `Only a draft can be released; the product is ${visibilityOf(entity)} already.`,
    ),
  apply: (_world, entity) =>
    withProduct(entity, {
      Description: { ...productOf(entity).Description, Visibility: "Limited", ProductState: "Active" },
    }),
  verify: (world, entity) => {
    const missing = missingFacets(entity, pricedByDimension(world, entity.id));
    return [
      ...missing.map(([facet, lacks]) => ({
        code: "VALIDATION_FAILED",
        path: "",
        message: `The product is not complete: its ${facet} lacks ${lacks}.`,
      })),
      ...unless(
        offersOf(world, entity.id).some((offer) => alsoAsked(world, offer.id, "ReleaseOffer")),
        "VALIDATION_FAILED",
        "",
        "The product's public offer must be released in the same change set: add ReleaseOffer.",
      ),
    ];
  },
};

/** Facets that a product needs before buyers may see it, with what each still lacks. */
function missingFacets(entity: Entity, needsDimensions: boolean): [facet: string, lacks: string][] {
  const { Description, PromotionalResources, SupportInformation, Dimensions, RegionAvailability } = productOf(entity);
  const wanted = ["ProductTitle", "ShortDescription", "LongDescription", "Highlights", "SearchKeywords", "Categories"];
  const lacking = wanted.filter((name) => isEmpty(Description[name as keyof typeof Description]));
  const facets: [string, string, boolean][] = [
    ["Description", quoted(lacking, 6), lacking.length > 0],
    ["PromotionalResources", "a LogoUrl", PromotionalResources?.LogoUrl === undefined],
    ["SupportInformation", "a SupportDescription", SupportInformation === undefined],
    ["Versions", "a version with a delivery option", versionsOf(entity).length === 0],
    ["Dimensions", "the dimensions that its prices are for", needsDimensions && (Dimensions ?? []).length === 0],
    ["RegionAvailability", "a region", (RegionAvailability?.Regions ?? []).length === 0],
    ["Compatibility", "an instance type", instanceTypesOf(entity).AvailableInstanceTypes.length === 0],
  ];
  return facets.flatMap(([facet, lacks, isMissing]) => (isMissing ? [[facet, lacks] as [string, string]] : []));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function offersOf(world: World, productId: string): Entity[] {
  return [...world.entitiesOf(offerType)].filter((one) => isPublicOffer(one) && offerOf(one).ProductId === productId);
}

function pricedByDimension(world: World, productId: string): boolean {
  return offersOf(world, productId).some((offer) => offerOf(offer).Terms.some((term) => "RateCards" in term));
}
