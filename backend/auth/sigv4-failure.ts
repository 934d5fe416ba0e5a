/** Why a signature proves nobody. Each service has codes of its own for these. */
export type FailureReason =
  | "missing"
  | "incomplete"
  | "malformed-parameters"
  | "unknown-key"
  | "inactive-key"
  | "wrong-token"
  | "expired-token"
  | "mismatch"
  | "skewed"
  | "expired-request"
  | "unsigned-headers"
  | "wrong-payload-hash"
  | "no-payload-hash";

export class AuthenticationFailure extends Error {
  override name = "AuthenticationFailure";

  constructor(
    readonly reason: FailureReason,
    message: string,
    /** What S3 adds for the person who debugs a signature. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
