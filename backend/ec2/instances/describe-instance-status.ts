import type { DescribeInstanceStatusRequest, DescribeInstanceStatusResult, InstanceStatus } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { keepMatching } from "../filters";
import { pageOf } from "../pages";
import { zonesOf } from "../regions";
import { namedInstances, ownInstances, stateOf, type StoredInstance } from "./instance";
import { stateAnswer } from "./state";

/** How long the checks of a running instance take on the real service, about. */
const checksTake = 120_000;

/** How instances are doing; those that do not run only with IncludeAllInstances. */
export function describeInstanceStatus(
  ctx: Context,
  input: DescribeInstanceStatusRequest,
): DescribeInstanceStatusResult {
  if (input.InstanceIds?.length && input.MaxResults !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter instancesSet cannot be used with the parameter maxResults",
    );
  }
  const asked = input.InstanceIds?.length ? namedInstances(ctx, input.InstanceIds) : ownInstances(ctx);
  const statuses = asked
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .filter((instance) => input.IncludeAllInstances || stateOf(ctx, instance) === "running")
    .map((instance) => statusAnswer(ctx, instance));
  const matching = keepMatching(statuses, input.Filters, {
    "availability-zone": (status) => [status.AvailabilityZone],
    "instance-state-code": (status) => [status.InstanceState?.Code],
    "instance-state-name": (status) => [status.InstanceState?.Name],
    "instance-status.reachability": (status) => [status.InstanceStatus?.Details?.[0]?.Status],
    "instance-status.status": (status) => [status.InstanceStatus?.Status],
    "system-status.reachability": (status) => [status.SystemStatus?.Details?.[0]?.Status],
    "system-status.status": (status) => [status.SystemStatus?.Status],
  });
  const page = pageOf(matching, (status) => status.InstanceId ?? "", input, { least: 5, most: 1000, usual: 1000 });
  return { InstanceStatuses: page.items, NextToken: page.nextToken };
}

function statusAnswer(ctx: Context, instance: StoredInstance): InstanceStatus {
  const state = stateOf(ctx, instance);
  const summary = state === "running" ? checks(ctx, instance) : { Status: "not-applicable" as const };
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.zone,
    AvailabilityZoneId: zonesOf(ctx.region).find(([zone]) => zone === instance.zone)?.[1],
    InstanceState: stateAnswer(state),
    InstanceStatus: summary,
    SystemStatus: summary,
  };
}

function checks({ market }: Context, { movement }: StoredInstance) {
  const passed = market.latency === "none" || market.clock.now().getTime() - Date.parse(movement.at) >= checksTake;
  return passed
    ? { Status: "ok" as const, Details: [{ Name: "reachability" as const, Status: "passed" as const }] }
    : {
        Status: "initializing" as const,
        Details: [{ Name: "reachability" as const, Status: "initializing" as const }],
      };
}
