import type {
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
  Subnet as SubnetAnswer,
  Vpc,
} from "@aws-sdk/client-ec2";
import type { Context } from "../../service";
import { keepMatching } from "../filters";
import { checkResourceId, notFound, steadyId } from "../ids";
import { freeAddressCount } from "../instances/addresses";
import { pageOf } from "../pages";
import { tagsOf } from "../tags";
import { defaultSubnets, defaultVpc, vpcCidr, type Subnet } from "./default-vpc";

const pages = { least: 5, most: 1000, usual: 1000 };

/** The caller's VPCs in the region: the default one. */
export function describeVpcs(ctx: Context, input: DescribeVpcsRequest): DescribeVpcsResult {
  refuseUnknown("vpc", input.VpcIds, [defaultVpc(ctx)]);
  const matching = keepMatching(
    [vpcAnswer(ctx)],
    input.Filters,
    {
      cidr: (vpc) => [vpc.CidrBlock],
      "dhcp-options-id": (vpc) => [vpc.DhcpOptionsId],
      "is-default": (vpc) => [vpc.IsDefault],
      isDefault: (vpc) => [vpc.IsDefault],
      "owner-id": (vpc) => [vpc.OwnerId],
      state: (vpc) => [vpc.State],
      "vpc-id": (vpc) => [vpc.VpcId],
    },
    (vpc) => vpc.Tags ?? [],
  );
  const page = pageOf(matching, (vpc) => vpc.VpcId ?? "", input, pages);
  return { Vpcs: page.items, NextToken: page.nextToken };
}

/** The subnets of the default VPC, one for each zone. */
export function describeSubnets(ctx: Context, input: DescribeSubnetsRequest): DescribeSubnetsResult {
  const subnets = defaultSubnets(ctx);
  refuseUnknown(
    "subnet",
    input.SubnetIds,
    subnets.map(({ id }) => id),
  );
  const asked = subnets.filter(({ id }) => !input.SubnetIds?.length || input.SubnetIds.includes(id));
  const matching = keepMatching(
    asked
      .map((subnet) => subnetAnswer(ctx, subnet))
      .toSorted((a, b) => ((a.SubnetId ?? "") < (b.SubnetId ?? "") ? -1 : 1)),
    input.Filters,
    {
      "availability-zone": (subnet) => [subnet.AvailabilityZone],
      availabilityZone: (subnet) => [subnet.AvailabilityZone],
      "availability-zone-id": (subnet) => [subnet.AvailabilityZoneId],
      "available-ip-address-count": (subnet) => [subnet.AvailableIpAddressCount],
      "cidr-block": (subnet) => [subnet.CidrBlock],
      "default-for-az": (subnet) => [subnet.DefaultForAz],
      "map-public-ip-on-launch": (subnet) => [subnet.MapPublicIpOnLaunch],
      "owner-id": (subnet) => [subnet.OwnerId],
      state: (subnet) => [subnet.State],
      "subnet-arn": (subnet) => [subnet.SubnetArn],
      "subnet-id": (subnet) => [subnet.SubnetId],
      "vpc-id": (subnet) => [subnet.VpcId],
    },
    (subnet) => subnet.Tags ?? [],
  );
  const page = pageOf(matching, (subnet) => subnet.SubnetId ?? "", input, pages);
  return { Subnets: page.items, NextToken: page.nextToken };
}

function refuseUnknown(kind: "vpc" | "subnet", asked: readonly string[] | undefined, known: readonly string[]): void {
  for (const id of asked ?? []) checkResourceId(kind, id);
  const unknown = (asked ?? []).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw notFound(kind, ...unknown);
}

function vpcAnswer(ctx: Context): Vpc {
  const VpcId = defaultVpc(ctx);
  return {
    VpcId,
    OwnerId: ctx.caller.accountId,
    State: "available",
    CidrBlock: vpcCidr,
    CidrBlockAssociationSet: [{ CidrBlock: vpcCidr, CidrBlockState: { State: "associated" } }],
    DhcpOptionsId: steadyId("dopt", VpcId),
    InstanceTenancy: "default",
    IsDefault: true,
    Tags: tagsOf(ctx, VpcId),
  };
}

function subnetAnswer(ctx: Context, subnet: Subnet): SubnetAnswer {
  return {
    SubnetId: subnet.id,
    SubnetArn: `arn:aws:ec2:${ctx.region}:${ctx.caller.accountId}:subnet/${subnet.id}`,
    OwnerId: ctx.caller.accountId,
    VpcId: subnet.vpc,
    State: "available",
    CidrBlock: subnet.cidr,
    AvailabilityZone: subnet.zone,
    AvailabilityZoneId: subnet.zoneId,
    AvailableIpAddressCount: freeAddressCount(ctx, subnet),
    DefaultForAz: true,
    MapPublicIpOnLaunch: true,
    AssignIpv6AddressOnCreation: false,
    Tags: tagsOf(ctx, subnet.id),
  };
}
