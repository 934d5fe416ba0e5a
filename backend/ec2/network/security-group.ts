import type { IpPermission } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { checkResourceId, notFound, steadyId } from "../ids";
import { RegionalThings } from "../things";
import { defaultVpc } from "./default-vpc";

/** A security group as it is kept: one entry for each rule, with one source or destination. */
export interface StoredSecurityGroup {
  readonly id: string;
  readonly owner: string;
  readonly vpc: string;
  readonly name: string;
  readonly description: string;
  readonly ingress: readonly IpPermission[];
  readonly egress: readonly IpPermission[];
}

const everywhere: IpPermission = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };

const stored = ({ market, region }: Context) =>
  new RegionalThings<StoredSecurityGroup>(market.store, "ec2-security-groups", region);

/** The caller's group of that id. */
export function securityGroupOf(ctx: Context, id: string): StoredSecurityGroup | undefined {
  const group = stored(ctx).get(id) ?? (id === defaultGroupId(ctx) ? defaultGroup(ctx) : undefined);
  return group?.owner === ctx.caller.accountId ? group : undefined;
}

/** The caller's groups in the region, in the order of their ids. */
export function ownSecurityGroups(ctx: Context): StoredSecurityGroup[] {
  const made = stored(ctx)
    .all()
    .filter(({ owner }) => owner === ctx.caller.accountId);
  const withDefault = made.some(({ id }) => id === defaultGroupId(ctx)) ? made : [...made, defaultGroup(ctx)];
  return withDefault.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The caller's group by id, or by name in the default VPC.
 *
 * @throws AwsError InvalidGroup.NotFound, or MissingParameter when neither is given.
 */
export function namedSecurityGroup(ctx: Context, id: string | undefined, name?: string): StoredSecurityGroup {
  if (id !== undefined) {
    checkResourceId("sg", id);
    const group = securityGroupOf(ctx, id);
    if (group === undefined) throw notFound("sg", id);
    return group;
  }
  if (name === undefined) {
    throw new AwsError("MissingParameter", "The request must contain the parameter groupName or groupId");
  }
  const group = ownSecurityGroups(ctx).find((each) => each.name === name);
  if (group !== undefined) return group;
  throw new AwsError(
    "InvalidGroup.NotFound",
    `The security group '${name}' does not exist in default VPC '${defaultVpc(ctx)}'`,
  );
}

export function saveSecurityGroup(ctx: Context, group: StoredSecurityGroup): void {
  stored(ctx).put(group);
}

export function forgetSecurityGroup(ctx: Context, id: string): void {
  stored(ctx).delete(id);
}

/** The group that instances are in when nobody says otherwise. */
export function defaultGroupId(ctx: Context): string {
  return steadyId("sg", `default of ${defaultVpc(ctx)}`);
}

/** What is allowed out of a new group: everything. */
export const allowedOut: readonly IpPermission[] = [everywhere];

function defaultGroup(ctx: Context): StoredSecurityGroup {
  const id = defaultGroupId(ctx);
  return {
    id,
    owner: ctx.caller.accountId,
    vpc: defaultVpc(ctx),
    name: "default",
    description: "default VPC security group",
    ingress: [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: id, UserId: ctx.caller.accountId }] }],
    egress: allowedOut,
  };
}
