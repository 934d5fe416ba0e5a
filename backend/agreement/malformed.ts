import type { AwsError } from "../service";
import type { Violation } from "../wire/constraints";
import { validationError } from "../wire/violations";
import { invalid } from "./refusals";

/** What the service has reasons for, after MISSING_ and INVALID_: AWS Marketplace Agreement API, ValidationExceptionReason. */
const REASONS: Readonly<Record<"MISSING" | "INVALID", ReadonlySet<string>>> = {
  MISSING: new Set([
    "ACCOUNT_ADDRESS",
    "ADJUSTMENT_AMOUNT",
    "AGREEMENT_CANCELLATION_REQUEST_ID",
    "AGREEMENT_ID",
    "AGREEMENT_PROPOSAL_IDENTIFIER",
    "AGREEMENT_REQUEST_ID",
    "BILLING_ADJUSTMENTS",
    "BILLING_ADJUSTMENT_REQUEST_ENTRY",
    "CHARGE_AMOUNT",
    "CHARGE_ID",
    "CHARGE_REVISION",
    "CURRENCY_CODE",
    "DESCRIPTION",
    "FILTER_NAME",
    "FILTER_VALUES",
    "INTENT",
    "INVOICE_ID",
    "MANDATORY_TERMS",
    "NAME",
    "PARTY_TYPE",
    "PAYMENT_REQUEST_ID",
    "PURCHASE_ORDERS",
    "PURCHASE_ORDER_REFERENCE",
    "REASON",
    "REASON_CODE",
    "REQUESTED_TERMS",
    "REQUESTED_TERM_CONFIGURATION",
    "REQUESTED_TERM_ID",
    "SOURCE_AGREEMENT_IDENTIFIER",
    "TERM_ID",
    "USAGE_AGREEMENT",
  ]),
  INVALID: new Set([
    "ADJUSTMENT_AMOUNT",
    "AGREEMENT_CANCELLATION_REQUEST_ID",
    "AGREEMENT_ID",
    "AGREEMENT_PROPOSAL_IDENTIFIER",
    "AGREEMENT_REQUEST_ID",
    "AGREEMENT_TYPE",
    "CATALOG",
    "CHARGE_AMOUNT",
    "CHARGE_ID",
    "CHARGE_REVISION",
    "CLIENT_TOKEN",
    "CURRENCY_CODE",
    "DESCRIPTION",
    "FILTERS",
    "FILTER_NAME",
    "FILTER_VALUES",
    "INCREMENTAL_CHARGE",
    "INTENT",
    "INVOICE_ADJUSTMENT_PERIOD",
    "MAX_RESULTS",
    "NAME",
    "NEXT_TOKEN",
    "PARTY_TYPE",
    "PAYMENT_REQUEST_ID",
    "PAYMENT_REQUEST_STATUS",
    "PURCHASE_ORDERS",
    "PURCHASE_ORDER_REFERENCE",
    "REASON",
    "REASON_CODE",
    "REJECTION_REASON",
    "REQUESTED_TERMS",
    "REQUESTED_TERM_CONFIGURATION",
    "REQUESTED_TERM_ID",
    "SORT_BY",
    "SORT_ORDER",
    "SOURCE_AGREEMENT_IDENTIFIER",
    "STATUS",
    "TERM_ID",
  ]),
};

/**
 * An input that breaks the service's model, with the reason that belongs to the first member: `MISSING_AGREEMENT_ID`,
 * `INVALID_INTENT`; OTHER for a member that has none.
 */
export function malformed(violations: readonly Violation[], { message }: AwsError): AwsError {
  const [first, ...rest] = violations.map((violation) => ({
    code: reasonOf(violation),
    path: fieldOf(violation),
    message: validationError("awsJson1_0", [violation]).message,
  }));
  return invalid([first ?? { code: "OTHER", path: "", message }, ...rest], message);
}

function reasonOf({ path, rule }: Violation): string {
  const kind = rule.kind === "required" ? "MISSING" : "INVALID";
  const names = path.filter((part): part is string => typeof part === "string" && part !== "member");
  const subject = subjectOf(names, kind);
  return REASONS[kind].has(subject) ? `${kind}_${subject}` : "OTHER";
}

/** Members whose reasons go by another name. */
const SUBJECTS: Readonly<Record<"MISSING" | "INVALID", Readonly<Record<string, string>>>> = {
  MISSING: {
    adjustmentReasonCode: "REASON_CODE",
    billingAdjustmentRequestEntries: "BILLING_ADJUSTMENT_REQUEST_ENTRY",
    cancellationReason: "REASON",
    originalInvoiceId: "INVOICE_ID",
    rejectionReason: "REASON",
  },
  INVALID: {
    adjustmentReasonCode: "REASON_CODE",
    cancellationReason: "REASON",
  },
};

/** `AGREEMENT_ID`, `REQUESTED_TERM_ID`, `FILTER_VALUES` */
function subjectOf(names: readonly string[], kind: keyof typeof SUBJECTS): string {
  const [root = "", ...inner] = names;
  const member = names.at(-1) ?? "";
  if (root === "requestedTerms" && inner.length > 0) {
    return inner[0] === "id" ? "REQUESTED_TERM_ID" : "REQUESTED_TERM_CONFIGURATION";
  }
  if (root === "filters" && inner.length > 0) return inner[0] === "name" ? "FILTER_NAME" : "FILTER_VALUES";
  return SUBJECTS[kind][member] ?? member.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** `requestedTerms[0].id` */
function fieldOf({ path }: Violation): string {
  return path
    .filter((part) => part !== "member")
    .map((part, i) => (typeof part === "number" ? `[${part - 1}]` : i === 0 ? part : `.${part}`))
    .join("");
}
