import type { BillingAdjustmentReasonCode } from "@aws-sdk/client-marketplace-agreement";
import type { Store, Table } from "../storage/store";

/** A seller's request to take something off an invoice. */
export interface Adjustment {
  readonly id: string;
  readonly agreementId: string;
  readonly originalInvoiceId: string;
  readonly adjustmentAmount: string;
  readonly currencyCode: string;
  readonly adjustmentReasonCode: BillingAdjustmentReasonCode;
  readonly description?: string;
  readonly status: "PENDING" | "VALIDATION_FAILED" | "COMPLETED";
  readonly statusMessage?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** By `agreementId/id`. */
export function adjustmentsIn(store: Store): Table<Adjustment> {
  return store.table("agreement.billing-adjustments");
}

export function adjustmentsOf(store: Store, agreementId: string): Adjustment[] {
  return [...adjustmentsIn(store).list(`${agreementId}/`)].map(([, adjustment]) => adjustment);
}

export function completedAdjustments(store: Store, agreementId: string): Adjustment[] {
  return adjustmentsOf(store, agreementId).filter(({ status }) => status === "COMPLETED");
}
