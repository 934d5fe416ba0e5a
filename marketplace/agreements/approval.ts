import type { Problem } from "../problem";
import type { VariablePaymentChoice } from "./accepted-term";

const HOUR = 3_600_000;

/** How long the payment requests of an agreement stay open before time approves them; undefined where it never does. */
export function approvedAfter(choice: VariablePaymentChoice | undefined): number | undefined {
  if (choice?.paymentRequestApprovalStrategy !== "AUTO_APPROVE_ON_EXPIRATION") return undefined;
  return millisecondsOf(choice.expirationDuration ?? "");
}

/** By time alone a request is approved after some time: AWS Marketplace Agreement API, VariablePaymentTermConfiguration. */
export function checkApproval(choice: VariablePaymentChoice, path: string): Problem[] {
  const { paymentRequestApprovalStrategy: strategy, expirationDuration } = choice;
  if (strategy !== "AUTO_APPROVE_ON_EXPIRATION" || approvedAfter(choice) !== undefined) return [];
  const missing = expirationDuration === undefined;
  const code = missing ? "MISSING_REQUESTED_TERM_CONFIGURATION" : "INVALID_REQUESTED_TERM_CONFIGURATION";
  const message = missing
    ? "Say after how long requests are approved without an answer: P10D, for ten days."
    : `${expirationDuration} is no time to come. Give days and hours: P10D, PT12H.`;
  return [{ code, path: `${path}.expirationDuration`, message }];
}

/** Days, hours, minutes and seconds of an ISO 8601 duration, where they come to more than nothing: `P1DT12H`. */
function millisecondsOf(duration: string): number | undefined {
  const parts =
    /^\+?P(?:\+?(\d{1,5})D)?(?:T(?:\+?(\d{1,6})H)?(?:\+?(\d{1,7})M)?(?:\+?(\d{1,9})(?:[.,]\d{0,9})?S)?)?$/.exec(
      duration,
    );
  if (parts === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const sum = (days * 24 + hours + minutes / 60 + seconds / 3600) * HOUR;
  return sum > 0 ? Math.round(sum) : undefined;
}
