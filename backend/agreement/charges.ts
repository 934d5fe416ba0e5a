import { cutShort } from "../../marketplace/agreements/monthly-price";
import { type ExpectedCharge, money } from "../../marketplace/agreements/quote";
import type { BillingPeriod } from "../../marketplace/metering/billing-period";
import type { UsageLine } from "../../marketplace/metering/usage-lines";
import type { Store, Table } from "../storage/store";

/** A charge of an agreement, due or to come. */
export interface Charge {
  readonly id: string;
  /** 1, and one more with each change of its purchase order. */
  readonly revision: number;
  readonly agreementId: string;
  /** The buyer's account. */
  readonly acceptor: string;
  readonly currency: string;
  readonly amount: string;
  /** When it is or was due. */
  readonly time: string;
  readonly purchaseOrder?: string;
  /** Of a charge for a month: when that began; it is due when it is over. */
  readonly monthFrom?: string;
  /** Of a charge for use: when it was used, and what. */
  readonly usage?: { readonly period: BillingPeriod; readonly lines: readonly UsageLine[] };
}

/** An expected charge under the id that it keeps. */
export interface NumberedCharge extends ExpectedCharge {
  readonly id: string;
}

export function chargesIn(store: Store) {
  const byId: Table<Charge> = store.table("agreement.charges");
  const byAgreement: Table<true> = store.table("agreement.charges-by-agreement");
  return {
    get: (id: string) => byId.get(id),
    put(charge: Charge) {
      byId.put(charge.id, charge);
      byAgreement.put(`${charge.agreementId}/${charge.id}`, true);
    },
    /**
     * Calls off what would have fallen due after an agreement's end; what was used until then is still to be paid, and
     * the part of the month that was had.
     */
    callOff(agreementId: string, end: string) {
      for (const charge of this.of(agreementId)) {
        if (charge.usage !== undefined || charge.time <= end) continue;
        const { monthFrom: from, amount, time: to } = charge;
        const had = from === undefined ? undefined : cutShort({ from, to, amount }, end);
        if (had !== undefined) {
          this.put({ ...charge, amount: money(had.amount), time: had.to });
          continue;
        }
        byId.delete(charge.id);
        byAgreement.delete(`${agreementId}/${charge.id}`);
      }
    },
    /** In the order in which they fall due. */
    of(agreementId: string): Charge[] {
      const charges = [...byAgreement.list(`${agreementId}/`)].flatMap(
        ([key]) => byId.get(key.split("/")[1] ?? "") ?? [],
      );
      return charges.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    },
  };
}
