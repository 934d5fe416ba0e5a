import { type Amount, shareOfAmount } from "../money";
import { type AcceptedTerm, termOf } from "./accepted-term";
import { after, type Span } from "./term-length";

/** A month of an agreement, or the part of one that its end leaves, and what that costs when it is over. */
export interface Month {
  readonly from: string;
  /** When it is over, and so falls due. */
  readonly to: string;
  readonly amount: Amount;
}

/**
 * The month of an agreement that begins at a moment, where there is a price by the month. It is charged at its end (AWS
 * Marketplace Agreement API, RecurringPaymentTerm). Months are counted from the agreement's start, so that one from the
 * 31st ends on the last day of a shorter month and the next on the 31st again.
 */
export function monthFrom(terms: readonly AcceptedTerm[], from: string, { start, end }: Span): Month | undefined {
  const price = termOf(terms, "RecurringPaymentTerm")?.term.Price;
  const to = after(start, `P${monthsBetween(start, from) + 1}M`);
  if (price === undefined || to === undefined || (end !== undefined && end <= from)) return undefined;
  const month = { from, to, amount: price };
  return end === undefined || end >= to ? month : cutShort(month, end);
}

/**
 * A month that an agreement's end cuts short: the price of the days until then, a day begun counts. Undefined where
 * nothing is left of it. (AWS re:Post, "How do I terminate instances in my AWS Marketplace subscription and cancel the
 * subscription?": a prorated amount of the monthly fee.)
 */
export function cutShort<M extends Month>(month: M, end: string): M | undefined {
  if (end <= month.from) return undefined;
  if (end >= month.to) return month;
  const amount = shareOfAmount(month.amount, daysBetween(month.from, end), daysBetween(month.from, month.to));
  return { ...month, to: end, amount };
}

function monthsBetween(start: string, at: string): number {
  const [from, to] = [new Date(start), new Date(at)];
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
}

function daysBetween(from: string, to: string): number {
  return Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000));
}
