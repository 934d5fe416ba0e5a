import type {
  AcceptAgreementCancellationRequestInput,
  AgreementCancellationRequestReasonCode,
  CancelAgreementCancellationRequestInput,
  GetAgreementCancellationRequestInput,
  ListAgreementCancellationRequestsInput,
  RejectAgreementCancellationRequestInput,
  SendAgreementCancellationRequestInput,
} from "@aws-sdk/client-marketplace-agreement";
import { newEntityId } from "../catalog/ids";
import type { Context, Market } from "../service";
import { agreementAs, agreementsIn, PURCHASE, refuseInactive } from "./agreements";
import { once } from "./idempotency";
import { endAgreement } from "./life";
import { agreementOnTopOf, refuseWhileAddedTo } from "./other-agreements";
import { conflict } from "./refusals";
import { type SellerRequest, SellerRequests } from "./seller-requests";
import { putOnCalendar } from "./timekeeper";

/** A seller's wish to end an agreement before its time. */
interface CancellationRequest extends SellerRequest {
  readonly reasonCode: AgreementCancellationRequestReasonCode;
  readonly description?: string;
}

const KIND = "AgreementCancellationRequest";
const requests = new SellerRequests<CancellationRequest>(KIND, "agreement.cancellation-requests");

/** How long the buyer has to answer; AWS Marketplace Buyer Guide, "Cancellation and billing adjustment events". */
const TO_ANSWER = 7 * 86_400_000;

/**
 * Asks the buyer; one request at a time about an agreement that is in force and that no other one adds to. Where the
 * buyer does not answer in seven days, the agreement is cancelled.
 */
export function sendAgreementCancellationRequest(ctx: Context, request: SendAgreementCancellationRequestInput): object {
  const { market } = ctx;
  const { agreementId, reasonCode = "OTHER", description } = request;
  const agreement = agreementAs(ctx, "Proposer", agreementId);
  const id = once(ctx, "SendAgreementCancellationRequest", request, KIND, () => {
    refuseInactive(agreement);
    refuseWhileAddedTo(market.store, agreement);
    const open = requests.of(market.store, agreement.id).find(({ status }) => status === "PENDING_APPROVAL");
    if (open !== undefined) throw conflict(KIND, open.id, `Request ${open.id} is still waiting for the buyer.`);
    const asked = market.clock.now();
    const now = asked.toISOString();
    const made: CancellationRequest = {
      id: newEntityId("acr"),
      agreementId: agreement.id,
      status: "PENDING_APPROVAL",
      reasonCode,
      ...(description !== undefined && { description }),
      createdAt: now,
      updatedAt: now,
    };
    requests.put(market.store, made);
    const expiry = new Date(asked.getTime() + TO_ANSWER).toISOString();
    putOnCalendar(market, expiry, { event: "cancellation-expiry", id: `${made.agreementId}/${made.id}` });
    return made.id;
  });
  return shown(requests.get(ctx, agreement.id, id));
}

export function getAgreementCancellationRequest(ctx: Context, request: GetAgreementCancellationRequestInput): object {
  return shown(requests.get(ctx, request.agreementId, request.agreementCancellationRequestId));
}

export function listAgreementCancellationRequests(
  ctx: Context,
  request: ListAgreementCancellationRequestsInput,
): object {
  const { items, nextToken } = requests.list(ctx, "ListAgreementCancellationRequests", request);
  const summaries = items.map((one) => ({ ...shown(one), agreementType: PURCHASE, catalog: "AWSMarketplace" }));
  return { items: summaries, nextToken };
}

/** The buyer agrees, which ends the agreement. */
export function acceptAgreementCancellationRequest(
  ctx: Context,
  { agreementId, agreementCancellationRequestId: id }: AcceptAgreementCancellationRequestInput,
): object {
  const agreement = agreementAs(ctx, "Acceptor", agreementId);
  const request = requests.get(ctx, agreementId, id);
  if (request.status === "PENDING_APPROVAL") refuseWhileAddedTo(ctx.market.store, agreement);
  const approved = requests.move(ctx.market, request, "approve");
  if (endAgreement(ctx.market, agreement, "cancel") === undefined) {
    throw conflict("Agreement", agreement.id, `Agreement ${agreement.id} is ${agreement.status} already.`);
  }
  return shown(approved);
}

/**
 * A buyer who has not answered in time has agreed. What the buyer has added another agreement to meanwhile waits for an
 * answer: it cannot be cancelled before that one.
 */
export function approveUnanswered(market: Market, key: string, at: string): void {
  const request = requests.find(market.store, key);
  const agreement = request && agreementsIn(market.store).get(request.agreementId);
  if (request?.status !== "PENDING_APPROVAL" || agreement?.status !== "ACTIVE") return;
  if (agreementOnTopOf(market.store, agreement) !== undefined) return;
  requests.move(market, request, "approve", { updatedAt: at });
  endAgreement(market, agreement, "cancel", at);
}

export function rejectAgreementCancellationRequest(
  ctx: Context,
  { agreementId, agreementCancellationRequestId: id, rejectionReason }: RejectAgreementCancellationRequestInput,
): object {
  agreementAs(ctx, "Acceptor", agreementId);
  const request = requests.get(ctx, agreementId, id);
  return shown(requests.move(ctx.market, request, "reject", { statusMessage: rejectionReason }));
}

/** The seller thinks better of it. */
export function cancelAgreementCancellationRequest(
  ctx: Context,
  { agreementId, agreementCancellationRequestId: id, cancellationReason }: CancelAgreementCancellationRequestInput,
): object {
  agreementAs(ctx, "Proposer", agreementId);
  const request = requests.get(ctx, agreementId, id);
  return shown(requests.move(ctx.market, request, "cancel", { statusMessage: cancellationReason }));
}

function shown({ id, createdAt, updatedAt, ...rest }: CancellationRequest): object {
  return {
    ...rest,
    agreementCancellationRequestId: id,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}
