import { categoryLike } from "../categories";
import type { Change } from "../changes/change-type";
import { checkChange } from "../changes/request";
import { runChanges, type Surroundings } from "../changes/run";
import { checkAmount } from "../money";
import type { Problem } from "../problem";
import { quoted, repeated } from "../problem";
import { distinct, isBlind } from "./blind";
import { complete } from "./complete";
import type { AmiListing, ListingPricing, Prices } from "./listing";
import { listingShape } from "./listing-shape";
import { newListing } from "./new-listing";
import { propertyOf, type PlannedChange } from "./property-of";

/**
 * Every reason for which AWS would refuse a listing, as far as that can be told without asking it: its change types are
 * tried on an empty catalog. Paths are properties (`pricing.hourly["m5.large"]`).
 * @param options.isUnknown true for a value that will be known later: nothing is said about it.
 */
export function checkAmiListing(
  listing: AmiListing,
  options: { readonly isUnknown?: (value: unknown) => boolean } = {},
): Problem[] {
  const { isUnknown = () => false } = options;
  const given = listing as { pricing?: { model?: unknown }; eula?: { type?: unknown } } | null | undefined;
  const shape = listingShape(String(given?.pricing?.model), String(given?.eula?.type));
  const { value, blind, problems } = complete(shape, listing, isUnknown);
  const whole = withInstanceTypes(value as AmiListing, blind);
  const own = checkOwnRules(whole);
  const others = whole.versions.slice(1).map((version, i) => ({ version, place: i + 1 }));
  const found = [
    ...own,
    ...tryChanges(newListing(whole)),
    ...others.flatMap(({ version, place }) =>
      tryChanges(
        newListing({ ...whole, versions: [version] }).map((change) =>
          change.version === undefined ? change : { ...change, version: place },
        ),
      ).filter(({ path }) => path.startsWith("versions[")),
    ),
  ].filter(
    (problem) => !isBlind(problem, blind) && (own.includes(problem) || !own.some(({ path }) => path === problem.path)),
  );
  return distinct([...problems, ...found]);
}

/** Instance types that are not known stand in as those that the rest of the listing speaks of. */
function withInstanceTypes(listing: AmiListing, blind: readonly string[]): AmiListing {
  if (!blind.some((path) => path.startsWith("instanceTypes"))) return listing;
  const { pricing, versions, instanceTypes } = listing;
  const prices: readonly (Prices | undefined)[] = pricing.model === "usage" ? [pricing.hourly, pricing.annual] : [];
  const named = [
    ...prices.flatMap((one) => Object.keys(one ?? {})),
    ...versions.map((one) => one.recommendedInstanceType),
  ];
  const known = instanceTypes.filter(
    (_, i) => !blind.includes(`instanceTypes[${i}]`) && !blind.includes("instanceTypes"),
  );
  return { ...listing, instanceTypes: [...new Set([...known, ...named])] };
}

/** Rules on a declaration that no single document shows. */
function checkOwnRules(listing: AmiListing): Problem[] {
  const { versions, pricing, refundPolicy, instanceTypes } = listing;
  const paid = pricing.model === "usage" || pricing.model === "contract";
  const mixed = pricing.model === "usage" && pricing.hourly !== undefined && pricing.metered !== undefined;
  const titles = versions.map(({ title }) => title);
  return [
    ...checkPrices(pricing),
    ...repeated(titles).map((title) => ({
      code: "DUPLICATE_VERSION_TITLE",
      path: `versions[${titles.lastIndexOf(title)}].title`,
      message: `${quoted([title])} is the title of two versions; each needs its own.`,
    })),
    ...repeated(instanceTypes).map((type) => ({
      code: "DUPLICATE_INSTANCE_TYPE",
      path: "instanceTypes",
      message: `${quoted([type])} is given twice.`,
    })),
    ...(paid && refundPolicy === undefined
      ? [{ code: "MISSING_MANDATORY_TERMS", path: "refundPolicy", message: "A paid listing needs a refund policy." }]
      : []),
    ...(mixed
      ? [
          {
            code: "INVALID_RATE_CARD",
            path: "pricing.metered",
            message: "Hourly prices and prices of your own dimensions cannot be combined; declare one of them.",
          },
        ]
      : []),
  ];
}

/** Amounts of money, and that there are any. */
function checkPrices(pricing: ListingPricing): Problem[] {
  if (pricing.model === "contract") {
    return pricing.durations.flatMap(({ prices }, i) => checkAmounts(prices, `pricing.durations[${i}].prices`));
  }
  if (pricing.model !== "usage") return [];
  const { hourly, annual, metered, monthly } = pricing;
  const message = "There are no prices: declare hourly, monthly or metered ones.";
  return [
    ...((hourly ?? metered ?? monthly) === undefined
      ? [{ code: "MISSING_MANDATORY_TERMS", path: "pricing", message }]
      : []),
    ...checkAmounts(hourly, "pricing.hourly"),
    ...checkAmounts(annual, "pricing.annual"),
    ...checkAmounts(metered, "pricing.metered"),
    ...(monthly === undefined ? [] : checkAmount(monthly, "pricing.monthly", 3)),
  ];
}

/** Every price is an amount; paths are `pricing.hourly["m5.large"]`. */
export function checkAmounts(prices: Prices = {}, path: string): Problem[] {
  return Object.entries(prices).flatMap(([key, price]) => checkAmount(price, `${path}[${JSON.stringify(key)}]`));
}

function tryChanges(changes: readonly PlannedChange[]): Problem[] {
  const refused = changes.flatMap((change) => placed(change, checkChange(change)));
  const { problems } = runChanges(emptyCatalog(), changes);
  const found = [...problems].flatMap(([index, some]) => {
    const change = changes[index];
    return change
      ? placed(
          change,
          some.filter((problem) => isTelling(change, problem)),
        )
      : [];
  });
  // A rule on the same property tells more than the form of the document does.
  return [...refused.filter(({ path }) => !found.some((other) => other.path === path)), ...found];
}

function placed(change: PlannedChange, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: propertyOf(change, problem.path) }));
}

/** Incomplete facets show by the property that is missing; and only AWS knows all categories. */
function isTelling(change: Change, { code, path, message }: Problem): boolean {
  if (change.changeType === "ReleaseProduct" || change.changeType === "ReleaseOffer") return false;
  if (code !== "INVALID_CATEGORY_NAMES" || !path.startsWith("Categories[")) return true;
  const name = /^"((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  return name !== undefined && categoryLike(name) !== undefined;
}

/** A catalog that holds nothing and knows nothing of images. */
function emptyCatalog(): Surroundings {
  let made = 0;
  return {
    account: "111122223333",
    now: "2026-01-01T00:00:00Z",
    entity: () => undefined,
    entitiesOf: () => [],
    newId: (prefix) => `${prefix}-${(++made).toString().padStart(13, "0")}`,
    assets: () => undefined,
  };
}
