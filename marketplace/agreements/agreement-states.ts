/** AWS Marketplace Agreement API, AgreementStatus. */
export type AgreementStatus = "ACTIVE" | "CANCELLED" | "EXPIRED" | "RENEWED" | "REPLACED" | "TERMINATED";

/** What can happen to an agreement. */
export type AgreementEvent = "cancel" | "expire" | "renew" | "replace" | "terminate";

const endsAs: Readonly<Record<AgreementEvent, AgreementStatus>> = {
  cancel: "CANCELLED",
  expire: "EXPIRED",
  renew: "RENEWED",
  replace: "REPLACED",
  terminate: "TERMINATED",
};

/** Only an active agreement moves, and it moves once: undefined where the event finds it already ended. */
export function moveAgreement(status: AgreementStatus, event: AgreementEvent): AgreementStatus | undefined {
  return status === "ACTIVE" ? endsAs[event] : undefined;
}

export type EntitlementStatus = "PENDING" | "SCHEDULED" | "PROVISIONED" | "FAILED" | "DEPROVISIONED";

/** Why AWS does not set up what was bought. */
export type EntitlementFailure = "PRODUCT_RESTRICTED";

export interface EntitlementState {
  readonly status: EntitlementStatus;
  readonly reason?: "PROVISIONING_IN_PROGRESS" | "FUTURE_START_DATE" | "AGREEMENT_INACTIVE" | EntitlementFailure;
}

/** The entitlement of an agreement at a moment: AgreementEntitlement, with when it starts and when AWS has set it up. */
export function entitlementAt(
  agreement: {
    readonly status: AgreementStatus;
    readonly start: string;
    readonly provisionedAt: string;
    readonly failure?: EntitlementFailure;
  },
  now: string,
): EntitlementState {
  if (agreement.status !== "ACTIVE") return { status: "DEPROVISIONED", reason: "AGREEMENT_INACTIVE" };
  if (Date.parse(now) < Date.parse(agreement.start)) return { status: "SCHEDULED", reason: "FUTURE_START_DATE" };
  if (Date.parse(now) < Date.parse(agreement.provisionedAt)) {
    return { status: "PENDING", reason: "PROVISIONING_IN_PROGRESS" };
  }
  return agreement.failure === undefined ? { status: "PROVISIONED" } : { status: "FAILED", reason: agreement.failure };
}
