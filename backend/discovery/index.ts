import { rateLimited } from "../catalog/rates";
import type { Service } from "../service";
import { listFulfillmentOptions } from "./fulfillment-options";
import { getListing, getProduct } from "./get-listing";
import { getOffer, getOfferSet, getOfferTerms } from "./get-offer";
import { listPurchaseOptions } from "./purchase-options";
import { invalid } from "./refusals";
import { searchFacets, searchListings } from "./search";

/** Requests a second for each account: Service quotas for the Discovery API. */
const RATES: Readonly<Record<string, number>> = {
  GetListing: 5,
  GetOffer: 5,
  GetOfferSet: 5,
  GetOfferTerms: 5,
  GetProduct: 5,
  ListFulfillmentOptions: 5,
  ListPurchaseOptions: 5,
  SearchFacets: 10,
  SearchListings: 10,
};

/** AWS Marketplace Discovery, version 2026-02-05. */
export const service: Service = {
  handlers: rateLimited(
    {
      GetListing: getListing,
      GetOffer: getOffer,
      GetOfferSet: getOfferSet,
      GetOfferTerms: getOfferTerms,
      GetProduct: getProduct,
      ListFulfillmentOptions: listFulfillmentOptions,
      ListPurchaseOptions: listPurchaseOptions,
      SearchFacets: searchFacets,
      SearchListings: searchListings,
    },
    RATES,
  ),
  malformed: (_, { message }) => invalid("MALFORMED_REQUEST_PARAMETERS", message),
};
