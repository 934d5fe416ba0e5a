import type { AssumeRoleRequest, AssumeRoleResponse } from "@aws-sdk/client-sts";

import { decisionOn } from "../auth/authorize";
import { compiled, findRole } from "../auth/policies-of";
import { denialMessage } from "../auth/rights";
import { checkDocument, documentSize } from "../iam/documents";
import { managedDocument } from "../iam/managed-policies";
import { keyOf, type Role, roles } from "../iam/records";
import { AwsError, type Caller, type Context } from "../service";
import { startSession } from "./credentials";
import { refuseSecondFactor } from "./second-factor";
import { type SessionTags, sessionTags } from "./session-tags";
import { sessionOf, type SessionPolicies } from "./sessions";

/** Where a session of a session ends at the latest: IAM User Guide, "Role chaining". */
const CHAINED_SECONDS = 3600;
const LONGEST_POLICY = 2048;

/** Temporary credentials of a role, for whom the role's trust policy and the caller's own account allow it. */
export function assumeRole(ctx: Context, input: AssumeRoleRequest): AssumeRoleResponse {
  const { RoleArn: roleArn = "", RoleSessionName: name = "" } = input;
  if (ctx.caller.kind === "root") throw accessDenied("Roles may not be assumed by root accounts.");
  const role = findRole(ctx.market.store, roleArn);
  if (role === undefined) throw accessDenied(refusal(ctx.caller, "sts:AssumeRole", roleArn));
  refuseSecondFactor(input);
  const before = sessionOf(ctx.market.store, ctx.caller);
  const tagged = sessionTags(input, before);
  const sourceIdentity = identityBehind(input, before?.sourceIdentity);
  authorize(ctx, role, roleArn, { ...input, SourceIdentity: sourceIdentity }, tagged);
  const seconds = duration(ctx.caller, role, input.DurationSeconds);
  const policies = sessionPolicies(ctx, input);

  roles(ctx.market.store).put(keyOf(role.accountId, role.name), { ...role, lastUsed: useNow(ctx) });
  const caller: Caller = {
    accountId: role.accountId,
    kind: "assumed-role",
    arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${name}`,
    userId: `${role.id}:${name}`,
  };
  return {
    Credentials: startSession(ctx, seconds, {
      caller,
      policies,
      tags: tagged.tags,
      transitiveTags: tagged.transitive,
      sourceIdentity,
    }),
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
    ...(policies !== undefined && { PackedPolicySize: packedSize(policies) }),
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}

/** Once said, it stays for all sessions of a chain: IAM User Guide, "Monitor and control actions taken with assumed roles". */
function identityBehind({ SourceIdentity }: AssumeRoleRequest, before: string | undefined): string | undefined {
  if (before === undefined || SourceIdentity === undefined || SourceIdentity === before)
    return before ?? SourceIdentity;
  throw accessDenied(`The source identity of the session is ${before}, and cannot be changed to ${SourceIdentity}.`);
}

function authorize(
  ctx: Context,
  role: Role,
  roleArn: string,
  input: AssumeRoleRequest,
  { passed, transitive }: SessionTags,
): void {
  const keys = {
    "sts:ExternalId": input.ExternalId,
    "sts:RoleSessionName": input.RoleSessionName,
    "sts:SourceIdentity": input.SourceIdentity,
    "sts:DurationSeconds": input.DurationSeconds === undefined ? undefined : String(input.DurationSeconds),
    "sts:TransitiveTagKeys": transitive,
    "aws:TagKeys": Object.keys(passed),
    ...Object.fromEntries(Object.entries(passed).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
  };
  const actions = [
    "sts:AssumeRole",
    ...(Object.keys(passed).length > 0 || transitive.length > 0 ? ["sts:TagSession"] : []),
    ...(input.SourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  const resourceSide = { accountId: role.accountId, policy: compiled(role.trust, "trust"), required: true };
  for (const action of actions) {
    const decision = decisionOn(ctx, { action, resource: roleArn, keys, resourceSide });
    if (decision.allowed) continue;
    if (!decision.explicit) throw accessDenied(refusal(ctx.caller, action, roleArn));
    const byTrust = `${refusal(ctx.caller, action, roleArn)} with an explicit deny in the role trust policy`;
    throw accessDenied(decision.source === "resource" ? byTrust : denialMessage(ctx.caller, action, roleArn, decision));
  }
}

/** STS tells strangers nothing of why, nor whether the role is there. */
function refusal({ arn }: Caller, action: string, roleArn: string): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${roleArn}`;
}

function duration(caller: Caller, role: Role, wanted: number | undefined): number {
  const seconds = wanted ?? Math.min(CHAINED_SECONDS, role.maxSessionDuration);
  if (caller.kind === "assumed-role" && seconds > CHAINED_SECONDS) {
    throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
  }
  if (seconds > role.maxSessionDuration) {
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  return seconds;
}

/** What the session is limited to, when the request passes policies. */
function sessionPolicies(ctx: Context, { Policy, PolicyArns = [] }: AssumeRoleRequest): SessionPolicies | undefined {
  const managed = PolicyArns.map(({ arn = "" }) => arn);
  if (Policy === undefined && managed.length === 0) return undefined;
  for (const arn of managed) {
    if (managedDocument(ctx.market.store, arn) === undefined) throw invalid(`The policy ${arn} does not exist.`);
  }
  const policies = { managed, ...(Policy !== undefined && { inline: checkDocument(Policy, "identity") }) };
  if (packedSize(policies) > 100) {
    throw new AwsError(
      "PackedPolicyTooLarge",
      `Packed policy consumes ${packedSize(policies)}% of allotted space, please use smaller policy.`,
      {
        status: 400,
      },
    );
  }
  return policies;
}

/** In percent of what is allowed. */
function packedSize({ inline = "", managed }: SessionPolicies): number {
  return Math.ceil(((documentSize(inline) + managed.join("").length) / LONGEST_POLICY) * 100);
}

function useNow({ market, region }: Context): { readonly date: string; readonly region: string } {
  return { date: market.clock.now().toISOString(), region };
}

function accessDenied(message: string): AwsError {
  return new AwsError("AccessDenied", message, { status: 403 });
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message, { status: 400 });
}
