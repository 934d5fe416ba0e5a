import { AwsError, type Caller, type Context, isTemporary } from "../service";
import type { ProtocolName } from "../wire/api";
import { denial } from "./denial";
import type { Need, Rights } from "./need";
import type { Decision } from "./policy";
import { keysOfRequest } from "./request-keys";
import { deciderOf } from "./rights";

/**
 * Lets a request through to its handler when its caller may do all that it needs, else refuses it in the words of the
 * service.
 *
 * @throws AwsError with AWS's message for the first need that is refused.
 * @throws Error when the operation is on no table: nothing is served to whom nothing is known about.
 */
export function authorize(
  ctx: Context,
  protocol: ProtocolName,
  rights: Rights,
  operation: string,
  input: object,
): void {
  const needsOf = rights[operation];
  if (needsOf === undefined) throw new Error(`It is not on record what rights ${operation} needs.`);
  const needs = needsOf(ctx, input as never);
  if (needs.length === 0) return;
  refuseOwnSession(ctx.caller, needs[0]?.action);
  const decide = deciderOf(ctx.market, ctx.caller, () => keysOfRequest(ctx));
  for (const need of needs) {
    const decision = decide(need);
    if (!decision.allowed) throw denial(protocol, ctx, need, decision);
    for (const action of need.unlessDenied ?? []) {
      const other = decide({ ...need, action });
      if (other.explicit && !other.allowed) throw denial(protocol, ctx, { ...need, action }, other);
    }
  }
}

/**
 * IAM takes no credentials of GetSessionToken but those with a second factor: IAM User Guide, "Compare AWS STS
 * credentials". It says so as of credentials that it does not know.
 */
function refuseOwnSession(caller: Caller, action = ""): void {
  if (!action.startsWith("iam:") || !isTemporary(caller) || caller.kind === "assumed-role") return;
  throw new AwsError("InvalidClientTokenId", "The security token included in the request is invalid", { status: 403 });
}

/** What the policies say to one more need of a request: for handlers that answer for each of several things. */
export function decisionOn(ctx: Context, need: Need): Decision {
  return deciderOf(ctx.market, ctx.caller, () => keysOfRequest(ctx))(need);
}
