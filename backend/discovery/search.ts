import { productOf } from "../../marketplace/changes/ami-product/product";
import type { Context } from "../service";
import { listingIdOf, titleOf, visibleProducts } from "./listings";
import { pageOf } from "./pages";
import { invalid } from "./refusals";
import { factsOf, type ListingFacts, listingSummary, type Named } from "./summaries";

interface Search {
  readonly searchText?: string;
  readonly filters?: readonly { readonly filterType: string; readonly filterValues: readonly string[] }[];
}

export interface SearchListingsInput extends Search {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly sortBy?: "RELEVANCE" | "AVERAGE_CUSTOMER_RATING";
  readonly sortOrder?: "ASCENDING" | "DESCENDING";
}

export interface SearchFacetsInput extends Search {
  readonly facetTypes?: readonly string[];
  readonly nextToken?: string;
}

interface Found {
  readonly facts: ListingFacts;
  readonly relevance: number;
}

/** Listings that the caller may see: those that hold every word of the text and pass every filter, best match first. */
export function searchListings(ctx: Context, request: SearchListingsInput): object {
  const direction = request.sortOrder === "ASCENDING" ? -1 : 1;
  // Nothing has been reviewed, so by rating all listings are equal and relevance alone puts them in order.
  const found = find(ctx, request).toSorted((a, b) => direction * (b.relevance - a.relevance) || byTitle(a, b));
  const items = found.map(({ facts }) => ({ id: facts.product.id, item: facts }));
  const { items: shown, nextToken } = pageOf(items, request, 100, "SearchListings");
  return {
    totalResults: found.length,
    listingSummaries: shown.map((facts) => listingSummary(ctx, facts)),
    nextToken,
  };
}

/** How many of the listings found have each value, for the facets asked for or all of them. */
export function searchFacets(ctx: Context, request: SearchFacetsInput): object {
  if (request.nextToken !== undefined) {
    throw invalid("INVALID_PAGINATION_TOKEN", "The nextToken is not one that this request returned.");
  }
  const found = find(ctx, request);
  const wanted = request.facetTypes ?? [];
  const facets = Object.entries(FACETS)
    .filter(([type]) => wanted.length === 0 || wanted.includes(type))
    .map(([type, valuesOf]) => [type, count(found.flatMap(({ facts }) => valuesOf(facts)))] as const)
    .filter(([, counted]) => counted.length > 0);
  return { totalResults: found.length, listingFacets: Object.fromEntries(facets) };
}

const FACETS: Readonly<Record<string, (facts: ListingFacts) => readonly Named[]>> = {
  CATEGORY: (facts) => facts.categories,
  PUBLISHER: (facts) => [facts.publisher],
  FULFILLMENT_OPTION_TYPE: (facts) => facts.fulfillment,
  PRICING_MODEL: (facts) => facts.pricingModels,
  PRICING_UNIT: (facts) => facts.units,
  DEPLOYED_ON_AWS: () => [{ value: "DEPLOYED", displayName: "Deployed on AWS" }],
  NUMBER_OF_PRODUCTS: () => [{ value: "1", displayName: "1 product" }],
  AVERAGE_CUSTOMER_RATING: () => [],
};

function count(values: readonly Named[]): object[] {
  const counts = new Map<string, Named & { readonly count: number }>();
  for (const one of values) counts.set(one.value, { ...one, count: (counts.get(one.value)?.count ?? 0) + 1 });
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function find(ctx: Context, { searchText = "", filters = [] }: Search): Found[] {
  for (const { filterType, filterValues } of filters) {
    if (filterType.endsWith("RATING") && !filterValues.every((value) => /^[0-5](\.\d+)?$/.test(value))) {
      throw invalid("MALFORMED_REQUEST_PARAMETERS", `${filterType} takes a rating from 0 to 5.`);
    }
  }
  const words = searchText.toLowerCase().split(/\s+/).filter(Boolean);
  return visibleProducts(ctx)
    .map((product) => factsOf(ctx, product))
    .map((facts) => ({ facts, relevance: relevanceOf(facts, words) }))
    .filter(({ relevance }) => words.length === 0 || relevance > 0)
    .filter(({ facts }) => filters.every(({ filterType, filterValues }) => passes(facts, filterType, filterValues)));
}

/** Values of one filter are alternatives. A listing without reviews has no rating, so none that is high enough. */
function passes(facts: ListingFacts, type: string, values: readonly string[]): boolean {
  if (type === "MIN_AVERAGE_CUSTOMER_RATING") return values.every((value) => Number(value) === 0);
  if (type === "MAX_AVERAGE_CUSTOMER_RATING") return true;
  return (FACETS[type]?.(facts) ?? []).some(({ value }) => values.includes(value));
}

/** Zero where a word is nowhere; more, the more prominent the places. */
function relevanceOf({ product, publisher, categories }: ListingFacts, words: readonly string[]): number {
  const { ShortDescription, LongDescription, SearchKeywords, Highlights } = productOf(product).Description;
  const places: readonly [weight: number, text: string][] = [
    [8, titleOf(product)],
    [4, (SearchKeywords ?? []).join(" ")],
    [3, publisher.displayName],
    [2, `${categories.map(({ displayName }) => displayName).join(" ")} ${ShortDescription ?? ""}`],
    [1, `${LongDescription ?? ""} ${(Highlights ?? []).join(" ")} ${product.id} ${listingIdOf(product)}`],
  ];
  const scores = words.map((word) =>
    places.reduce((sum, [weight, text]) => sum + (text.toLowerCase().includes(word) ? weight : 0), 0),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function byTitle({ facts: a }: Found, { facts: b }: Found): number {
  return titleOf(a.product).localeCompare(titleOf(b.product), "en") || (a.product.id < b.product.id ? -1 : 1);
}
