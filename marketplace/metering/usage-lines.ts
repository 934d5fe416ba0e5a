import { addAmounts, type Amount, isZero, multiplyAmount } from "../money";
import type { Rate } from "../changes/offer/terms";

/** What was used of a dimension in a billing period, and what it costs. */
export interface UsageLine {
  readonly dimension: string;
  readonly quantity: number;
  /** Of one unit. */
  readonly price: Amount;
  readonly amount: Amount;
}

/** Usage at its prices, exactly: what costs nothing, or has no price, leaves no line. */
export function usageLines(quantities: ReadonlyMap<string, number>, rates: readonly Rate[]): UsageLine[] {
  return rates
    .map(({ DimensionKey: dimension, Price: price }) => {
      const quantity = quantities.get(dimension) ?? 0;
      return { dimension, quantity, price, amount: multiplyAmount(price, quantity) };
    })
    .filter(({ amount }) => !isZero(amount));
}

export function totalOf(lines: readonly UsageLine[]): Amount {
  return lines.reduce((sum, { amount }) => addAmounts(sum, amount), "0");
}

/** What a free trial does not cover of usage, where so much of the grant was used before; without a limit, nothing. */
export function beyondGrant(before: number, quantity: number, most: number | undefined): number {
  if (most === undefined) return 0;
  return Math.max(0, before + quantity - most) - Math.max(0, before - most);
}
