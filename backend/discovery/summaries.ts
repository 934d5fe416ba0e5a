import { isOpen, versionsOf } from "../../marketplace/changes/ami-product/product";
import { isPrivateOffer, isReplacementOffer, offerOf, offerSubmissions } from "../../marketplace/changes/offer/offer";
import { documentOf, saasProduct } from "../../marketplace/changes/product/product";
import type { StoredEntity } from "../catalog/entities";
import { sellerOf } from "../sellers";
import type { Context } from "../service";
import { listingIdOf, offersFor, titleOf } from "./listings";
import type { Named } from "./named";
import { sellerProfileIdOf } from "./proposals";
import { kindOf, openOptions } from "./software-options";

export const CATALOG = "AWSMarketplace";

/** Nothing is reviewed here. AWS's own samples read the first source's rating, so there is one. */
const NOBODYS_REVIEWS = {
  reviewSourceSummaries: [
    { sourceName: "AWS Marketplace", sourceId: "AWS_MARKETPLACE", averageRating: "0.0", totalReviews: 0 },
  ],
};

/** A listing as buyers search it: the part of it that filters and facets look at. */
export interface ListingFacts {
  readonly product: StoredEntity;
  readonly offers: readonly StoredEntity[];
  readonly publisher: Named;
  readonly categories: readonly Named[];
  readonly fulfillment: readonly Named[];
  readonly pricingModels: readonly Named[];
  readonly units: readonly Named[];
}

const AMI: Named = { value: "AMAZON_MACHINE_IMAGE", displayName: "Amazon Machine Image" };
const MODELS = {
  Usage: { value: "USAGE", displayName: "Usage-based" },
  Contract: { value: "CONTRACT", displayName: "Contract" },
  Byol: { value: "BYOL", displayName: "Bring your own license" },
  Free: { value: "FREE", displayName: "Free" },
} satisfies Record<string, Named>;
const UNITS: Readonly<Record<string, Named>> = {
  Users: { value: "USERS", displayName: "Users" },
  Hosts: { value: "HOSTS", displayName: "Hosts" },
  Requests: { value: "REQUESTS", displayName: "Requests" },
  Tiers: { value: "TIERS", displayName: "Tiers" },
  Units: { value: "UNITS", displayName: "Units" },
};

/** The facts of listings; whoever asks for many of them asks once. */
export function factsFor(ctx: Context): (product: StoredEntity) => ListingFacts {
  const offersOf = offersFor(ctx);
  return (product) => factsOf(ctx, product, offersOf(product));
}

function factsOf(ctx: Context, product: StoredEntity, offers: readonly StoredEntity[]): ListingFacts {
  const { Description, Dimensions = [] } = documentOf(product);
  return {
    product,
    offers,
    publisher: publisherOf(ctx, product.owner),
    categories: (Description.Categories ?? []).map((name) => ({ value: slug(name), displayName: name })),
    fulfillment: fulfillmentOf(product, ctx.caller.accountId),
    pricingModels: distinct(offers.map(pricingModelOf)),
    units: distinct(Dimensions.flatMap(({ Unit }) => UNITS[Unit] ?? unitOf(Unit))),
  };
}

function fulfillmentOf(product: StoredEntity, account: string): readonly Named[] {
  if (product.type === saasProduct) return openOptions(product, account).map(kindOf);
  return versionsOf(product).some(isOpen) ? [AMI] : [];
}

export function pricingModelOf(offer: StoredEntity): Named {
  return MODELS[offerSubmissions(offer).PricingModel ?? "Usage"];
}

export function publisherOf(ctx: Context, account: string): Named {
  return {
    value: sellerProfileIdOf(account),
    displayName: sellerOf(ctx.market.store, account)?.displayName ?? account,
  };
}

export function seller({ value, displayName }: Named): object {
  return { sellerProfileId: value, displayName };
}

export function productInformation(ctx: Context, product: StoredEntity): object {
  return {
    productId: product.id,
    productName: titleOf(product),
    manufacturer: seller(publisherOf(ctx, product.owner)),
  };
}

export function offerInformation(ctx: Context, offer: StoredEntity): object {
  const name = offerOf(offer).Name;
  return {
    offerId: offer.id,
    ...(name !== null && { offerName: name }),
    sellerOfRecord: seller(publisherOf(ctx, offer.owner)),
  };
}

/** The members that SearchListings and GetListing share. */
export function listingSummary(ctx: Context, facts: ListingFacts): object {
  const { product, publisher, pricingModels, units } = facts;
  return {
    ...presentation(product),
    ...shared(facts),
    listingId: listingIdOf(product),
    listingName: titleOf(product),
    publisher: seller(publisher),
    badges: badgesOf(facts),
    reviewSummary: NOBODYS_REVIEWS,
    pricingModels: pricingModels.map(({ value, displayName }) => ({ pricingModelType: value, displayName })),
    pricingUnits: units.map(({ value, displayName }) => ({ pricingUnitType: value, displayName })),
    associatedEntities: [{ product: productInformation(ctx, product) }],
  };
}

/** The members that listings and products share. */
export function shared({ categories, fulfillment }: ListingFacts): object {
  return {
    catalog: CATALOG,
    categories: categories.map(({ value, displayName }) => ({ categoryId: value, displayName })),
    fulfillmentOptionSummaries: fulfillment.map(({ value, displayName }) => ({
      fulfillmentOptionType: value,
      displayName,
    })),
  };
}

export function presentation(product: StoredEntity): {
  readonly shortDescription: string;
  readonly logoThumbnailUrl: string;
} {
  const { Description, PromotionalResources } = documentOf(product);
  return {
    shortDescription: Description.ShortDescription ?? titleOf(product),
    logoThumbnailUrl: PromotionalResources?.LogoUrl ?? "https://awsmp-logos.s3.amazonaws.com/no-logo.png",
  };
}

/** What distinguishes an offer: made for some buyers only, for a time to come, or to take the place of an agreement. */
export function offerBadges(offer: StoredEntity): object[] {
  const starts = offerOf(offer).Terms.some(
    (term) => term.Type === "ValidityTerm" && term.AgreementStartDate !== undefined,
  );
  return [
    ...(isPrivateOffer(offer) ? [{ badgeType: "PRIVATE_PRICING", displayName: "Private pricing" }] : []),
    ...(starts ? [{ badgeType: "FUTURE_DATED", displayName: "Future dated" }] : []),
    ...(isReplacementOffer(offer) ? [{ badgeType: "REPLACEMENT_OFFER", displayName: "Replacement offer" }] : []),
  ];
}

function badgesOf({ offers }: ListingFacts): object[] {
  const trial = offers.some((offer) => offerOf(offer).Terms.some(({ Type }) => Type === "FreeTrialPricingTerm"));
  return [
    ...(trial ? [{ badgeType: "FREE_TRIAL", displayName: "Free trial" }] : []),
    { badgeType: "DEPLOYED_ON_AWS", displayName: "Deployed on AWS" },
  ];
}

/** Hours of an instance type are hosts in use. */
function unitOf(unit: string): Named[] {
  const host = UNITS["Hosts"];
  return host !== undefined && /^(Hrs|Hours?)$/i.test(unit) ? [host] : Object.values(UNITS).slice(-1);
}

function distinct(values: readonly Named[]): Named[] {
  return [...new Map(values.map((one) => [one.value, one])).values()];
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
