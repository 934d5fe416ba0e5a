import { describe, expect, test } from "vitest";
import { planAmiListing, readAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing, version } from "../support/listings";
import { Market } from "../support/market";

/** A market in which the listing is as declared, visibility included. */
function marketWith(listing: AmiListing): Market {
  const market = new Market();
  market.apply(planAmiListing(listing).changes);
  bring(market, listing);
  return market;
}

function observed(market: Market) {
  return { product: market.only("AmiProduct@1.0"), offer: market.only("Offer@1.0") };
}

/** Applies plans until there is nothing left to do, and returns the change types of each set. */
function bring(market: Market, wanted: AmiListing): string[][] {
  const sets: string[][] = [];
  for (let round = 0; round < 8; round++) {
    const plan = planAmiListing(wanted, observed(market));
    expect(plan.problems).toEqual([]);
    const next = plan.changes.length > 0 ? plan.changes : plan.visibility ? [plan.visibility] : [];
    if (next.length === 0) return sets;
    market.apply(next);
    sets.push(next.map(({ changeType }) => changeType));
  }
  throw new Error("The plan never comes to an end.");
}

test("a new hourly listing is one set of fourteen changes, in the published order", () => {
  expect(planAmiListing(hourlyListing).changes.map(({ changeType }) => changeType)).toEqual([
    "CreateProduct",
    "UpdateInformation",
    "AddRegions",
    "AddInstanceTypes",
    "AddDeliveryOptions",
    "AddDimensions",
    "UpdateTargeting",
    "ReleaseProduct",
    "CreateOffer",
    "UpdateInformation",
    "UpdatePricingTerms",
    "UpdateLegalTerms",
    "UpdateSupportTerms",
    "ReleaseOffer",
  ]);
});

test("the new listing is Limited and its offer Released; visibility follows in a set of its own", () => {
  const market = new Market();
  market.apply(planAmiListing(hourlyListing).changes);
  const { product, offer } = observed(market);
  expect(product.details).toMatchObject({ Description: { Visibility: "Limited", ProductState: "Active" } });
  expect(offer.details).toMatchObject({ State: "Released", ProductId: product.id });
  const plan = planAmiListing(hourlyListing, { product, offer });
  expect(plan.changes).toEqual([]);
  expect(plan.visibility).toMatchObject({ changeType: "UpdateVisibility", details: { TargetVisibility: "Public" } });
});

test("what was applied reads back as it was declared, down to the way prices are written", () => {
  const market = marketWith(hourlyListing);
  expect(readAmiListing(observed(market), hourlyListing)).toEqual(hourlyListing);
});

const listing = hourlyListing;
const pricing = hourlyListing.pricing as Extract<AmiListing["pricing"], { model: "usage" }>;
const larger = {
  ...listing,
  instanceTypes: ["m5.large", "m5.xlarge", "m5.2xlarge"],
  pricing: {
    ...pricing,
    hourly: { ...pricing.hourly, "m5.2xlarge": "0.4" },
    annual: { ...pricing.annual, "m5.2xlarge": "2800" },
  },
};

describe("an update is the fewest changes that do it", () => {
  const cases: [what: string, wanted: AmiListing, sets: string[][]][] = [
    ["nothing", hourlyListing, []],
    ["a region more", { ...listing, regions: ["us-east-1", "eu-west-1", "eu-central-1"] }, [["AddRegions"]]],
    ["a region less", { ...listing, regions: ["us-east-1"] }, [["RestrictRegions"]]],
    ["another title", { ...listing, title: "Acme Log Agent 2" }, [["UpdateInformation"]]],
    ["a logo", { ...listing, logoUrl: "https://acme-files.s3.amazonaws.com/logo-2.png" }, [["UpdateInformation"]]],
    ["an instance type more", larger, [["AddInstanceTypes", "AddDimensions", "UpdatePricingTerms"]]],
    [
      "a lower price",
      { ...listing, pricing: { ...pricing, hourly: { ...pricing.hourly, "m5.large": "0.09" } } },
      [["UpdatePricingTerms"]],
    ],
    [
      "one price up, another down: down first",
      { ...listing, pricing: { ...pricing, hourly: { "m5.large": "0.30", "m5.xlarge": "0.10" } } },
      [["UpdatePricingTerms"], ["UpdatePricingTerms"]],
    ],
    ["a refund policy", { ...listing, refundPolicy: "None." }, [["UpdateSupportTerms"]]],
    [
      "an agreement",
      { ...listing, eula: { type: "custom", url: "https://acme-files.s3.amazonaws.com/eula.txt" } },
      [["UpdateLegalTerms"]],
    ],
    ["the allowlist", { ...listing, allowlist: [] }, [["UpdateTargeting"]]],
    ["a version more", { ...listing, versions: [version, { ...version, title: "1.1.0" }] }, [["AddDeliveryOptions"]]],
    [
      "another version",
      { ...listing, versions: [{ ...version, title: "2.0.0" }] },
      [["AddDeliveryOptions", "RestrictDeliveryOptions"]],
    ],
    [
      "a version's words",
      { ...listing, versions: [{ ...version, releaseNotes: "Better." }] },
      [["UpdateDeliveryOptions"]],
    ],
    ["visibility", { ...listing, visibility: "Limited" }, [["UpdateVisibility"]]],
    [
      "two versions more",
      { ...listing, versions: [version, { ...version, title: "1.1.0" }, { ...version, title: "1.2.0" }] },
      [["AddDeliveryOptions"], ["AddDeliveryOptions"]],
    ],
  ];
  test.each(cases)("%s", (_what, wanted, sets) => {
    const market = marketWith(hourlyListing);
    expect(bring(market, wanted)).toEqual(sets);
    expect(readAmiListing(observed(market), wanted)).toEqual(wanted);
  });
});

describe("what AWS has no change for is said, with the property", () => {
  const image = { ...version.image, amiId: "ami-11111111111111111" };
  const cases: [what: string, wanted: AmiListing, path: string][] = [
    [
      "another image under the same title",
      { ...listing, versions: [{ ...version, image }] },
      "versions[0].image.amiId",
    ],
    [
      "an instance type less",
      {
        ...listing,
        instanceTypes: ["m5.large"],
        pricing: { model: "usage", hourly: { "m5.large": "0.10" }, annual: { "m5.large": "700" } },
      },
      "instanceTypes",
    ],
    ["no annual price any more", { ...listing, pricing: { model: "usage", hourly: pricing.hourly } }, "pricing"],
  ];
  test.each(cases)("%s", (_what, wanted, path) => {
    const { problems } = planAmiListing(wanted, observed(marketWith(hourlyListing)));
    expect([...new Set(problems.map((problem) => problem.path))]).toEqual([path]);
  });
});

test("operations accounts that AWS adds to the allowlist are no difference", () => {
  const { product, offer } = observed(marketWith(hourlyListing));
  const shown = { PositiveTargeting: { BuyerAccounts: ["444455556666", "777788889999"] } };
  const seen = { product: { ...product, details: { ...product.details, Targeting: shown } }, offer };
  expect(planAmiListing(hourlyListing, seen).changes).toEqual([]);
  expect(readAmiListing(seen, hourlyListing).allowlist).toEqual(["444455556666"]);
});
