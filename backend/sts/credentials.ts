import { randomBytes } from "node:crypto";

import type { Credentials } from "@aws-sdk/client-sts";

import { newAccessKeyId, newSecretAccessKey } from "../iam/ids";
import type { Context } from "../service";
import { keepSession, type Session } from "./sessions";

/** Makes temporary credentials for a caller, and keeps them so that requests signed with them are known. */
export function startSession(
  ctx: Context,
  seconds: number,
  session: Omit<Session, "accessKeyId" | "secretAccessKey" | "sessionToken" | "issued" | "expiration">,
): Credentials {
  const accessKeyId = newAccessKeyId("ASIA");
  const secretAccessKey = newSecretAccessKey();
  const sessionToken = randomBytes(240).toString("base64");
  const now = ctx.market.clock.now();
  // AWS gives whole seconds.
  const expiration = new Date((Math.floor(now.getTime() / 1000) + seconds) * 1000);
  const times = { issued: now.toISOString(), expiration: expiration.toISOString() };
  const kept = { accessKeyId, secretAccessKey, sessionToken, ...times, ...session };
  keepSession(ctx.market.store, kept, now);
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  };
}
