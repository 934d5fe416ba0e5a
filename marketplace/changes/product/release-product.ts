import { quoted, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { object } from "../document-shapes";
import { isPublicOffer, offerOf, offerType } from "../offer/offer";
import { alsoAsked, documentOf, type ProductType, visibilityOf, withFacets } from "./product";

/** The change type that gives a product each of its facets. */
const givenBy = {
  Description: "UpdateInformation",
  PromotionalResources: "UpdateInformation",
  SupportInformation: "UpdateInformation",
  Versions: "AddDeliveryOptions",
  Dimensions: "AddDimensions",
  RegionAvailability: "AddRegions",
  Compatibility: "AddInstanceTypes",
} as const;

/** A facet of a product, what it still lacks, and whether it does. */
export type Facet = readonly [facet: keyof typeof givenBy, lacks: string, isMissing: boolean];

/**
 * Takes a complete draft to Limited, together with its public offer. `facetsOf` names what products of the kind need
 * besides what all need; `pricedByDimension` says whether the public offer's prices are for dimensions.
 */
export const releaseProduct = (
  entityType: ProductType,
  facetsOf: (entity: Entity, pricedByDimension: boolean) => readonly Facet[],
): ChangeType<Record<string, never>> => ({
  changeType: "ReleaseProduct",
  entityType,
  schema: object({}),
  check: (_world, entity) =>
    unless(
      visibilityOf(entity) === "Draft",
      "VALIDATION_FAILED",
      "",
      `Only a draft can be released; the product is ${visibilityOf(entity)} already.`,
    ),
  apply: (_world, entity) =>
    withFacets(entity, {
      Description: { ...documentOf(entity).Description, Visibility: "Limited", ProductState: "Active" },
    }),
  verify: (world, entity) => {
    const facets = [...commonFacets(entity), ...facetsOf(entity, pricedByDimension(world, entity.id))];
    return [
      ...facets.flatMap(([facet, lacks, isMissing]) =>
        unless(
          !isMissing,
          "VALIDATION_FAILED",
          "",
          `The product is not complete: its ${facet} lacks ${lacks} (${givenBy[facet]}).`,
        ),
      ),
      ...unless(
        offersOf(world, entity.id).some((offer) => alsoAsked(world, offer.id, "ReleaseOffer")),
        "VALIDATION_FAILED",
        "",
        "The product's public offer must be released in the same change set: add ReleaseOffer.",
      ),
    ];
  },
});

/** What every product needs before buyers may see it. */
function commonFacets(entity: Entity): Facet[] {
  const { Description, PromotionalResources, SupportInformation } = documentOf(entity);
  const wanted = ["ProductTitle", "ShortDescription", "LongDescription", "Highlights", "SearchKeywords", "Categories"];
  const lacking = wanted.filter((name) => isEmpty(Description[name as keyof typeof Description]));
  return [
    ["Description", quoted(lacking, 6), lacking.length > 0],
    ["PromotionalResources", "a LogoUrl", PromotionalResources?.LogoUrl === undefined],
    ["SupportInformation", "a SupportDescription", SupportInformation === undefined],
  ];
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
