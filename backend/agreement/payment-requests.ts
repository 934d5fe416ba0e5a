import type {
  AcceptAgreementPaymentRequestInput,
  CancelAgreementPaymentRequestInput,
  GetAgreementPaymentRequestInput,
  ListAgreementPaymentRequestsInput,
  RejectAgreementPaymentRequestInput,
  SendAgreementPaymentRequestInput,
} from "@aws-sdk/client-marketplace-agreement";
import { type AcceptedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { after } from "../../marketplace/agreements/term-length";
import { addAmounts, compareAmounts, isAmount, isZero } from "../../marketplace/money";
import { newEntityId } from "../catalog/ids";
import type { Context, Market } from "../service";
import { agreementAs, agreementsIn, type StoredAgreement } from "./agreements";
import { once } from "./idempotency";
import { bookCharges } from "./life";
import { wrong } from "./refusals";
import { type SellerRequest, SellerRequests } from "./seller-requests";
import { putOnCalendar } from "./timekeeper";

/** A seller's request for a part of what a VariablePaymentTerm allows. */
interface PaymentRequest extends SellerRequest {
  readonly termId: string;
  readonly name: string;
  readonly description?: string;
  readonly chargeAmount: string;
  readonly currencyCode: string;
  /** Once approved. */
  readonly chargeId?: string;
}

const requests = new SellerRequests<PaymentRequest>("PaymentRequest", "agreement.payment-requests");

/** Asks for a payment. It is checked against what is left of the term's total before the buyer sees it. */
export function sendAgreementPaymentRequest(ctx: Context, request: SendAgreementPaymentRequestInput): object {
  const { market } = ctx;
  const { agreementId, termId = "", name = "", description, chargeAmount = "" } = request;
  const agreement = agreementAs(ctx, "Proposer", agreementId);
  const id = once(ctx, "SendAgreementPaymentRequest", request, "PaymentRequest", () => {
    if (agreement.status !== "ACTIVE") {
      throw wrong("INACTIVE_AGREEMENT", "agreementId", `Agreement ${agreement.id} is ${agreement.status}.`);
    }
    const variable = variableTerm(agreement);
    if (variable?.id !== termId) {
      throw wrong("INVALID_TERM_ID", "termId", `Agreement ${agreement.id} has no VariablePaymentTerm ${termId}.`);
    }
    if (!isAmount(chargeAmount) || isZero(chargeAmount)) {
      throw wrong("INVALID_CHARGE_AMOUNT", "chargeAmount", "A charge is a decimal number above zero, like 100.00.");
    }
    const now = market.clock.now().toISOString();
    const made: PaymentRequest = {
      id: newEntityId("pr"),
      agreementId: agreement.id,
      status: "VALIDATING",
      termId,
      name,
      ...(description !== undefined && { description }),
      chargeAmount,
      currencyCode: variable.term.CurrencyCode,
      createdAt: now,
      updatedAt: now,
    };
    requests.put(market.store, made);
    putOnCalendar(market, now, { event: "payment-check", id: `${made.agreementId}/${made.id}` });
    return made.id;
  });
  return shown(requests.get(ctx, agreement.id, id));
}

/** Whether there is still so much to ask for; if so the buyer may answer, for as long as was agreed on. */
export function checkPayment(market: Market, key: string): void {
  const request = requests.find(market.store, key);
  const agreement = request && agreementsIn(market.store).get(request.agreementId);
  const variable = agreement && variableTerm(agreement);
  if (request?.status !== "VALIDATING" || agreement === undefined || variable === undefined) return;
  const claimed = requests
    .of(market.store, agreement.id)
    .filter(({ status }) => status === "PENDING_APPROVAL" || status === "APPROVED")
    .reduce((sum, one) => addAmounts(sum, one.chargeAmount), request.chargeAmount);
  if (agreement.status !== "ACTIVE" || compareAmounts(claimed, variable.term.MaxTotalChargeAmount) > 0) {
    const statusMessage =
      agreement.status === "ACTIVE"
        ? `All requests together would come to ${claimed}, more than the ${variable.term.MaxTotalChargeAmount} agreed on.`
        : `Agreement ${agreement.id} is ${agreement.status}.`;
    requests.move(market, request, "fail", { statusMessage });
    return;
  }
  requests.move(market, request, "validate");
  const { paymentRequestApprovalStrategy: strategy, expirationDuration = "P10D" } = variable.variable ?? {};
  const expiry = after(market.clock.now().toISOString(), expirationDuration);
  if (strategy === "AUTO_APPROVE_ON_EXPIRATION" && expiry !== undefined) {
    putOnCalendar(market, expiry, { event: "payment-expiry", id: key });
  }
}

/** A buyer who has not answered in time has agreed, where that was the strategy. */
export function expirePayment(market: Market, key: string): void {
  const request = requests.find(market.store, key);
  const agreement = request && agreementsIn(market.store).get(request.agreementId);
  if (request?.status === "PENDING_APPROVAL" && agreement?.status === "ACTIVE") approve(market, agreement, request);
}

export function getAgreementPaymentRequest(ctx: Context, request: GetAgreementPaymentRequestInput): object {
  return shown(requests.get(ctx, request.agreementId, request.paymentRequestId));
}

export function listAgreementPaymentRequests(ctx: Context, request: ListAgreementPaymentRequestsInput): object {
  const { items, nextToken } = requests.list(ctx, "ListAgreementPaymentRequests", request);
  return { items: items.map(shown), nextToken };
}

export function acceptAgreementPaymentRequest(
  ctx: Context,
  { agreementId, paymentRequestId, purchaseOrderReference }: AcceptAgreementPaymentRequestInput,
): object {
  const agreement = agreementAs(ctx, "Acceptor", agreementId);
  const request = requests.get(ctx, agreementId, paymentRequestId);
  return shown(approve(ctx.market, agreement, request, purchaseOrderReference));
}

export function rejectAgreementPaymentRequest(
  ctx: Context,
  { agreementId, paymentRequestId, rejectionReason }: RejectAgreementPaymentRequestInput,
): object {
  agreementAs(ctx, "Acceptor", agreementId);
  const more = rejectionReason === undefined ? {} : { statusMessage: rejectionReason };
  return shown(requests.move(ctx.market, requests.get(ctx, agreementId, paymentRequestId), "reject", more));
}

export function cancelAgreementPaymentRequest(
  ctx: Context,
  { agreementId, paymentRequestId }: CancelAgreementPaymentRequestInput,
): object {
  agreementAs(ctx, "Proposer", agreementId);
  return shown(requests.move(ctx.market, requests.get(ctx, agreementId, paymentRequestId), "cancel"));
}

function approve(market: Market, agreement: StoredAgreement, request: PaymentRequest, order = ""): PaymentRequest {
  const chargeId = newEntityId("ch");
  const approved = requests.move(market, request, "approve", { chargeId });
  const charge = { id: chargeId, amount: request.chargeAmount, timing: "ON_ACCEPTANCE" } as const;
  bookCharges(market, agreement, [charge], new Map([[chargeId, order]]));
  return approved;
}

function variableTerm({ terms }: StoredAgreement) {
  return termOf<AcceptedTerm, "VariablePaymentTerm">(terms, "VariablePaymentTerm");
}

function shown({ id, createdAt, updatedAt, ...rest }: PaymentRequest): object {
  return { ...rest, paymentRequestId: id, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}
