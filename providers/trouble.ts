/** What an AWS call's error asks of us. */
export type Trouble = "throttled" | "unreachable" | "expired" | "unknown-key" | "denied" | "refused";

const throttling = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "SlowDown",
  "ServiceQuotaExceededException",
]);
const network = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "TimeoutError",
]);
const expiry = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "CredentialsProviderError",
  "TokenProviderError",
]);
const unknownKey = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "AuthFailure",
]);

export function troubleOf(error: unknown): Trouble {
  const words = [nameOf(error), codeOf(error)];
  const any = (set: ReadonlySet<string>) => words.some((word) => set.has(word));
  if (any(throttling)) return "throttled";
  if (any(unknownKey)) return "unknown-key";
  if (any(expiry)) return "expired";
  if (any(network) || statusOf(error) >= 500) return "unreachable";
  if (statusOf(error) === 403) return "denied";
  return "refused";
}

/** The error's name: `ResourceInUseException`. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  // The catalog spells the member with a capital, and Node gives a refused connection no message but a code.
  if ("Message" in error && typeof error.Message === "string") return error.Message;
  return codeOf(error) || error.name;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

function statusOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return 0;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return 0;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : 0;
}
