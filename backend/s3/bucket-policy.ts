import { readPolicy } from "../auth/policy";
import { AwsError } from "../service";

type Statement = Extract<ReturnType<typeof readPolicy>, { policy: object }>["document"]["statements"][number];

/** Refuses what is no policy (MalformedPolicy), or speaks of something other than this bucket and what is in it. */
export function checkBucketPolicy(bucketName: string, json: string): void {
  if (!json.trimStart().startsWith("{")) {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const reading = readPolicy(json, "resource");
  if (!reading.policy) throw malformed(reading.problems[0]?.message ?? "The policy is not valid.");
  const home = `arn:aws:s3:::${bucketName}`;
  const strays = reading.document.statements
    .flatMap((statement) => statement.resources?.values ?? [])
    .filter((arn) => {
      return arn !== home && !arn.startsWith(`${home}/`);
    });
  if (strays.length > 0) throw malformed("Policy has invalid resource", { Detail: strays[0] });
}

function malformed(message: string, members: Readonly<Record<string, unknown>> = {}): AwsError {
  return new AwsError("MalformedPolicy", message, { status: 400, members });
}

/**
 * Whether a policy counts as public: it allows something to everybody, and no condition on a fixed value narrows that
 * (S3 user guide, "The meaning of public").
 */
export function opensToAll(json: string): boolean {
  const reading = readPolicy(json, "resource");
  if (!reading.policy) return false;
  return reading.document.statements.some((statement) => statement.effect === "Allow" && isOpen(statement));
}

function isOpen(statement: Statement): boolean {
  const everybody =
    statement.principals?.not ||
    Object.values(statement.principals?.values ?? {})
      .flat()
      .includes("*");
  return Boolean(everybody) && !statement.conditions.some(narrows);
}

const narrowingKeys = new Set(
  [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
  ].map((key) => key.toLowerCase()),
);

/** A negated operator or a value with wildcards or variables leaves the door open. */
function narrows({ operator, key, values }: Statement["conditions"][number]): boolean {
  if (/not/i.test(operator) || !narrowingKeys.has(key.toLowerCase())) return false;
  return values.every((value) => !/[*?]|\$\{/.test(value) && !value.endsWith("/0"));
}
