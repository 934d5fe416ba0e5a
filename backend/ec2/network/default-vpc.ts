import type { Context } from "../../service";
import { steadyId } from "../ids";
import { zonesOf } from "../regions";

/** A part of the default VPC in one zone. */
export interface Subnet {
  readonly id: string;
  readonly vpc: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** The address that it begins with. */
  readonly base: readonly [number, number, number, number];
  /** How many addresses it has. */
  readonly size: number;
}

/** 172.31.0.0/16 with a /20 for each zone: Amazon VPC User Guide, "Default VPCs". */
export const vpcCidr = "172.31.0.0/16";

/** The VPC that every account finds in every region; the ids are always the same. */
export function defaultVpc(ctx: Context): string {
  return steadyId("vpc", `default of ${ctx.caller.accountId} in ${ctx.region}`);
}

/** Its subnets, one for each zone. */
export function defaultSubnets(ctx: Context): Subnet[] {
  const vpc = defaultVpc(ctx);
  return zonesOf(ctx.region).map(([zone, zoneId], i) => ({
    id: steadyId("subnet", `${vpc} ${zone}`),
    vpc,
    zone,
    zoneId,
    cidr: `172.31.${i * 16}.0/20`,
    base: [172, 31, i * 16, 0],
    size: 4096,
  }));
}

/** Whether the caller has a VPC or subnet of that id. */
export function networkHas(ctx: Context, id: string): boolean {
  return defaultVpc(ctx) === id || defaultSubnets(ctx).some((subnet) => subnet.id === id);
}
