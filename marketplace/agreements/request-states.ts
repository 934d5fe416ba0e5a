/** What a seller asks of a buyer under an agreement: a payment, or to end it. AWS Marketplace Agreement API, PaymentRequestStatus. */
export type RequestStatus =
  "VALIDATING" | "VALIDATION_FAILED" | "PENDING_APPROVAL" | "APPROVED" | "REJECTED" | "CANCELLED";

export type RequestEvent = "validate" | "fail" | "approve" | "reject" | "cancel";

const moves: Readonly<Record<string, RequestStatus>> = {
  "VALIDATING/validate": "PENDING_APPROVAL",
  "VALIDATING/fail": "VALIDATION_FAILED",
  "PENDING_APPROVAL/approve": "APPROVED",
  "PENDING_APPROVAL/reject": "REJECTED",
  "PENDING_APPROVAL/cancel": "CANCELLED",
};

/** Where the event leads; undefined where the request is not in a state for it, which is a ConflictException. */
export function moveRequest(status: RequestStatus, event: RequestEvent): RequestStatus | undefined {
  return moves[`${status}/${event}`];
}
