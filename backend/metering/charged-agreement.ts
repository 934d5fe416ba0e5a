import { hourOf } from "../../marketplace/metering/usage";
import type { StoredAgreement } from "../agreement/agreements";
import { ratesOf } from "../agreement/usage-charges";
import type { Market } from "../service";

/**
 * The agreement that charges usage at a moment, if any: of those that were in force then and have a price for the
 * dimension, the one that was accepted first. Usage is reported by the hour, so an agreement's first hour counts whole.
 */
export function chargedAgreement(
  market: Market,
  agreements: readonly StoredAgreement[],
  { dimension, at }: { readonly dimension: string; readonly at: Date },
): StoredAgreement | undefined {
  return agreements
    .filter((one) => isInForce(one, at) && ratesOf(market, one).some(({ DimensionKey }) => DimensionKey === dimension))
    .toSorted((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1))[0];
}

export function isInForce({ start, end }: StoredAgreement, at: Date): boolean {
  const moment = at.toISOString();
  return hourOf(new Date(start)) <= moment && (end === undefined || moment < end);
}
