import type * as sdk from "@aws-sdk/client-iam";
import { enduring, persist } from "../persistence";
import type { Place } from "../reconciler";
import { nameOf } from "../trouble";

/** Sends a request to IAM, and again when the service or the network stumbles. */
export type IamCalls = <T>(send: (client: sdk.IAMClient, commands: typeof sdk) => Promise<T>) => Promise<T>;

/** IAM's words for a change that another one is in the way of: IAM API reference, "Errors" of UpdateLoginProfile and others. */
const busy = new Set([
  "ConcurrentModification",
  "ConcurrentModificationException",
  "EntityTemporarilyUnmodifiable",
  "EntityTemporarilyUnmodifiableException",
]);

/** For how many milliseconds IAM may be busy with another change. */
const busyFor = 60_000;

export function iamOf({ account: { clients }, host }: Place): IamCalls {
  return async (send) => {
    const commands = await import("@aws-sdk/client-iam");
    const once = async () => send(await clients.iam(), commands);
    const began = host.time.now();
    for (;;) {
      try {
        return await persist(host, enduring, once, (trouble) => {
          if (trouble === "expired" || trouble === "unknown-key") clients.renew();
        });
      } catch (error) {
        if (!busy.has(nameOf(error)) || host.stopping.aborted || host.time.now() - began > busyFor) throw error;
        await host.time.sleep(1_000, host.stopping);
      }
    }
  };
}

/** The answer, or undefined where what was asked for is not there. */
export async function orNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export function isGone(error: unknown): boolean {
  return ["NoSuchEntity", "NoSuchEntityException"].includes(nameOf(error));
}

export function isTaken(error: unknown): boolean {
  return ["EntityAlreadyExists", "EntityAlreadyExistsException"].includes(nameOf(error));
}
