import type { RunInstancesRequest } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { checkResourceId, notFound } from "../ids";
import { defaultSubnets, type Subnet } from "../network/default-vpc";
import { defaultGroupId, namedSecurityGroup } from "../network/security-group";
import { typesOfferedInZone } from "../instance-type-data";

/** Where instances go: what a launch says of its network, at the top or in its first network interface. */
export interface Placement {
  readonly subnet: Subnet;
  readonly securityGroups: readonly string[];
  readonly privateIp?: string | undefined;
  readonly publicIp: boolean;
}

/** Zone, subnet and groups of a launch; a zone in which the type is offered where the request names none. */
export function placementOf(ctx: Context, input: RunInstancesRequest): Placement {
  const [nic, ...more] = input.NetworkInterfaces ?? [];
  if (nic && (input.SubnetId !== undefined || input.SecurityGroupIds?.length || input.SecurityGroups?.length)) {
    throw new AwsError(
      "InvalidParameterCombination",
      "Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request",
    );
  }
  if (more.length > 0 || nic?.NetworkInterfaceId !== undefined) {
    throw new AwsError("UnsupportedOperation", "Instances have one network interface here, which their launch makes.");
  }
  const ids = nic?.Groups ?? input.SecurityGroupIds ?? [];
  const groups = [
    ...ids.map((id) => namedSecurityGroup(ctx, id).id),
    ...(input.SecurityGroups ?? []).map((name) => namedSecurityGroup(ctx, undefined, name).id),
  ];
  return {
    subnet: subnetFor(ctx, input, nic?.SubnetId ?? input.SubnetId),
    securityGroups: groups.length > 0 ? [...new Set(groups)] : [defaultGroupId(ctx)],
    privateIp: nic?.PrivateIpAddress ?? input.PrivateIpAddress,
    publicIp: nic?.AssociatePublicIpAddress ?? true,
  };
}

function subnetFor(ctx: Context, input: RunInstancesRequest, subnetId: string | undefined): Subnet {
  const subnets = defaultSubnets(ctx);
  const type = input.InstanceType ?? "m1.small";
  const able = subnets.filter(({ zoneId }) => typesOfferedInZone(zoneId).includes(type));
  if (able.length === 0) {
    throw new AwsError(
      "Unsupported",
      "The requested configuration is currently not supported. Please check the documentation for supported configurations.",
    );
  }
  const asked = askedSubnet(subnets, input, subnetId);
  if (asked === undefined) return able[0] as Subnet;
  if (able.includes(asked)) return asked;
  throw new AwsError(
    "Unsupported",
    `Your requested instance type (${type}) is not supported in your requested Availability Zone (${asked.zone}). Please ` +
      `retry your request by not specifying an Availability Zone or choosing ${able.map(({ zone }) => zone).join(", ")}.`,
  );
}

function askedSubnet(subnets: readonly Subnet[], input: RunInstancesRequest, subnetId: string | undefined) {
  const zone = input.Placement?.AvailabilityZone;
  if (subnetId !== undefined) {
    checkResourceId("subnet", subnetId);
    const subnet = subnets.find(({ id }) => id === subnetId);
    if (subnet === undefined) throw notFound("subnet", subnetId);
    if (zone === undefined || zone === subnet.zone) return subnet;
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${zone}) for parameter availabilityZone is invalid. Subnet '${subnetId}' is in the availability zone ${subnet.zone}`,
    );
  }
  if (zone === undefined) return undefined;
  const there = subnets.find((subnet) => subnet.zone === zone);
  if (there !== undefined) return there;
  throw new AwsError("InvalidParameterValue", `Invalid availability zone: [${zone}]`);
}
