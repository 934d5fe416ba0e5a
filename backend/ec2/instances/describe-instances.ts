import type { DescribeInstancesRequest, DescribeInstancesResult, Instance, Reservation } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { keepMatching, type FilterFields } from "../filters";
import { pageOf } from "../pages";
import { instanceAnswer } from "./instance-answer";
import { namedInstances, ownInstances, type StoredInstance } from "./instance";

/** An instance with what only its reservation says in an answer. */
interface Row {
  readonly stored: StoredInstance;
  readonly answer: Instance;
}

/**
 * The caller's instances, those of one launch together. InvalidInstanceID.NotFound names all ids that are unknown.
 */
export function describeInstances(ctx: Context, input: DescribeInstancesRequest): DescribeInstancesResult {
  if (input.InstanceIds?.length && input.MaxResults !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter instancesSet cannot be used with the parameter maxResults",
    );
  }
  const asked = input.InstanceIds?.length ? namedInstances(ctx, input.InstanceIds) : ownInstances(ctx);
  const rows = asked
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map((stored): Row => ({ stored, answer: instanceAnswer(ctx, stored) }));
  const matching = keepMatching(rows, input.Filters, fields, ({ answer }) => answer.Tags ?? []);
  const page = pageOf(matching, ({ stored }) => orderOf(stored), input, {
    least: 5,
    most: 1000,
    usual: Number.POSITIVE_INFINITY,
  });
  return { Reservations: reservationsOf(page.items), NextToken: page.nextToken };
}

function reservationsOf(rows: readonly Row[]): Reservation[] {
  const byId = new Map<string, Instance[]>();
  for (const { stored, answer } of rows)
    byId.set(stored.reservation, [...(byId.get(stored.reservation) ?? []), answer]);
  const OwnerId = rows[0]?.stored.owner;
  return [...byId].map(([ReservationId, Instances]) => ({ ReservationId, OwnerId, Groups: [], Instances }));
}

const orderOf = (instance: StoredInstance): string => `${instance.reservation} ${instance.id}`;

/** The filters of DescribeInstances (EC2 API reference) that one finds an instance by. */
const fields: FilterFields<Row> = {
  architecture: ({ stored }) => [stored.architecture],
  "availability-zone": ({ stored }) => [stored.zone],
  "block-device-mapping.device-name": ({ stored }) => stored.volumes.map(({ device }) => device),
  "block-device-mapping.volume-id": ({ stored }) => stored.volumes.map(({ id }) => id),
  "client-token": ({ stored }) => [stored.clientToken],
  "dns-name": ({ answer }) => [answer.PublicDnsName],
  "group-id": ({ stored }) => stored.securityGroups,
  "group-name": ({ answer }) => (answer.SecurityGroups ?? []).map((group) => group.GroupName),
  hypervisor: ({ answer }) => [answer.Hypervisor],
  "iam-instance-profile.arn": ({ stored }) => [stored.profile?.arn],
  "iam-instance-profile.id": ({ stored }) => [stored.profile?.id],
  "image-id": ({ stored }) => [stored.image],
  "instance-id": ({ stored }) => [stored.id],
  "instance-state-code": ({ answer }) => [answer.State?.Code],
  "instance-state-name": ({ answer }) => [answer.State?.Name],
  "instance-type": ({ stored }) => [stored.type],
  "instance.group-id": ({ stored }) => stored.securityGroups,
  "instance.group-name": ({ answer }) => (answer.SecurityGroups ?? []).map((group) => group.GroupName),
  "ip-address": ({ answer }) => [answer.PublicIpAddress],
  "key-name": ({ stored }) => [stored.keyName],
  "launch-index": ({ stored }) => [stored.launchIndex],
  "launch-time": ({ stored }) => [stored.launched],
  "monitoring-state": ({ answer }) => [answer.Monitoring?.State],
  "network-interface.network-interface-id": ({ stored }) => [stored.interfaceId],
  "owner-id": ({ stored }) => [stored.owner],
  "private-dns-name": ({ answer }) => [answer.PrivateDnsName],
  "private-ip-address": ({ answer }) => [answer.PrivateIpAddress],
  "product-code": ({ stored }) => stored.productCodes.map((code) => code.ProductCodeId),
  "product-code.type": ({ stored }) => stored.productCodes.map((code) => code.ProductCodeType),
  "reservation-id": ({ stored }) => [stored.reservation],
  "root-device-name": ({ stored }) => [stored.rootDeviceName],
  "root-device-type": ({ stored }) => [stored.rootDeviceType],
  "state-reason-code": ({ answer }) => [answer.StateReason?.Code],
  "subnet-id": ({ answer }) => [answer.SubnetId],
  tenancy: ({ answer }) => [answer.Placement?.Tenancy],
  "virtualization-type": ({ stored }) => [stored.virtualization],
  "vpc-id": ({ answer }) => [answer.VpcId],
};
