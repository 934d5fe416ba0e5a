import type {
  BatchCreateBillingAdjustmentError,
  BatchCreateBillingAdjustmentItem,
  BatchCreateBillingAdjustmentRequestEntry,
  BatchCreateBillingAdjustmentRequestInput,
  BatchCreateBillingAdjustmentRequestOutput,
  BillingAdjustmentErrorCode,
  GetBillingAdjustmentRequestInput,
  ListBillingAdjustmentRequestsInput,
} from "@aws-sdk/client-marketplace-agreement";
import { addAmounts, compareAmounts, isAmount, isZero } from "../../marketplace/money";
import { newEntityId } from "../catalog/ids";
import { AwsError, type Context, type Market } from "../service";
import { type Adjustment, adjustmentsIn, adjustmentsOf } from "./adjustments";
import { agreementAs, agreementsIn, PURCHASE } from "./agreements";
import { once } from "./idempotency";
import { invoicesOf } from "./invoices";
import { pageOf } from "./pages";
import { notFound, wrong } from "./refusals";
import { putOnCalendar } from "./timekeeper";

/** Requests adjustments of one agreement's invoices. What is wrong with one spoils no other. */
export function batchCreateBillingAdjustmentRequest(
  ctx: Context,
  { billingAdjustmentRequestEntries: entries = [] }: BatchCreateBillingAdjustmentRequestInput,
): BatchCreateBillingAdjustmentRequestOutput {
  const field = "billingAdjustmentRequestEntries";
  if (entries.length === 0) {
    throw wrong("MISSING_BILLING_ADJUSTMENT_REQUEST_ENTRY", field, "Give at least one adjustment.");
  }
  if (new Set(entries.map(({ agreementId }) => agreementId)).size > 1) {
    throw wrong("MULTIPLE_AGREEMENT_IDS", field, "The adjustments of one request are of one agreement.");
  }
  const items: BatchCreateBillingAdjustmentItem[] = [];
  const errors: BatchCreateBillingAdjustmentError[] = [];
  for (const entry of entries) {
    try {
      items.push({ billingAdjustmentRequestId: create(ctx, entry), clientToken: entry.clientToken });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ code: codeOf(error), message: error.message, clientToken: entry.clientToken });
    }
  }
  return { items, errors };
}

const CODES: Readonly<Record<string, BillingAdjustmentErrorCode>> = {
  ConflictException: "CONFLICT_EXCEPTION",
  ResourceNotFoundException: "RESOURCE_NOT_FOUND_EXCEPTION",
};

function codeOf(error: AwsError): BillingAdjustmentErrorCode {
  return CODES[error.code] ?? "VALIDATION_EXCEPTION";
}

function create(ctx: Context, entry: BatchCreateBillingAdjustmentRequestEntry): string {
  return once(ctx, "BatchCreateBillingAdjustmentRequest", entry, "BillingAdjustmentRequest", () => {
    const { market } = ctx;
    const { originalInvoiceId = "", adjustmentAmount = "", currencyCode = "", adjustmentReasonCode = "OTHER" } = entry;
    const agreement = agreementAs(ctx, "Proposer", entry.agreementId);
    const invoice = invoicesOf(market, agreement.id).find(({ invoiceId }) => invoiceId === originalInvoiceId);
    if (invoice?.type !== "INVOICE") throw notFound("Invoice", originalInvoiceId);
    if (!isAmount(adjustmentAmount) || isZero(adjustmentAmount)) {
      throw wrong("INVALID_ADJUSTMENT_AMOUNT", "adjustmentAmount", "An adjustment is a decimal number above zero.");
    }
    if (currencyCode !== invoice.currency) {
      throw wrong("INVALID_CURRENCY_CODE", "currencyCode", `Invoice ${originalInvoiceId} is in ${invoice.currency}.`);
    }
    if (adjustmentReasonCode === "OTHER" && entry.description === undefined) {
      throw wrong("MISSING_DESCRIPTION", "description", "The reason OTHER needs a description.");
    }
    const claimed = adjustmentsOf(market.store, agreement.id)
      .filter((one) => one.originalInvoiceId === originalInvoiceId && one.status === "PENDING")
      .reduce((sum, one) => addAmounts(sum, one.adjustmentAmount), adjustmentAmount);
    if (compareAmounts(claimed, invoice.left) > 0) {
      const message = `No more than ${invoice.left} can be taken off invoice ${originalInvoiceId}.`;
      throw wrong("EXCEEDED_MAXIMUM_ADJUSTMENT_AMOUNT", "adjustmentAmount", message);
    }
    const now = market.clock.now().toISOString();
    const adjustment: Adjustment = {
      id: newEntityId("ba"),
      agreementId: agreement.id,
      originalInvoiceId,
      adjustmentAmount,
      currencyCode,
      adjustmentReasonCode,
      ...(entry.description !== undefined && { description: entry.description }),
      status: "PENDING",
      createdAt: now,
      updatedAt: now,
    };
    const key = `${agreement.id}/${adjustment.id}`;
    adjustmentsIn(market.store).put(key, adjustment);
    putOnCalendar(market, now, { event: "adjustment", id: key });
    return adjustment.id;
  });
}

/** Writes the credit memo: what was asked for is what was left when it was asked for. */
export function completeAdjustment(market: Market, key: string): void {
  const adjustment = adjustmentsIn(market.store).get(key);
  if (adjustment?.status !== "PENDING") return;
  const updatedAt = market.clock.now().toISOString();
  adjustmentsIn(market.store).put(key, { ...adjustment, status: "COMPLETED", updatedAt });
}

export function getBillingAdjustmentRequest(
  ctx: Context,
  { agreementId, billingAdjustmentRequestId: id = "" }: GetBillingAdjustmentRequestInput,
): object {
  const agreement = agreementAs(ctx, "Proposer", agreementId);
  const adjustment = adjustmentsIn(ctx.market.store).get(`${agreement.id}/${id}`);
  if (adjustment === undefined) throw notFound("BillingAdjustmentRequest", id);
  return shown(adjustment);
}

/** The adjustments that the caller asked for as seller, newest first. */
export function listBillingAdjustmentRequests(ctx: Context, request: ListBillingAdjustmentRequestsInput): object {
  const {
    agreementId,
    status,
    createdAfter,
    createdBefore,
    catalog = "AWSMarketplace",
    agreementType = PURCHASE,
  } = request;
  if (catalog !== "AWSMarketplace") throw wrong("INVALID_CATALOG", "catalog", "The only catalog is AWSMarketplace.");
  const account = ctx.caller.accountId;
  const found = agreementsIn(ctx.market.store)
    .of("Proposer", account)
    .filter(({ id }) => (agreementId === undefined || agreementId === id) && agreementType === PURCHASE)
    .flatMap(({ id }) => adjustmentsOf(ctx.market.store, id))
    .filter((one) => status === undefined || one.status === status)
    .filter(({ createdAt }) => createdAfter === undefined || new Date(createdAt) > createdAfter)
    .filter(({ createdAt }) => createdBefore === undefined || new Date(createdAt) < createdBefore);
  const listed = found.map((item) => ({ id: item.id, key: item.createdAt, item }));
  const of = { operation: "ListBillingAdjustmentRequests", account, order: "DESCENDING" } as const;
  const { items, nextToken } = pageOf(listed, request, of);
  const summaries = items.map((one) => ({ ...shown(one), agreementType: PURCHASE, catalog: "AWSMarketplace" }));
  return { items: summaries, nextToken };
}

function shown({ id, createdAt, updatedAt, ...rest }: Adjustment): object {
  return { ...rest, billingAdjustmentRequestId: id, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}
