/** What a declared AMI listing is, and how it becomes changes of the catalog and comes back from it. */
export type {
  AmiListing,
  AmiVersionSpec,
  ListingDimension,
  ListingEula,
  ListingPricing,
  Prices,
  PromotionalMedia,
  UsagePricing,
} from "./listing";
export { checkAmiListing } from "./check";
export { planAmiListing, type ListingPlan } from "./plan";
export type { ObservedListing } from "./plan-parts";
export { propertyOf, type PlannedChange } from "./property-of";
export { readAmiListing } from "./read";
