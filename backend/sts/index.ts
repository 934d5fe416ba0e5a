import type {
  GetAccessKeyInfoRequest,
  GetAccessKeyInfoResponse,
  GetCallerIdentityResponse,
  GetSessionTokenRequest,
  GetSessionTokenResponse,
} from "@aws-sdk/client-sts";

import { findAccessKey } from "../iam/access-keys";
import { AwsError, type Context, type Service } from "../service";
import { assumeRole } from "./assume-role";
import { startSession } from "./credentials";

const HALF_A_DAY = 43_200;
const ROOT_SECONDS = 3600;

/** Who one is, and credentials that end. */
export const service: Service = {
  handlers: {
    AssumeRole: assumeRole,

    GetCallerIdentity({ caller }: Context): GetCallerIdentityResponse {
      return { UserId: caller.userId, Account: caller.accountId, Arn: caller.arn };
    },

    /** Temporary credentials of a user or root, with all of its rights. */
    GetSessionToken(ctx: Context, { DurationSeconds = HALF_A_DAY }: GetSessionTokenRequest): GetSessionTokenResponse {
      const { kind, accessKeyId, ...caller } = ctx.caller;
      if (kind === "assumed-role" || accessKeyId?.startsWith("ASIA") === true) {
        throw new AwsError("AccessDenied", "Cannot call GetSessionToken with session credentials", { status: 403 });
      }
      const seconds = kind === "root" ? Math.min(DurationSeconds, ROOT_SECONDS) : DurationSeconds;
      return { Credentials: startSession(ctx, seconds, { caller: { ...caller, kind } }) };
    },

    GetAccessKeyInfo({ market }: Context, { AccessKeyId = "" }: GetAccessKeyInfoRequest): GetAccessKeyInfoResponse {
      const key = findAccessKey(market.store, AccessKeyId);
      if (key !== undefined) return { Account: key.caller.accountId };
      throw new AwsError("ValidationError", "Could not determine the account of the access key.", { status: 400 });
    },
  },
};
