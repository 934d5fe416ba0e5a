import { AwsError, type Caller, type Context } from "../service";
import type { ProtocolName } from "../wire/api";
import type { Vault } from "../storage/vault";
import { encodeRefusal } from "./encoded-refusal";
import type { Need } from "./need";
import type { Decision } from "./policy";
import { denialMessage } from "./rights";

/** The refusal of a need as the service that was called says it; EC2 tells more of it to who may decode it. */
export function denial(
  protocol: ProtocolName,
  { caller, market }: Pick<Context, "caller"> & { readonly market: { readonly vault: Vault } },
  need: Need,
  decision: Decision,
): AwsError {
  const { action, resource } = need;
  switch (protocol) {
    case "restXml":
      return new AwsError("AccessDenied", bucketMessage(caller, need, decision), { status: 403 });
    case "ec2Query": {
      const message = denialMessage(caller, action, resource, decision);
      const more = readsOnly.test(action)
        ? ""
        : `. Encoded authorization failure message: ${encodeRefusal(market.vault, caller, need, decision)}`;
      const text = `You are not authorized to perform this operation. ${message}${more}`;
      return new AwsError("UnauthorizedOperation", text, { status: 403 });
    }
    case "query":
      return new AwsError("AccessDenied", denialMessage(caller, action, resource, decision), { status: 403 });
    default:
      return new AwsError(need.refusal ?? "AccessDeniedException", denialMessage(caller, action, resource, decision), {
        status: protocol === "awsJson1_1" ? 400 : 403,
      });
  }
}

const readsOnly = /^ec2:(Describe|Get)/;

/** S3 quotes the resource where there is one, and tells other accounts than the owner's nothing: "Troubleshoot access denied (403 Forbidden) errors in Amazon S3". */
function bucketMessage(caller: Caller, { action, resource, resourceSide }: Need, decision: Decision): string {
  if (resourceSide !== undefined && resourceSide.accountId !== caller.accountId) return "Access Denied";
  const message = denialMessage(caller, action, `"${resource}"`, decision);
  return action === "s3:ListAllMyBuckets" ? message.replace(` on resource: "${resource}"`, "") : message;
}
