import { productOf } from "../../marketplace/changes/ami-product/product";
import type { Context } from "../service";
import { listingIdOf, titleOf, visibleProducts } from "./listings";
import { pageOf } from "./pages";
import { invalid } from "./refusals";
import { type Place, relevance, wordsOf } from "./relevance";
import { factsOf, type ListingFacts, listingSummary, type Named } from "./summaries";

interface Filter {
  readonly filterType: string;
  readonly filterValues: readonly string[];
}

interface Search {
  readonly searchText?: string;
  readonly filters?: readonly Filter[];
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
  readonly score: number;
}

/** Listings that the caller may see: those that hold every word of the text and pass every filter, best match first. */
export function searchListings(ctx: Context, request: SearchListingsInput): object {
  const descending = request.sortOrder !== "ASCENDING";
  // Nothing has been reviewed, so by rating all listings are equal and relevance alone puts them in order.
  const found = find(ctx, request).map(({ facts, score }) => ({
    id: facts.product.id,
    key: `${sortable(descending ? MOST_SCORE - score : score)} ${titleOf(facts.product).toLowerCase()}`,
    item: facts,
  }));
  const { items, nextToken } = pageOf(ctx, "SearchListings", found, request, 100);
  return { totalResults: found.length, listingSummaries: items.map((facts) => listingSummary(ctx, facts)), nextToken };
}

const MOST_SCORE = 999_999;

function sortable(score: number): string {
  return String(Math.min(score, MOST_SCORE)).padStart(6, "0");
}

/** A facet has at most so many values in one answer. */
const FACET_VALUES = 100;

/** How many of the listings found have each value, for the facets asked for or all of them; a page holds 100 of each. */
export function searchFacets(ctx: Context, request: SearchFacetsInput): object {
  const found = find(ctx, request);
  const wanted = request.facetTypes ?? [];
  const counts = Object.entries(FACETS)
    .filter(([type]) => wanted.length === 0 || wanted.includes(type))
    .map(([type, valuesOf]) => ({ type, counted: count(found.flatMap(({ facts }) => valuesOf(facts))) }))
    .filter(({ counted }) => counted.length > 0);
  const pages = Math.ceil(Math.max(0, ...counts.map(({ counted }) => counted.length)) / FACET_VALUES);
  const numbers = Array.from({ length: pages }, (_, page) => ({ id: String(page), key: page, item: page }));
  const { items, nextToken } = pageOf(ctx, "SearchFacets", numbers, { ...request, maxResults: 1 }, 1);
  const [page = 0] = items;
  const shown = counts
    .map(({ type, counted }) => [type, counted.slice(page * FACET_VALUES, (page + 1) * FACET_VALUES)] as const)
    .filter(([, values]) => values.length > 0);
  return { totalResults: found.length, listingFacets: Object.fromEntries(shown), nextToken };
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
  for (const filter of filters) checkRating(filter);
  const words = wordsOf(searchText);
  if (words.length === 0 && searchText.trim() !== "") return [];
  return visibleProducts(ctx)
    .map((product) => factsOf(ctx, product))
    .map((facts) => ({ facts, score: relevance(placesOf(facts), words) }))
    .filter(({ score }) => words.length === 0 || score > 0)
    .filter(({ facts }) => filters.every(({ filterType, filterValues }) => passes(facts, filterType, filterValues)));
}

/** A rating is one number from 0.0 to 5.0: AWS Marketplace Discovery API, SearchFilter. */
function checkRating({ filterType, filterValues }: Filter): void {
  const [value = ""] = filterValues;
  const rating = /^\d(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!filterType.endsWith("RATING") || (filterValues.length === 1 && rating <= 5)) return;
  throw invalid("MALFORMED_REQUEST_PARAMETERS", `${filterType} takes one rating from 0.0 to 5.0.`);
}

/** Values of one filter are alternatives. A listing without reviews has no rating, so none that is high enough. */
function passes(facts: ListingFacts, type: string, values: readonly string[]): boolean {
  if (type === "MIN_AVERAGE_CUSTOMER_RATING") return values.every((value) => Number(value) === 0);
  if (type === "MAX_AVERAGE_CUSTOMER_RATING") return true;
  return (FACETS[type]?.(facts) ?? []).some(({ value }) => values.includes(value));
}

function placesOf({ product, publisher, categories }: ListingFacts): Place[] {
  const { ShortDescription, LongDescription, SearchKeywords, Highlights } = productOf(product).Description;
  const subjects = categories.map(({ displayName }) => displayName).join(" ");
  return [
    { weight: 8, text: titleOf(product) },
    { weight: 4, text: (SearchKeywords ?? []).join(" ") },
    { weight: 3, text: publisher.displayName },
    { weight: 2, text: `${subjects} ${ShortDescription ?? ""}` },
    {
      weight: 1,
      text: `${LongDescription ?? ""} ${(Highlights ?? []).join(" ")} ${product.id} ${listingIdOf(product)}`,
    },
  ];
}
