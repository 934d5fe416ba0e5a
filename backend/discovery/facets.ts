import type { Named } from "./named";
import type { ListingFacts } from "./summaries";

/** A value that listings have, and how many of them do. */
interface Counted extends Named {
  readonly count: number;
}

/** What a listing is sorted into: AWS Marketplace Discovery API, SearchFacetType. */
const FACETS: Readonly<Record<string, (facts: ListingFacts) => readonly Named[]>> = {
  CATEGORY: (facts) => facts.categories,
  PUBLISHER: (facts) => [facts.publisher],
  FULFILLMENT_OPTION_TYPE: (facts) => facts.fulfillment,
  PRICING_MODEL: (facts) => facts.pricingModels,
  PRICING_UNIT: (facts) => facts.units,
  DEPLOYED_ON_AWS: () => [{ value: "DEPLOYED", displayName: "Deployed on AWS" }],
  NUMBER_OF_PRODUCTS: () => [{ value: "1", displayName: "1 product" }],
  // Nothing has been reviewed.
  AVERAGE_CUSTOMER_RATING: () => [],
};

export function valuesOf(facts: ListingFacts, facet: string): readonly Named[] {
  return FACETS[facet]?.(facts) ?? [];
}

/** No facet has more values in one answer. */
const MOST = 100;

/**
 * How many listings have each value of the facets wanted, or of all of them, the most frequent first; in pages, each of
 * which has up to 100 values of each facet.
 */
export function countedPages(
  listings: readonly ListingFacts[],
  wanted: readonly string[],
): Readonly<Record<string, readonly Counted[]>>[] {
  const counted = Object.keys(FACETS)
    .filter((facet) => wanted.length === 0 || wanted.includes(facet))
    .map((facet) => [facet, count(listings.flatMap((facts) => valuesOf(facts, facet)))] as const);
  const pages = Math.ceil(Math.max(0, ...counted.map(([, values]) => values.length)) / MOST);
  return Array.from({ length: pages }, (_, page) =>
    Object.fromEntries(
      counted
        .map(([facet, values]) => [facet, values.slice(page * MOST, (page + 1) * MOST)] as const)
        .filter(([, values]) => values.length > 0),
    ),
  );
}

function count(values: readonly Named[]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const one of values) counts.set(one.value, { ...one, count: (counts.get(one.value)?.count ?? 0) + 1 });
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
