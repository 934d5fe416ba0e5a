import { CATALOG } from "../../catalog/arns";
import type { Context } from "../../service";
import type { Need, Rights } from "../need";

/** What the operations' requests name. */
interface Asked {
  readonly listingId?: string;
  readonly offerId?: string;
  readonly offerSetId?: string;
  readonly productId?: string;
}

/**
 * AWS Marketplace Discovery: Service Authorization Reference, "Actions, resources, and condition keys for AWS Marketplace
 * Discovery". What it shows belongs to no account, so that its ARNs name none.
 */
export const rights: Rights = {
  GetListing: reading("GetListing", ({ listingId }) => `listing/${listingId}`),
  GetOffer: reading("GetOffer", ({ offerId }) => `offer/${offerId}`),
  GetOfferSet: reading("GetOfferSet", ({ offerSetId }) => `offerSet/${offerSetId}`),
  GetOfferTerms: reading("GetOfferTerms", ({ offerId }) => `offer/${offerId}`),
  GetProduct: reading("GetProduct", ({ productId }) => `product/${productId}`),
  ListFulfillmentOptions: reading("ListFulfillmentOptions", ({ productId }) => `product/${productId}`),
  ListPurchaseOptions: reading("ListPurchaseOptions", () => "purchaseOption/*"),
  SearchFacets: reading("SearchFacets", () => "listing/*"),
  SearchListings: reading("SearchListings", () => "listing/*"),
};

function reading(operation: string, thing: (input: Asked) => string) {
  return (_ctx: Context, input: Asked): Need[] => [
    {
      action: `aws-marketplace:${operation}`,
      resource: `arn:aws:aws-marketplace:::catalog/${CATALOG}/${thing(input)}`,
    },
  ];
}
