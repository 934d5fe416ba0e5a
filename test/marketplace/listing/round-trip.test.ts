import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkAmiListing,
  planAmiListing,
  readAmiListing,
  type AmiListing,
} from "../../../marketplace/listing/ami-listing";
import { Market } from "../support/market";
import { randomListing } from "../support/random-listings";

function observed(market: Market) {
  return { product: market.only("AmiProduct@1.0"), offer: market.only("Offer@1.0") };
}

/** Plans and applies until nothing is left to do; the last plan is returned. */
function converge(market: Market, wanted: AmiListing) {
  for (let round = 0; round < 12; round++) {
    const plan = planAmiListing(wanted, observed(market));
    const next = plan.changes.length > 0 ? plan.changes : plan.visibility ? [plan.visibility] : [];
    if (next.length === 0 || plan.problems.length > 0) return plan;
    market.apply(next);
  }
  throw new Error("The plan never comes to an end.");
}

test("whatever can be declared is created, reads back as declared, and then nothing is left to change", () => {
  fc.assert(
    fc.property(randomListing, (listing) => {
      expect(checkAmiListing(listing)).toEqual([]);
      const market = new Market();
      market.apply(planAmiListing(listing).changes);
      expect(converge(market, listing)).toMatchObject({
        changes: [],
        visibility: undefined,
        problems: [],
        more: false,
      });
      expect(readAmiListing(observed(market), listing)).toEqual(listing);

      const imported = readAmiListing(observed(market));
      expect(checkAmiListing(imported)).toEqual([]);
      expect(planAmiListing(imported, observed(market))).toMatchObject({
        changes: [],
        visibility: undefined,
        problems: [],
      });
    }),
    { numRuns: 60 },
  );
});

test("from any listing to any other of the same prices, the plan arrives or says what AWS cannot do", () => {
  fc.assert(
    fc.property(randomListing, randomListing, (first, second) => {
      const wanted = {
        ...second,
        instanceTypes: first.instanceTypes,
        pricing: first.pricing,
        versions: first.versions,
      };
      const market = new Market();
      market.apply(planAmiListing(first).changes);
      converge(market, first);
      expect(converge(market, wanted).problems).toEqual([]);
      expect(readAmiListing(observed(market), wanted).regions).toEqual(wanted.regions);
    }),
    { numRuns: 40 },
  );
});

test("a set whose changes are listed in any order does the same", () => {
  const orders = randomListing.chain((listing) => {
    const { changes } = planAmiListing(listing);
    return fc.record({
      changes: fc.constant(changes),
      shuffled: fc.shuffledSubarray([...changes], { minLength: changes.length, maxLength: changes.length }),
    });
  });
  fc.assert(
    fc.property(orders, ({ changes, shuffled }) => {
      const entities = (list: typeof changes) => {
        const run = new Market().try(list);
        expect([...run.problems]).toEqual([]);
        return run.entities.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      };
      expect(entities(shuffled)).toEqual(entities(changes));
    }),
    { numRuns: 60 },
  );
});

test("a set with one bad change reports it whatever the order, and would change nothing", () => {
  const orders = randomListing.chain((listing) => {
    const { changes } = planAmiListing({ ...listing, regions: ["nowhere-1"] });
    return fc.shuffledSubarray([...changes], { minLength: changes.length, maxLength: changes.length });
  });
  fc.assert(
    fc.property(orders, (changes) => {
      const { problems } = new Market().try(changes);
      const place = changes.findIndex(({ changeType }) => changeType === "AddRegions");
      expect([...problems].map(([index, found]) => [index, found.map(({ code }) => code)])).toEqual([
        [place, ["INVALID_REGIONS"]],
      ]);
    }),
    { numRuns: 40 },
  );
});
