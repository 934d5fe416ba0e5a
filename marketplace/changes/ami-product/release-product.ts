import { releaseProduct as releaseOf } from "../product/release-product";
import { amiProduct, dimensionsOf, instanceTypesOf, productOf, versionsOf } from "./product";

/** Takes a complete AMI product to Limited: it has a version, regions and instance types, and dimensions for its prices. */
export const releaseProduct = releaseOf(amiProduct, (entity, pricedByDimension) => [
  ["Versions", "a version with a delivery option", versionsOf(entity).length === 0],
  ["Dimensions", "the dimensions that its prices are for", pricedByDimension && dimensionsOf(entity).length === 0],
  ["RegionAvailability", "a region", (productOf(entity).RegionAvailability?.Regions ?? []).length === 0],
  ["Compatibility", "an instance type", instanceTypesOf(entity).AvailableInstanceTypes.length === 0],
]);
