import type {
  BatchCreateBillingAdjustmentError,
  BatchCreateBillingAdjustmentItem,
  BatchCreateBillingAdjustmentRequestInput,
  BatchCreateBillingAdjustmentRequestOutput,
  BillingAdjustmentErrorCode,
  GetBillingAdjustmentRequestInput,
  ListBillingAdjustmentRequestsInput,
} from "@aws-sdk/client-marketplace-agreement";
import { AwsError, type Context } from "../service";
import { adjustInvoice } from "./adjust-invoice";
import { type Adjustment, adjustmentsIn, adjustmentsOf } from "./adjustments";
import { takesInPurchases } from "./agreement-type";
import { agreementAs, agreementsIn, PURCHASE } from "./agreements";
import { once } from "./idempotency";
import { pageOf } from "./pages";
import { notFound, wrong } from "./refusals";

const OPERATION = "BatchCreateBillingAdjustmentRequest";

/** Of one request: AWS Marketplace Seller Guide, "Refunds and cancellations in AWS Marketplace". */
const MOST = 5;

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
  if (entries.length > MOST) {
    const message = `One request takes at most ${MOST} adjustments, not ${entries.length}. Send the rest in further ones.`;
    throw wrong("BILLING_ADJUSTMENTS_LIMIT_EXCEEDED", field, message);
  }
  const items: BatchCreateBillingAdjustmentItem[] = [];
  const errors: BatchCreateBillingAdjustmentError[] = [];
  for (const entry of entries) {
    try {
      const agreement = agreementAs(ctx, "Proposer", entry.agreementId);
      const billingAdjustmentRequestId = once(ctx, OPERATION, entry, "BillingAdjustmentRequest", () =>
        adjustInvoice(ctx, agreement, entry),
      );
      items.push({ billingAdjustmentRequestId, clientToken: entry.clientToken });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === "AccessDeniedException") throw error;
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
  const { agreementId, status, createdAfter, createdBefore } = request;
  const account = ctx.caller.accountId;
  const agreements = takesInPurchases(request) ? agreementsIn(ctx.market.store).of("Proposer", account) : [];
  const found = agreements
    .filter(({ id }) => agreementId === undefined || agreementId === id)
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
