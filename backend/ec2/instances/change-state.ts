import type {
  InstanceStateChange,
  RebootInstancesRequest,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { volumesIn } from "../things";
import { forgetTags } from "../tags";
import { instancesIn, namedInstances, stateOf, type StoredInstance } from "./instance";
import { beginUsage, endUsage } from "./paid-usage";
import { publicAddress } from "./addresses";
import { stateAnswer, wayOf, type InstanceState, type Wish } from "./state";
import { requireSubscription } from "./subscription";
import { whenDone } from "./timing";

/** Starts stopped instances; those of a product need a subscription that is still active. All or none. */
export function startInstances(ctx: Context, input: StartInstancesRequest): StartInstancesResult {
  const changes = changeAll(ctx, "start", input.InstanceIds, (instance) => {
    requireSubscription(ctx, instance);
    const started = { ...instance, launched: ctx.market.clock.now().toISOString(), reason: undefined };
    beginUsage(ctx, started);
    return instance.publicIp === undefined ? started : { ...started, publicIp: publicAddress() };
  });
  return { StartingInstances: changes };
}

/** Stops running instances; stopping what is stopped changes nothing. All or none. */
export function stopInstances(ctx: Context, input: StopInstancesRequest): StopInstancesResult {
  return { StoppingInstances: changeAll(ctx, "stop", input.InstanceIds, (instance) => ended(ctx, instance)) };
}

/**
 * Terminates instances, with the volumes that are to go with them. Doing it again changes nothing; one that is
 * protected fails the request with OperationNotPermitted before anything is done.
 */
export function terminateInstances(ctx: Context, input: TerminateInstancesRequest): TerminateInstancesResult {
  const changes = changeAll(ctx, "terminate", input.InstanceIds, (instance) => {
    if (instance.protectedFromTermination) {
      throw new AwsError(
        "OperationNotPermitted",
        `The instance '${instance.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute ` +
          "and try again.",
      );
    }
    releaseVolumes(ctx, instance);
    return { ...ended(ctx, instance), volumes: [] };
  });
  return { TerminatingInstances: changes };
}

/** Reboots running instances, which stay running. */
export function rebootInstances(ctx: Context, input: RebootInstancesRequest): object {
  changeAll(ctx, "reboot", input.InstanceIds, (instance) => instance);
  return {};
}

function changeAll(
  ctx: Context,
  wish: Wish,
  ids: readonly string[] | undefined,
  change: (instance: StoredInstance) => StoredInstance,
): InstanceStateChange[] {
  return namedInstances(ctx, ids ?? []).map((instance) => {
    const before = stateOf(ctx, instance);
    const way = wayOf(wish, before, instance.id);
    if (way === undefined) return stateChange(instance, before, before);
    const [from, to] = way;
    const movement = { from, to, at: whenDone(ctx.market, to).toISOString() };
    instancesIn(ctx.market, ctx.region).put({ ...change(instance), movement });
    return stateChange(instance, before, from);
  });
}

function stateChange(instance: StoredInstance, before: InstanceState, now: InstanceState): InstanceStateChange {
  return { InstanceId: instance.id, PreviousState: stateAnswer(before), CurrentState: stateAnswer(now) };
}

function ended(ctx: Context, instance: StoredInstance): StoredInstance {
  endUsage(ctx, instance);
  const now = ctx.market.clock.now().toISOString();
  return { ...instance, reason: `User initiated (${now.slice(0, 19).replace("T", " ")} GMT)` };
}

function releaseVolumes(ctx: Context, instance: StoredInstance): void {
  const volumes = volumesIn(ctx.market, ctx.region);
  for (const { id, deleteOnTermination } of instance.volumes) {
    const volume = volumes.get(id);
    if (volume === undefined) continue;
    if (deleteOnTermination) {
      volumes.delete(id);
      forgetTags(ctx, id);
    } else volumes.put({ ...volume, attachment: undefined });
  }
}
