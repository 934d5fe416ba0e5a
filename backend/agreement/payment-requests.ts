import type {
  AcceptAgreementPaymentRequestInput,
  CancelAgreementPaymentRequestInput,
  GetAgreementPaymentRequestInput,
  ListAgreementPaymentRequestsInput,
  RejectAgreementPaymentRequestInput,
  SendAgreementPaymentRequestInput,
} from "@aws-sdk/client-marketplace-agreement";
import { type AcceptedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { approvedAfter } from "../../marketplace/agreements/approval";
import { addAmounts, compareAmounts, isAmount, isZero } from "../../marketplace/money";
import { newEntityId } from "../catalog/ids";
import type { Context, Market } from "../service";
import { agreementAs, agreementsIn, refuseInactive, type StoredAgreement } from "./agreements";
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

/** How long AWS takes to look at a request before the buyer sees it. */
const VALIDATION = 5_000;

/** Asks for a payment of no more than is left of the term's total. The buyer sees it once it has been looked at. */
export function sendAgreementPaymentRequest(ctx: Context, request: SendAgreementPaymentRequestInput): object {
  const { market } = ctx;
  const { agreementId, termId = "", name = "", description, chargeAmount = "" } = request;
  const agreement = agreementAs(ctx, "Proposer", agreementId);
  const id = once(ctx, "SendAgreementPaymentRequest", request, "PaymentRequest", () => {
    refuseInactive(agreement);
    const variable = variableTerm(agreement);
    if (variable?.id !== termId) {
      throw wrong("INVALID_TERM_ID", "termId", `Agreement ${agreement.id} has no VariablePaymentTerm ${termId}.`);
    }
    if (!isAmount(chargeAmount) || isZero(chargeAmount)) {
      throw wrong("INVALID_CHARGE_AMOUNT", "chargeAmount", "A charge is a decimal number above zero, like 100.00.");
    }
    const most = variable.term.MaxTotalChargeAmount;
    const claimed = addAmounts(claimedOf(market, agreement.id), chargeAmount);
    if (compareAmounts(claimed, most) > 0) {
      const message = `All requests together would come to ${claimed}, more than the ${most} agreed on.`;
      throw wrong("INVALID_CHARGE_AMOUNT", "chargeAmount", message);
    }
    const now = market.clock.now();
    const made: PaymentRequest = {
      id: newEntityId("pr"),
      agreementId: agreement.id,
      status: "VALIDATING",
      termId,
      name,
      ...(description !== undefined && { description }),
      chargeAmount,
      currencyCode: variable.term.CurrencyCode,
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
    };
    requests.put(market.store, made);
    const key = `${made.agreementId}/${made.id}`;
    if (market.latency === "none") checkPayment(market, key);
    else putOnCalendar(market, new Date(now.getTime() + VALIDATION).toISOString(), { event: "payment-check", id: key });
    return made.id;
  });
  return shown(requests.get(ctx, agreement.id, id));
}

/** What is asked for and may yet be charged, or has been. */
function claimedOf({ store }: Market, agreementId: string): string {
  return requests
    .of(store, agreementId)
    .filter(({ status }) => status === "VALIDATING" || status === "PENDING_APPROVAL" || status === "APPROVED")
    .reduce((sum, one) => addAmounts(sum, one.chargeAmount), "0");
}

/** Lets the buyer answer a request, for as long as was agreed on, unless the agreement has ended since it was sent. */
export function checkPayment(market: Market, key: string): void {
  const request = requests.find(market.store, key);
  const agreement = request && agreementsIn(market.store).get(request.agreementId);
  if (request?.status !== "VALIDATING" || agreement === undefined) return;
  if (agreement.status !== "ACTIVE") {
    requests.move(market, request, "fail", { statusMessage: `Agreement ${agreement.id} is ${agreement.status}.` });
    return;
  }
  requests.move(market, request, "validate");
  const open = approvedAfter(variableTerm(agreement)?.variable);
  if (open === undefined) return;
  const expiry = new Date(market.clock.now().getTime() + open).toISOString();
  putOnCalendar(market, expiry, { event: "payment-expiry", id: key });
}

/** A buyer who has not answered in time has agreed, where that was the strategy. */
export function expirePayment(market: Market, key: string, at: string): void {
  const request = requests.find(market.store, key);
  const agreement = request && agreementsIn(market.store).get(request.agreementId);
  if (request?.status === "PENDING_APPROVAL" && agreement?.status === "ACTIVE") {
    approve(market, agreement, request, { at });
  }
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
  if (request.status === "PENDING_APPROVAL") refuseInactive(agreement);
  return shown(approve(ctx.market, agreement, request, { order: purchaseOrderReference }));
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

interface Approval {
  readonly order?: string | undefined;
  /** When it was approved: now, where nothing is said. */
  readonly at?: string;
}

function approve(
  market: Market,
  agreement: StoredAgreement,
  request: PaymentRequest,
  { order = "", at = market.clock.now().toISOString() }: Approval,
): PaymentRequest {
  const chargeId = newEntityId("ch");
  const approved = requests.move(market, request, "approve", { chargeId, updatedAt: at });
  const charge = { id: chargeId, amount: request.chargeAmount, timing: "ON_ACCEPTANCE" } as const;
  bookCharges(market, agreement, [charge], new Map([[chargeId, order]]), at);
  return approved;
}

function variableTerm({ terms }: StoredAgreement) {
  return termOf<AcceptedTerm, "VariablePaymentTerm">(terms, "VariablePaymentTerm");
}

function shown({ id, createdAt, updatedAt, ...rest }: PaymentRequest): object {
  return { ...rest, paymentRequestId: id, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}
