import type { ChangeType, JsonObject } from "../change-type";
import { object, text } from "../document-shapes";
import { codeFrom } from "../uuid";
import type { ProductDocument, ProductType } from "./product";

type Details = { readonly ProductTitle?: string };

/** A new product, in Draft, with a product code and nothing else. */
export const createProduct = (entityType: ProductType): ChangeType<Details> => ({
  changeType: "CreateProduct",
  entityType,
  creates: "prod",
  schema: object({ ProductTitle: text(72) }),
  apply: (_world, entity, { ProductTitle }) => {
    const draft: ProductDocument = {
      Description: {
        ProductTitle: ProductTitle ?? null,
        ProductCode: codeFrom(entity.id),
        ShortDescription: null,
        LongDescription: null,
        Sku: null,
        Highlights: null,
        AssociatedProducts: null,
        SearchKeywords: null,
        Categories: null,
        Visibility: "Draft",
        ProductState: "Draft",
      },
      Targeting: { PositiveTargeting: { BuyerAccounts: [] } },
    };
    return { details: draft satisfies JsonObject, submitted: {} };
  },
});
