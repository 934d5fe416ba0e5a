import { productOf } from "../../marketplace/changes/ami-product/product";
import type { Context } from "../service";
import { countedPages, valuesOf } from "./facets";
import { listingIdOf, titleOf, visibleProducts } from "./listings";
import { pageOf } from "./pages";
import { invalid } from "./refusals";
import { type Place, relevance, wordsOf } from "./relevance";
import { factsFor, type ListingFacts, listingSummary } from "./summaries";

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

/** How many of the listings found have each value, for the facets asked for or all of them. */
export function searchFacets(ctx: Context, request: SearchFacetsInput): object {
  const found = find(ctx, request).map(({ facts }) => facts);
  const pages = countedPages(found, request.facetTypes ?? []).map((item, key) => ({ id: "", key, item }));
  const { items, nextToken } = pageOf(ctx, "SearchFacets", pages, { ...request, maxResults: 1 }, 1);
  return { totalResults: found.length, listingFacets: items[0] ?? {}, nextToken };
}

function find(ctx: Context, { searchText = "", filters = [] }: Search): Found[] {
  for (const filter of filters) checkRating(filter);
  const words = wordsOf(searchText);
  if (words.length === 0 && searchText.trim() !== "") return [];
  return visibleProducts(ctx)
    .map(factsFor(ctx))
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
  return valuesOf(facts, type).some(({ value }) => values.includes(value));
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
