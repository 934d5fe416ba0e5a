import { addAmounts, type Amount, compareAmounts, isAmount, isZero, multiplyAmount } from "../money";
import type { ListingPricing } from "./listing";

/** A price that went up. */
export interface PriceRise {
  /** What it is for: `hourly m7i.large`. */
  readonly of: string;
  readonly from: Amount;
  readonly to: Amount;
}

/**
 * Every price of a listing by what it is for: `hourly m7i.large`, `annual m7i.large`, `monthly`, `metered events`,
 * `P365D users`. Free and bring-your-own-license listings have none. Texts that are no amounts are left to the rules of
 * the listing itself.
 */
export function pricesIn(pricing: ListingPricing): ReadonlyMap<string, Amount> {
  switch (pricing.model) {
    case "free":
    case "byol":
      return new Map();
    case "usage":
      return new Map(
        [
          ...named("hourly", pricing.hourly),
          ...named("annual", pricing.annual),
          ...(pricing.monthly === undefined ? [] : [["monthly", pricing.monthly] as const]),
          ...named("metered", pricing.metered),
        ].filter(([, price]) => isAmount(price)),
      );
    case "contract":
      return new Map(
        pricing.durations
          .flatMap(({ duration, prices }) => named(duration, prices))
          .filter(([, price]) => isAmount(price)),
      );
  }
}

/** Whether a buyer pays AWS Marketplace for anything. A license that is bought elsewhere is not paid here. */
export function isPaid(pricing: ListingPricing): boolean {
  return [...pricesIn(pricing).values()].some((price) => !isZero(price));
}

/** The prices that rose by more than a percentage. A price that was zero and is not any more is over every limit. */
export function risesOver(percent: number, before: ListingPricing, after: ListingPricing): PriceRise[] {
  const old = pricesIn(before);
  return [...pricesIn(after)].flatMap(([of, to]) => {
    const from = old.get(of);
    return from !== undefined && exceeds(percent, from, to) ? [{ of, from, to }] : [];
  });
}

/** Exact: a tenth of a cent on a small price is not lost to rounding. */
function exceeds(percent: number, from: Amount, to: Amount): boolean {
  const thousandths = Math.round(percent * 1000);
  const allowed = addAmounts(multiplyAmount(from, 100_000), multiplyAmount(from, thousandths));
  return compareAmounts(multiplyAmount(to, 100_000), allowed) > 0;
}

function named(kind: string, prices: Readonly<Record<string, string>> | undefined): (readonly [string, string])[] {
  return Object.entries(prices ?? {}).map(([key, price]) => [`${kind} ${key}`, price] as const);
}
