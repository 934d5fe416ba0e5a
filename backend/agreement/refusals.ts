import type { Problem } from "../../marketplace/problem";
import { AwsError } from "../service";

/** What a request of the Agreement service can be about. */
export type ResourceType =
  | "Agreement"
  | "AgreementRequest"
  | "AgreementProposal"
  | "Charge"
  | "PaymentRequest"
  | "Invoice"
  | "AgreementCancellationRequest"
  | "BillingAdjustmentRequest";

/** The longest message that an error of the service carries. */
const LONGEST = 1024;

/** 400: the first problem is the reason, and what is said in all unless there is more to say; each names its field. */
export function invalid(problems: readonly [Problem, ...Problem[]], message = problems[0].message): AwsError {
  const [{ code }] = problems;
  const fields = problems
    .filter(({ path }) => path !== "")
    .map(({ path, message: said }) => ({ name: path, message: said }));
  return refusal("ValidationException", 400, message, { reason: code, ...(fields.length > 0 && { fields }) });
}

/** Goes on only where nothing is wrong. */
export function refuseIfAny(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw invalid([first, ...rest]);
}

/** 400 with one reason about one field. */
export function wrong(reason: string, field: string, message: string): AwsError {
  return invalid([{ code: reason, path: field, message }]);
}

/** 404: there is no such thing, or it is nobody's business but its parties'. */
export function notFound(resourceType: ResourceType, resourceId: string): AwsError {
  const message = `There is no ${spaced(resourceType)} ${resourceId}.`;
  return refusal("ResourceNotFoundException", 404, message, { resourceType, resourceId });
}

/** 409: it is not in a state for that. */
export function conflict(resourceType: ResourceType, resourceId: string, message: string): AwsError {
  return refusal("ConflictException", 409, message, { resourceType, resourceId });
}

/** 403: it is there, but not for the caller: by default, because it is for the other party. */
export function denied(
  message: string,
  reason: "INVALID_ACCESS" | "DENIED_BY_PRIVATE_MARKETPLACE_POLICY" = "INVALID_ACCESS",
): AwsError {
  return refusal("AccessDeniedException", 403, message, { reason });
}

/** 402: the account has as much as the service lets it have. */
export function overQuota(quotaCode: string, productId: string, message: string): AwsError {
  const members = { quotaCode, serviceCode: "marketplace-agreement", resourceType: "Product", resourceId: productId };
  return refusal("ServiceQuotaExceededException", 402, message, members);
}

function refusal(code: string, status: number, message: string, members: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError(code, message.slice(0, LONGEST), { status, members });
}

function spaced(type: ResourceType): string {
  return type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
