import { quoted, unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { matching, object } from "../document-shapes";
import { isProduct, visibilityOf } from "../product/product";
import { newOffer, offerType } from "./offer";

type Details = { readonly Name?: string; readonly ProductId: string; readonly OfferSetId?: string };

/** A new draft offer for a product that exists or is created in the same set. */
export const createOffer: ChangeType<Details> = {
  changeType: "CreateOffer",
  entityType: offerType,
  creates: "offer",
  schema: object(
    {
      Name: matching("^\\S+[\\S\\s]*$", 150),
      ProductId: matching("^[a-zA-Z0-9][.a-zA-Z0-9\\/-]+[a-zA-Z0-9]$", 50),
      OfferSetId: matching("^offerset-[a-zA-Z0-9]+$", 50, 1),
    },
    ["ProductId"],
  ),
  check: (world, _entity, { ProductId, OfferSetId }) => {
    const product = world.entity(ProductId);
    const path = "ProductId";
    if (!product)
      return unless(false, "RESOURCE_NOT_FOUND", path, `You have no product with the id ${quoted([ProductId])}.`);
    if (!isProduct(product)) {
      return unless(
        false,
        "INCOMPATIBLE_PRODUCT",
        path,
        `${product.type} ${ProductId} is not a product that offers can be made for.`,
      );
    }
    return [
      ...unless(
        visibilityOf(product) !== "Restricted",
        "INCOMPATIBLE_PRODUCT",
        path,
        "The product is Restricted; offers are made for products that are Limited or Public.",
      ),
      ...unless(
        OfferSetId === undefined,
        "INCOMPATIBLE_PRODUCT",
        "OfferSetId",
        "Offer sets are not supported for this product.",
      ),
    ];
  },
  apply: (_world, entity, { Name, ProductId }) => newOffer(entity.id, { Name, ProductId }),
};
