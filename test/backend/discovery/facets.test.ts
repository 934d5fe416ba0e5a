import { expect, test } from "vitest";
import { countedPages } from "../../../backend/discovery/facets";
import type { ListingFacts } from "../../../backend/discovery/summaries";

const listing = (publisher: string, ...categories: string[]): ListingFacts => ({
  product: {
    id: "prod-1",
    type: "AmiProduct@1.0",
    owner: "111122223333",
    details: {},
    submitted: {},
    revision: 1,
    createdAt: "2026-03-02T09:00:00.000Z",
    modifiedAt: "2026-03-02T09:00:00.000Z",
  },
  offers: [],
  publisher: { value: publisher, displayName: publisher },
  categories: categories.map((value) => ({ value, displayName: value })),
  fulfillment: [],
  pricingModels: [],
  units: [],
});

test("values come with how many listings have them, the most frequent first", () => {
  const listings = [listing("a", "logs"), listing("b", "mail", "logs"), listing("b", "mail", "logs")];
  expect(countedPages(listings, ["PUBLISHER", "CATEGORY", "PRICING_UNIT"])).toEqual([
    {
      CATEGORY: [
        { value: "logs", displayName: "logs", count: 3 },
        { value: "mail", displayName: "mail", count: 2 },
      ],
      PUBLISHER: [
        { value: "b", displayName: "b", count: 2 },
        { value: "a", displayName: "a", count: 1 },
      ],
    },
  ]);
});

test("where a facet has more than a hundred values, they go on on the next page", () => {
  const listings = Array.from({ length: 230 }, (_, i) => listing(`seller-${i}`, "logs"));
  const pages = countedPages(listings, ["PUBLISHER", "CATEGORY"]);
  expect(pages.map((page) => page["PUBLISHER"]?.length)).toEqual([100, 100, 30]);
  expect(new Set(pages.flatMap((page) => page["PUBLISHER"] ?? []).map(({ value }) => value)).size).toBe(230);
  expect(pages.map((page) => page["CATEGORY"]?.length)).toEqual([1, undefined, undefined]);
});

test("where nothing is found there is nothing to count", () => {
  expect(countedPages([], [])).toEqual([]);
});
