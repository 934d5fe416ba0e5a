import { newestStandardContract } from "../legal-documents";
import { isAmount, plainAmount } from "../money";
import type { AmiListing, AmiVersionSpec, ListingEula, ListingPricing } from "./listing";
import { same, sameSet } from "./same";

/** Properties that are left to AWS while they are not declared. */
const leftAlone = new Set([
  "promotionalMedia",
  "associatedProducts",
  "futureRegionSupport",
  "refundPolicy",
  "renewal",
  "offer",
]);
/** Lists in which the order says nothing. */
const sets = new Set(["regions", "instanceTypes", "allowlist"]);

/**
 * The listing that was seen, written as it was declared: where both say the same, the declared way of writing stays
 * (`0.10` for `0.1`, the order of regions, members left out for their defaults).
 */
export function keepForm(seen: AmiListing, last: Partial<AmiListing>): AmiListing {
  const names = [...new Set([...Object.keys(last), ...Object.keys(seen)])] as (keyof AmiListing)[];
  const members = names.flatMap((name) => {
    const declared = last[name];
    if (declared === undefined && leftAlone.has(name)) return [];
    const value = keepProperty(name, seen, last);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(members) as unknown as AmiListing;
}

function keepProperty(name: keyof AmiListing, seen: AmiListing, last: Partial<AmiListing>): unknown {
  const now = seen[name];
  const declared = last[name];
  if (name === "tags" || !Object.hasOwn(seen, name)) return keepAbsent(name, now, declared);
  if (declared === undefined) return now;
  if (sets.has(name)) return sameSet(now as string[], declared as string[]) ? declared : now;
  switch (name) {
    case "versions":
      return keepVersions(seen.versions, last.versions ?? []);
    case "dimensions":
      return sameRecords(seen.dimensions, last.dimensions) ? declared : now;
    case "pricing":
      return last.pricing ? keepPricing(seen.pricing, last.pricing) : now;
    case "eula":
      return sameEula(seen.eula, last.eula) ? declared : now;
    case "offer":
      return Object.fromEntries(
        Object.entries(seen.offer ?? {}).filter(([member]) => Object.hasOwn(last.offer ?? {}, member)),
      );
    default:
      return same(now, declared) ? declared : now;
  }
}

/** Nothing was seen: that agrees with an empty list, and with a renewal that is declared off. */
function keepAbsent(name: keyof AmiListing, now: unknown, declared: unknown): unknown {
  if (name === "tags" || same(declared, undefined)) return declared;
  return name === "renewal" ? false : now;
}

function keepVersions(seen: readonly AmiVersionSpec[], last: readonly AmiVersionSpec[]): AmiVersionSpec[] {
  const place = (title: string) => last.findIndex((version) => version.title === title);
  return seen
    .map((version) => {
      const declared = last.find(({ title }) => title === version.title);
      return declared ? keepVersion(version, declared) : version;
    })
    .toSorted((a, b) => (place(a.title) + 1 || Infinity) - (place(b.title) + 1 || Infinity) || 0);
}

function keepVersion(seen: AmiVersionSpec, last: AmiVersionSpec): AmiVersionSpec {
  const { scanningPort, ...image } = seen.image;
  const isDefault = last.image.scanningPort === undefined && scanningPort === 22;
  const version = { ...seen, image: isDefault ? image : seen.image };
  return Object.fromEntries(
    Object.entries(version).map(([name, value]) => {
      const declared = last[name as keyof AmiVersionSpec];
      return [name, same(value, declared) ? declared : value];
    }),
  ) as unknown as AmiVersionSpec;
}

function keepPricing(seen: ListingPricing, last: ListingPricing): ListingPricing {
  const { currency, ...rest } = { currency: undefined, ...seen };
  const isDefault = !("currency" in last && last.currency !== undefined) && (currency ?? "USD") === "USD";
  const now = isDefault ? rest : seen;
  // Prices that are all 0 look like those of a free listing.
  if (now.model === "free" && last.model === "usage" && allZero(last)) return last;
  return keepAmounts(now, last) as ListingPricing;
}

function allZero({
  hourly,
  annual,
  monthly,
  freeTrial,
  metered,
}: Extract<ListingPricing, { model: "usage" }>): boolean {
  const others = annual !== undefined || monthly !== undefined || freeTrial !== undefined || metered !== undefined;
  return !others && Object.values(hourly ?? {}).every((price) => isAmount(price) && plainAmount(price) === "0");
}

/** Member by member, whatever is the same amount keeps the way it was written. */
function keepAmounts(now: unknown, last: unknown): unknown {
  if (same(plainAmounts(now), plainAmounts(last))) return last;
  if (!isRecord(now) || !isRecord(last)) return now;
  const names = [...Object.keys(last), ...Object.keys(now)].filter((name) => Object.hasOwn(now, name));
  return Object.fromEntries([...new Set(names)].map((name) => [name, keepAmounts(now[name], last[name])]));
}

function plainAmounts(value: unknown): unknown {
  if (typeof value === "string") return isAmount(value) ? plainAmount(value) : value;
  if (Array.isArray(value)) return value.map(plainAmounts);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainAmounts(member)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameRecords(
  a: readonly { readonly key: string }[] = [],
  b: readonly { readonly key: string }[] = [],
): boolean {
  return same(a.toSorted(byKey), b.toSorted(byKey));
}

function byKey(left: { readonly key: string }, right: { readonly key: string }): number {
  return left.key < right.key ? -1 : 1;
}

function sameEula(a: ListingEula, b: ListingEula | undefined): boolean {
  const newest = newestStandardContract["StandardEula"];
  const whole = (eula: ListingEula | undefined) => (eula?.type === "standard" ? { version: newest, ...eula } : eula);
  return same(whole(a), whole(b));
}
