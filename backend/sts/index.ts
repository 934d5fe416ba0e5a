import type {
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
  GetAccessKeyInfoRequest,
  GetAccessKeyInfoResponse,
  GetCallerIdentityResponse,
  GetSessionTokenRequest,
  GetSessionTokenResponse,
} from "@aws-sdk/client-sts";

import { findAccessKey } from "../iam/access-keys";
import { decodeRefusal } from "../auth/encoded-refusal";
import { AwsError, type Caller, type Context, isTemporary, type Service } from "../service";
import { assumeRole } from "./assume-role";
import { startSession } from "./credentials";
import { refuseSecondFactor } from "./second-factor";

const HALF_A_DAY = 43_200;
const ROOT_SECONDS = 3600;

/** Who one is, and credentials that end. */
export const service: Service = {
  handlers: {
    AssumeRole: assumeRole,

    GetCallerIdentity({ caller }: Context): GetCallerIdentityResponse {
      return { UserId: caller.userId, Account: caller.accountId, Arn: caller.arn };
    },

    /** Temporary credentials of a user or root, with all of its rights but those to IAM and most of STS. */
    GetSessionToken(ctx: Context, request: GetSessionTokenRequest): GetSessionTokenResponse {
      const { DurationSeconds = HALF_A_DAY } = request;
      const { kind, accessKeyId: _key, ...caller } = ctx.caller;
      if (kind === "assumed-role" || isTemporary(ctx.caller)) throw notInSession("GetSessionToken");
      refuseSecondFactor(request);
      const seconds = kind === "root" ? Math.min(DurationSeconds, ROOT_SECONDS) : DurationSeconds;
      return { Credentials: startSession(ctx, seconds, { caller: { ...caller, kind } }) };
    },

    GetAccessKeyInfo(
      { market, caller }: Context,
      { AccessKeyId = "" }: GetAccessKeyInfoRequest,
    ): GetAccessKeyInfoResponse {
      refuseOwnSession(caller, "GetAccessKeyInfo");
      const key = findAccessKey(market.store, AccessKeyId);
      if (key !== undefined) return { Account: key.caller.accountId };
      throw new AwsError("ValidationError", "Could not determine the account of the access key.", { status: 400 });
    },

    /** What was asked and why it was refused, of a message that an operation of EC2 gave with its refusal. */
    DecodeAuthorizationMessage(
      { market, caller }: Context,
      { EncodedMessage = "" }: DecodeAuthorizationMessageRequest,
    ): DecodeAuthorizationMessageResponse {
      refuseOwnSession(caller, "DecodeAuthorizationMessage");
      const DecodedMessage = decodeRefusal(market.vault, EncodedMessage);
      if (DecodedMessage !== undefined) return { DecodedMessage };
      throw new AwsError("InvalidAuthorizationMessageException", "Message is not valid", { status: 400 });
    },
  },
};

/** Sessions that GetSessionToken began may call AssumeRole and GetCallerIdentity only: IAM User Guide, "Compare AWS STS credentials". */
function refuseOwnSession(caller: Caller, operation: string): void {
  if (isTemporary(caller) && caller.kind !== "assumed-role") throw notInSession(operation);
}

function notInSession(operation: string): AwsError {
  return new AwsError("AccessDenied", `Cannot call ${operation} with session credentials`, { status: 403 });
}
