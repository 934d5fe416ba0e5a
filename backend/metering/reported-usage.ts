import { type BillingPeriod, billingPeriodOf } from "../../marketplace/metering/billing-period";
import { grantOf, trialGrant } from "../../marketplace/metering/free-trial";
import { beyondGrant } from "../../marketplace/metering/usage-lines";
import type { StoredAgreement } from "../agreement/agreements";
import type { Store, Table } from "../storage/store";

/** What was reported of a dimension under an agreement in a billing period, all records together. */
interface Reported {
  readonly quantity: number;
  /** What was used within a free trial that grants the dimension. */
  readonly onTrial: number;
}

/** By `AGREEMENT/PERIOD/DIMENSION`. */
const reported = (store: Store): Table<Reported> => store.table("metering.reported");

/** Adds usage to what its agreement will charge: once for each record. */
export function addReportedUsage(
  store: Store,
  agreement: StoredAgreement,
  usage: { readonly dimension: string; readonly quantity: number; readonly at: string },
): void {
  const key = `${agreement.id}/${billingPeriodOf(usage.at)}/${usage.dimension}`;
  const { quantity, onTrial } = reported(store).get(key) ?? { quantity: 0, onTrial: 0 };
  reported(store).put(
    key,
    trialGrant(agreement, usage.dimension, usage.at) !== undefined
      ? { quantity, onTrial: onTrial + usage.quantity }
      : { quantity: quantity + usage.quantity, onTrial },
  );
}

/** How much of each dimension a period's charge is for: what a free trial grants is left out. */
export function reportedUsage(
  store: Store,
  agreement: StoredAgreement,
  period: BillingPeriod,
): ReadonlyMap<string, number> {
  const usage = new Map<string, number>();
  const trialBefore = new Map<string, number>();
  for (const [key, { quantity, onTrial }] of reported(store).list(`${agreement.id}/`)) {
    const [, when = "", ...rest] = key.split("/");
    const dimension = rest.join("/");
    const before = trialBefore.get(dimension) ?? 0;
    if (when < period) trialBefore.set(dimension, before + onTrial);
    if (when !== period) continue;
    const beyond = beyondGrant(before, onTrial, grantOf(agreement.terms, dimension)?.MaxQuantity);
    usage.set(dimension, quantity + beyond);
  }
  return usage;
}
