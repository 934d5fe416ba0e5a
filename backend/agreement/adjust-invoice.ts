import type { BatchCreateBillingAdjustmentRequestEntry } from "@aws-sdk/client-marketplace-agreement";
import { money } from "../../marketplace/agreements/quote";
import { checkAmount, compareAmounts, isZero, minorDigits, takeFromAmount } from "../../marketplace/money";
import { newEntityId } from "../catalog/ids";
import { sellerOf } from "../sellers";
import type { Context, Market } from "../service";
import { type Adjustment, adjustmentsIn, adjustmentsOf } from "./adjustments";
import { agreementsIn, type StoredAgreement } from "./agreements";
import { invoicesOf } from "./invoices";
import { conflict, notFound, wrong } from "./refusals";
import { putOnCalendar } from "./timekeeper";

/** How long AWS takes over an adjustment, about. */
const PROCESSING = 60_000;

/**
 * Requests that something is taken off an invoice, for its seller: at most what is left of it, and one request at a time
 * (AWS Marketplace Seller Guide, "Refunds and cancellations in AWS Marketplace").
 *
 * @returns the request's id.
 */
export function adjustInvoice(
  { market }: Context,
  agreement: StoredAgreement,
  entry: BatchCreateBillingAdjustmentRequestEntry,
): string {
  checkEntry(market, agreement, entry);
  const { originalInvoiceId = "", adjustmentAmount = "", currencyCode = "", adjustmentReasonCode = "OTHER" } = entry;
  const now = market.clock.now();
  const adjustment: Adjustment = {
    id: newEntityId("ba"),
    agreementId: agreement.id,
    originalInvoiceId,
    adjustmentAmount,
    currencyCode,
    adjustmentReasonCode,
    ...(entry.description !== undefined && { description: entry.description }),
    status: "PENDING",
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
  const key = `${agreement.id}/${adjustment.id}`;
  adjustmentsIn(market.store).put(key, adjustment);
  const done = new Date(now.getTime() + (market.latency === "none" ? 0 : PROCESSING));
  putOnCalendar(market, done.toISOString(), { event: "adjustment", id: key });
  return adjustment.id;
}

function checkEntry(
  market: Market,
  agreement: StoredAgreement,
  { originalInvoiceId = "", adjustmentAmount = "", ...entry }: BatchCreateBillingAdjustmentRequestEntry,
): void {
  const invoice = invoicesOf(market, agreement.id).find(({ invoiceId }) => invoiceId === originalInvoiceId);
  if (invoice?.type !== "INVOICE") throw notFound("Invoice", originalInvoiceId);
  const [problem] = checkAmount(adjustmentAmount, "adjustmentAmount", minorDigits(invoice.currency));
  if (problem !== undefined) throw wrong("INVALID_ADJUSTMENT_AMOUNT", "adjustmentAmount", problem.message);
  if (isZero(adjustmentAmount)) {
    throw wrong("INVALID_ADJUSTMENT_AMOUNT", "adjustmentAmount", "An adjustment is more than zero.");
  }
  if (entry.currencyCode !== invoice.currency) {
    throw wrong("INVALID_CURRENCY_CODE", "currencyCode", `Invoice ${originalInvoiceId} is in ${invoice.currency}.`);
  }
  if (entry.adjustmentReasonCode === "OTHER" && entry.description === undefined) {
    throw wrong("MISSING_DESCRIPTION", "description", "The reason OTHER needs a description.");
  }
  const pending = adjustmentsOf(market.store, agreement.id).find(
    (one) => one.originalInvoiceId === originalInvoiceId && one.status === "PENDING",
  );
  const left = takeFromAmount(invoice.left, pending?.adjustmentAmount ?? "0");
  if (compareAmounts(adjustmentAmount, left) > 0) {
    const message = `No more than ${money(left)} can be taken off invoice ${originalInvoiceId}.`;
    throw wrong("EXCEEDED_MAXIMUM_ADJUSTMENT_AMOUNT", "adjustmentAmount", message);
  }
  if (pending === undefined) return;
  const message = `Adjustment ${pending.id} of invoice ${originalInvoiceId} is being processed. Wait until it is done.`;
  throw conflict("BillingAdjustmentRequest", pending.id, message);
}

/** Writes the credit memo, unless the seller may no longer take money: then there is nothing to give back from. */
export function settleAdjustment(market: Market, key: string): void {
  const adjustment = adjustmentsIn(market.store).get(key);
  const agreement = adjustment && agreementsIn(market.store).get(adjustment.agreementId);
  if (adjustment?.status !== "PENDING" || agreement === undefined) return;
  const updatedAt = market.clock.now().toISOString();
  const maySettle = sellerOf(market.store, agreement.proposer)?.maySell.includes("paid") === true;
  const outcome = maySettle
    ? ({ status: "COMPLETED" } as const)
    : ({
        status: "VALIDATION_FAILED",
        statusMessage: `Account ${agreement.proposer} may not sell paid products at present. Complete its registration.`,
      } as const);
  adjustmentsIn(market.store).put(key, { ...adjustment, ...outcome, updatedAt });
}
