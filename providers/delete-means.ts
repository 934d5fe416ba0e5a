import type { ResourceType } from "./resource";

/**
 * What deleting a resource does where the marketplace has no deletion, for plans to say before it happens. The name
 * comes first: "log-agent …". A type that is really deleted has no row.
 */
export const deleteMeans: Readonly<Partial<Record<ResourceType, string>>> = {
  AmiProduct:
    "is restricted, since AWS Marketplace never deletes a product: nobody new can subscribe, subscribers keep what they have (a draft is abandoned as it is)",
  AmiVersion: "has its delivery options restricted: nobody new can launch that version, subscribers keep it",
  Audience: "has its principals taken out: they may buy everything that no other experience forbids",
  BrandingSettings: "goes back to AWS's own title and colour, since AWS Marketplace never deletes branding",
  Experience: "is disabled and archived, since AWS Marketplace never deletes an experience",
  Offer:
    "expires, since AWS Marketplace never deletes an offer: nobody can accept it any longer, agreements made from it stay (a draft is abandoned as it is, a public free trial stays open)",
  Seller: "stays registered, since AWS Marketplace never takes a registration back; it is only forgotten here",
  ProcurementPolicy: "denies all that it allowed, since AWS Marketplace never deletes a policy",
  ProductRequest: "is taken back, unless it has been answered; AWS Marketplace keeps it, as cancelled or answered",
};
