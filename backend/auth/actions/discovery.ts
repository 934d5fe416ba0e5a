import type { Rights } from "../need";

const operations = [
  "GetListing",
  "GetOffer",
  "GetOfferSet",
  "GetOfferTerms",
  "GetProduct",
  "ListFulfillmentOptions",
  "ListPurchaseOptions",
  "SearchFacets",
  "SearchListings",
];

/** AWS Marketplace Discovery: each operation is an action of its own, which takes no resource (Service Authorization Reference). */
export const rights: Rights = Object.fromEntries(
  operations.map((name) => [name, () => [{ action: `aws-marketplace:${name}`, resource: "*" }]]),
);
