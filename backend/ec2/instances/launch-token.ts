import { createHash } from "node:crypto";
import type { RunInstancesRequest } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import type { Table } from "../../storage/store";
import { instanceOf, stateOf, type StoredInstance } from "./instance";

interface Launched {
  readonly fingerprint: string;
  readonly instances: readonly string[];
}

const launches = ({ market }: Context): Table<Launched> => market.store.table("ec2-launch-tokens");
const keyOf = ({ caller, region }: Context, token: string): string => `${caller.accountId}/${region}/${token}`;

/**
 * The instances that a request with this client token has launched before: Amazon EC2 API Reference, "Ensuring
 * idempotency". Undefined for a token that is new.
 *
 * @throws AwsError IdempotentParameterMismatch when it came with other parameters, or what it launched is terminated.
 */
export function launchedBefore(ctx: Context, input: RunInstancesRequest): StoredInstance[] | undefined {
  if (input.ClientToken === undefined) return undefined;
  const before = launches(ctx).get(keyOf(ctx, input.ClientToken));
  if (before === undefined) return undefined;
  if (before.fingerprint !== fingerprint(input)) {
    throw mismatch("Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
  }
  const living = before.instances.flatMap((id) => instanceOf(ctx, id) ?? []);
  if (living.some((instance) => stateOf(ctx, instance) !== "terminated")) return living;
  throw mismatch(
    "The client token you have provided is associated with a resource that is already deleted. Please use a different " +
      "client token.",
  );
}

/** Ties the request's token to what it launched. */
export function rememberLaunch(ctx: Context, input: RunInstancesRequest, instances: readonly StoredInstance[]): void {
  if (input.ClientToken === undefined) return;
  launches(ctx).put(keyOf(ctx, input.ClientToken), {
    fingerprint: fingerprint(input),
    instances: instances.map(({ id }) => id),
  });
}

function mismatch(message: string): AwsError {
  return new AwsError("IdempotentParameterMismatch", message);
}

/** Of everything that was asked for but the token, whatever the order of its members. */
function fingerprint(input: RunInstancesRequest): string {
  const asked = JSON.stringify({ ...input, ClientToken: undefined }, inOrder);
  return createHash("sha256").update(asked).digest("base64url");
}

function inOrder(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
