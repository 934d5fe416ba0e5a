import type { Instance, ProductCode } from "@aws-sdk/client-ec2";
import type { Context, Market } from "../../service";
import { checkResourceId, notFound } from "../ids";
import { RegionalThings } from "../things";
import { stateAt, type InstanceState, type Movement } from "./state";

/** An instance as it is kept. Times are RFC 3339, UTC. */
export interface StoredInstance {
  readonly id: string;
  readonly owner: string;
  readonly reservation: string;
  /** Among those that one request launched, from 0. */
  readonly launchIndex: number;
  readonly clientToken?: string;
  readonly image: string;
  readonly type: string;
  readonly architecture: NonNullable<Instance["Architecture"]>;
  readonly virtualization: NonNullable<Instance["VirtualizationType"]>;
  readonly rootDeviceType: NonNullable<Instance["RootDeviceType"]>;
  readonly rootDeviceName?: string;
  readonly ena: boolean;
  readonly bootMode?: Instance["BootMode"];
  readonly productCodes: readonly ProductCode[];
  /** The product that the image is of. */
  readonly product?: string;
  readonly zone: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly privateIp: string;
  /** It has one while it runs, where its subnet or its launch gives it one. */
  readonly publicIp?: string;
  readonly interfaceId: string;
  readonly securityGroups: readonly string[];
  readonly keyName?: string;
  readonly profile?: { readonly arn: string; readonly id: string };
  /** Base64. */
  readonly userData?: string;
  readonly volumes: readonly InstanceVolume[];
  readonly monitored: boolean;
  readonly ebsOptimized: boolean;
  readonly tokensRequired: boolean;
  readonly shutdownBehavior: "stop" | "terminate";
  readonly protectedFromTermination: boolean;
  /** When it was last started. */
  readonly launched: string;
  readonly movement: Movement;
  /** `User initiated (2026-11-22 16:58:22 GMT)`, of the last stop or termination. */
  readonly reason?: string;
}

export interface InstanceVolume {
  readonly id: string;
  readonly device: string;
  readonly deleteOnTermination: boolean;
}

/** A terminated instance stays in sight for about an hour: Amazon EC2 User Guide, "Terminate Amazon EC2 instances". */
const shownAfterEnd = 60 * 60 * 1000;

export const instancesIn = (market: Market, region: string): RegionalThings<StoredInstance> =>
  new RegionalThings(market.store, "ec2-instances", region);

/** The state that an instance is in now. */
export function stateOf({ market }: Context, instance: StoredInstance): InstanceState {
  return stateAt(instance.movement, market.clock.now());
}

/** The caller's instance of that id, while it is in sight. */
export function instanceOf(ctx: Context, id: string): StoredInstance | undefined {
  const instance = instancesIn(ctx.market, ctx.region).get(id);
  return instance !== undefined && isInSight(ctx, instance) ? instance : undefined;
}

/** The caller's instances that are in sight, in the order of their ids. */
export function ownInstances(ctx: Context): StoredInstance[] {
  return instancesIn(ctx.market, ctx.region)
    .all()
    .filter((instance) => isInSight(ctx, instance));
}

/** The caller's instances of these ids, each once, or InvalidInstanceID.NotFound naming all that are missing. */
export function namedInstances(ctx: Context, ids: readonly string[]): StoredInstance[] {
  for (const id of ids) checkResourceId("i", id);
  const wanted = [...new Set(ids)];
  const found = wanted.flatMap((id) => instanceOf(ctx, id) ?? []);
  if (found.length === wanted.length) return found;
  const missing = wanted.filter((id) => !found.some((instance) => instance.id === id));
  throw notFound("i", ...missing);
}

function isInSight(ctx: Context, { owner, movement }: StoredInstance): boolean {
  if (owner !== ctx.caller.accountId) return false;
  return movement.to !== "terminated" || ctx.market.clock.now().getTime() - Date.parse(movement.at) < shownAfterEnd;
}
