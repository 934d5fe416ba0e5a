import { releaseProduct as releaseOf } from "../product/release-product";
import { dimensionsOf, saasProduct } from "../product/product";
import { deliveryOptionsOf } from "./product";

/** Takes a complete SaaS product to Limited. It needs a dimension even when it is free: Work with SaaS products. */
export const releaseProduct = releaseOf(saasProduct, (entity) => [
  ["Versions", "a delivery option", deliveryOptionsOf(entity).length === 0],
  ["Dimensions", "a dimension that its price is for", dimensionsOf(entity).length === 0],
]);
