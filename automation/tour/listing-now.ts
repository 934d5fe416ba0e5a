import { DescribeEntityCommand, type MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";

/** What a shopper and a seller would want to know of a listing, as the catalog itself tells it. */
export interface ListingNow {
  readonly title: string;
  readonly productId: string;
  readonly offerId: string;
  readonly state: string;
  readonly visibility: string;
  readonly versions: readonly string[];
  readonly regions: readonly string[];
  /** Prices as decimal strings, by instance type. */
  readonly prices: readonly { readonly instanceType: string; readonly hourly?: string; readonly annual?: string }[];
}

/** Asks the catalog for a product and its offer; nothing here comes from Pulumi's state. */
export async function listingNow(
  catalog: MarketplaceCatalogClient,
  productId: string,
  offerId: string,
): Promise<ListingNow> {
  const [product, offer] = await Promise.all([detailsOf(catalog, productId), detailsOf(catalog, offerId)]);
  const terms = (offer as OfferDetails).Terms ?? [];
  const { Description, Versions, RegionAvailability } = product as ProductDetails;
  return {
    productId,
    offerId,
    title: Description?.ProductTitle ?? "",
    state: Description?.ProductState ?? "",
    visibility: Description?.Visibility ?? "",
    versions: (Versions ?? []).map(({ VersionTitle = "" }) => VersionTitle),
    regions: RegionAvailability?.Regions ?? [],
    prices: priceTable(ratesOf(terms, "UsageBasedPricingTerm"), ratesOf(terms, "ConfigurableUpfrontPricingTerm")),
  };
}

interface ProductDetails {
  readonly Description?: {
    readonly ProductTitle?: string;
    readonly ProductState?: string;
    readonly Visibility?: string;
  };
  readonly Versions?: readonly { readonly VersionTitle?: string }[];
  readonly RegionAvailability?: { readonly Regions?: readonly string[] };
}

interface OfferDetails {
  readonly Terms?: readonly Term[];
}

interface Term {
  readonly Type?: string;
  readonly RateCards?: readonly {
    readonly RateCard?: readonly { readonly DimensionKey?: string; readonly Price?: string }[];
  }[];
}

async function detailsOf(catalog: MarketplaceCatalogClient, id: string): Promise<object> {
  const answer = await catalog.send(new DescribeEntityCommand({ Catalog: "AWSMarketplace", EntityId: id }));
  const details: unknown = JSON.parse(answer.Details ?? "{}");
  return typeof details === "object" && details !== null ? details : {};
}

function ratesOf(terms: readonly Term[], type: string): ReadonlyMap<string, string> {
  const rates = terms
    .filter((term) => term.Type === type)
    .flatMap(({ RateCards = [] }) => RateCards.flatMap(({ RateCard = [] }) => RateCard));
  return new Map(rates.map(({ DimensionKey = "", Price = "" }) => [DimensionKey, Price]));
}

function priceTable(hourly: ReadonlyMap<string, string>, annual: ReadonlyMap<string, string>): ListingNow["prices"] {
  const types = [...new Set([...hourly.keys(), ...annual.keys()])];
  return types.map((instanceType) => ({
    instanceType,
    hourly: hourly.get(instanceType),
    annual: annual.get(instanceType),
  }));
}
