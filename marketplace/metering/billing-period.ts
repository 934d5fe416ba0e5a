import { LATEST } from "./usage";

/** A calendar month in UTC, `2026-03`: AWS Marketplace Buyer Guide, "Paying for products". */
export type BillingPeriod = string;

/** A stretch of time from its first moment until before its last, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What two stretches have in common; an empty one where that is nothing. */
export function overlap(a: Stretch, b: Stretch): Stretch {
  const from = Math.max(a.from, b.from);
  return { from, to: Math.max(from, Math.min(a.to, b.to)) };
}

/** The period in which a moment lies; RFC 3339 in UTC. */
export function billingPeriodOf(moment: string): BillingPeriod {
  return moment.slice(0, 7);
}

/** `2026-12` is followed by `2027-01`. */
export function periodAfter(period: BillingPeriod): BillingPeriod {
  return billingPeriodOf(new Date(stretchOf(period).to).toISOString());
}

export function stretchOf(period: BillingPeriod): Stretch {
  const [year = 0, month = 0] = period.split("-").map(Number);
  return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
}

/** When a period's usage is all known: usage of its last hours may be reported a little longer. RFC 3339. */
export function closingOf(period: BillingPeriod): string {
  return new Date(stretchOf(period).to + LATEST).toISOString();
}
