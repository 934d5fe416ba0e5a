export { AccessGroups, type AccessGroupsArgs } from "./components/access-groups";
export type { Member } from "./components/member";
export {
  PrivateMarketplace,
  type PrivateMarketplaceArgs,
  type PrivateMarketplaceAudience,
  type PrivateMarketplaceBranding,
  type WithProductId,
} from "./components/private-marketplace";
export {
  PrivateOffer,
  type PrivateOfferArgs,
  type PrivateOfferBuyer,
  type PrivateOfferTerms,
} from "./components/private-offer";
export { PortalTeam, type PortalTeamArgs } from "./components/portal-team";
export { AccessGroup, type AccessGroupArgs } from "./providers/access-group/access-group";
export { AccessUser, type AccessUserArgs } from "./providers/access-user/access-user";
export { AmiProduct, type AmiProductArgs, type PendingRequest } from "./providers/ami-product/ami-product";
export { AmiVersion, type AmiVersionArgs } from "./providers/ami-version/ami-version";
export { Audience, type AudienceArgs } from "./providers/audience/audience";
export { BrandingSettings, type BrandingSettingsArgs } from "./providers/branding-settings/branding-settings";
export type { Connection, ConnectionArgs } from "./providers/connection";
export { Experience, type ExperienceArgs } from "./providers/experience/experience";
export { GroupMembership, type GroupMembershipArgs } from "./providers/group-membership/group-membership";
export { ListingFile, type ListingFileArgs } from "./providers/listing-file/listing-file";
export {
  MarketplaceInstance,
  type MarketplaceInstanceArgs,
} from "./providers/marketplace-instance/marketplace-instance";
export { Offer, type OfferArgs } from "./providers/offer/offer";
export type { OfferPricing, OfferRenewal, OfferValidity } from "./marketplace/offers/offer-spec";
export type { RateCard } from "./marketplace/offers/rate-card";
export { PortalAccess, type PortalAccessArgs } from "./providers/portal-access/portal-access";
export { ProcurementPolicy, type ProcurementPolicyArgs } from "./providers/procurement-policy/procurement-policy";
export { ProductRequest, type ProductRequestArgs } from "./providers/product-request/product-request";
export { SubscribedFleet, type SubscribedFleetArgs, type WithId } from "./components/subscribed-fleet";
export { Subscription, type SubscriptionArgs } from "./providers/subscription/subscription";
export {
  getAgreements,
  getEntitlements,
  getOffer,
  getProduct,
  searchListings,
  type AgreementFacts,
  type FoundListing,
  type ListingSearch,
  type OfferFacts,
} from "./providers/functions/find";
export {
  getProductRequests,
  type ProductRequestFacts,
  type ProductRequestStatus,
} from "./providers/functions/find-requests";
export type { Terms } from "./providers/buying/terms";
export type { AccessLevel } from "./marketplace/access/levels";
export type { PortalPage } from "./marketplace/access/portal-pages";
export { Seller, type SellerArgs } from "./providers/seller/seller";
export { IngestionRole, type IngestionRoleArgs } from "./providers/ingestion-role/ingestion-role";
export { SellerAccount, type SellerAccountArgs } from "./components/seller-account";
