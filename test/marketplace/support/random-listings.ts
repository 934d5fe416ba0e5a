import * as fc from "fast-check";
import type { AmiListing, AmiVersionSpec, ListingPricing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing, version } from "./listings";

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const price = fc
  .tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 }))
  .map(([whole, part]) => `${whole}.${part.toString().padStart(3, "0")}`);
const instanceTypes = fc.subarray(["m5.large", "m5.xlarge", "c5.large", "t3.small", "r6i.2xlarge"], { minLength: 1 });

const versions = (types: readonly string[]): fc.Arbitrary<AmiVersionSpec[]> =>
  fc
    .uniqueArray(
      fc.record({
        title: word,
        releaseNotes: word,
        usageInstructions: word,
        type: fc.constantFrom(...types),
        port: fc.integer({ min: 1, max: 65535 }),
      }),
      { minLength: 1, maxLength: 3, selector: ({ title }) => title },
    )
    .map((made) =>
      made.map(({ title, releaseNotes, usageInstructions, type, port }) => ({
        ...version,
        title,
        releaseNotes,
        usageInstructions,
        recommendedInstanceType: type,
        securityGroups: [{ protocol: "tcp" as const, fromPort: port, toPort: port, cidrs: ["10.0.0.0/8"] }],
      })),
    );

const pricesFor = (keys: readonly string[]) =>
  fc.tuple(...keys.map(() => price)).map((made) => Object.fromEntries(keys.map((key, i) => [key, made[i] ?? "1"])));

const pricing = (types: readonly string[]): fc.Arbitrary<ListingPricing> =>
  fc.oneof(
    fc.constant<ListingPricing>({ model: "free" }),
    fc.constant<ListingPricing>({ model: "byol" }),
    fc.record({ model: fc.constant("usage" as const), hourly: pricesFor(types) }),
    fc.record({ model: fc.constant("usage" as const), hourly: pricesFor(types), annual: pricesFor(types) }),
    fc.record({ model: fc.constant("usage" as const), hourly: pricesFor(types), monthly: price }),
    fc.record({
      model: fc.constant("usage" as const),
      hourly: pricesFor(types),
      freeTrial: fc.record({ days: fc.integer({ min: 5, max: 31 }) }),
    }),
  );

/** Listings that AWS would take, of all pricing models but contracts. */
export const randomListing: fc.Arbitrary<AmiListing> = instanceTypes.chain((types) =>
  fc
    .record({
      title: word,
      shortDescription: word,
      regions: fc.subarray(["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1"], { minLength: 1 }),
      searchKeywords: fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
      allowlist: fc.constantFrom(undefined, ["444455556666"], ["777788889999", "444455556666"]),
      sku: fc.option(word, { nil: undefined }),
      videoUrl: fc.constantFrom(undefined, "https://video.example.com/1"),
      futureRegionSupport: fc.constantFrom(undefined, "All" as const, "None" as const),
      eula: fc.constantFrom<AmiListing["eula"]>(
        { type: "standard" },
        { type: "custom", url: "https://acme.example.com/eula.txt" },
      ),
      visibility: fc.constantFrom("Limited" as const, "Public" as const),
      versions: versions(types),
      pricing: pricing(types),
    })
    .map((part) => withoutUndefined({ ...hourlyListing, ...part, instanceTypes: types })),
);

function withoutUndefined(listing: AmiListing): AmiListing {
  return Object.fromEntries(
    Object.entries(listing).filter(([, value]) => value !== undefined),
  ) as unknown as AmiListing;
}
