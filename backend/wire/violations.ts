import { AwsError } from "../service";
import type { ProtocolName } from "./api";
import type { Rule, Violation } from "./constraints";

/** What is wrong with an input, as the service says it: all of it, or the first thing where it stops there. */
export function validationError(protocol: ProtocolName, violations: readonly Violation[]): AwsError {
  switch (protocol) {
    case "ec2Query":
      return ec2Error(violations[0] as Violation);
    case "restXml":
      return s3Error(violations[0] as Violation);
    case "query":
      return new AwsError("ValidationError", sentence(violations));
    default:
      return new AwsError("ValidationException", sentence(violations));
  }
}

/** `1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: …` */
function sentence(violations: readonly Violation[]): string {
  const errors = violations.length === 1 ? "validation error" : "validation errors";
  return `${violations.length} ${errors} detected: ${violations.map(clause).join("; ")}`;
}

function clause({ path, value, rule }: Violation): string {
  const shown = rule.kind === "required" ? " null" : scalar(value) ? ` '${clip(String(value))}'` : "";
  return `Value${shown} at '${path.map(lowerFirst).join(".")}' failed to satisfy constraint: ${constraint(rule)}`;
}

function constraint(rule: Rule): string {
  switch (rule.kind) {
    case "required":
      return "Member must not be null";
    case "shortest":
      return `Member must have length greater than or equal to ${rule.limit}`;
    case "longest":
      return `Member must have length less than or equal to ${rule.limit}`;
    case "least":
      return `Member must have value greater than or equal to ${rule.limit}`;
    case "most":
      return `Member must have value less than or equal to ${rule.limit}`;
    case "pattern":
      return `Member must satisfy regular expression pattern: ${rule.pattern}`;
    case "enum":
      return `Member must satisfy enum value set: [${rule.values.join(", ")}]`;
    case "integer":
      return "Member must be an integer";
  }
}

function ec2Error({ path, value, rule }: Violation): AwsError {
  const name = String(path.findLast((part) => typeof part === "string" && part !== "member"));
  if (rule.kind === "required")
    return new AwsError("MissingParameter", `The request must contain the parameter ${name}`);
  const shown = scalar(value) ? ` ( ${clip(String(value))} )` : "";
  const expected =
    rule.kind === "least"
      ? ` Expecting a value greater than or equal to ${rule.limit}.`
      : rule.kind === "most"
        ? ` Expecting a value less than or equal to ${rule.limit}.`
        : ` ${constraint(rule)}.`;
  return new AwsError(
    "InvalidParameterValue",
    `Value${shown} for parameter ${lowerFirst(name)} is invalid.${expected}`,
  );
}

/** What is deeper than one level came in the body, which S3 refuses as a whole. */
function s3Error({ path, value, rule }: Violation): AwsError {
  if (path.length > 1) {
    return new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
    );
  }
  const name = String(path[0]);
  if (rule.kind === "required") return new AwsError("InvalidRequest", `Missing required parameter ${name}`);
  return new AwsError("InvalidArgument", `Invalid argument ${name}: ${constraint(rule)}`, {
    members: { ArgumentName: name, ...(scalar(value) && { ArgumentValue: clip(String(value)) }) },
  });
}

function scalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Long values would only repeat what the client knows. */
function clip(text: string): string {
  return text.length > 256 ? `${text.slice(0, 256)}...` : text;
}

function lowerFirst(part: string | number): string {
  const text = String(part);
  return text.charAt(0).toLowerCase() + text.slice(1);
}
