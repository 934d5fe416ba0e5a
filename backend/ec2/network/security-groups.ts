import type {
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  SecurityGroup,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { keepMatching } from "../filters";
import { checkResourceId, newResourceId, notFound } from "../ids";
import { ownInstances, stateOf } from "../instances/instance";
import { pageOf } from "../pages";
import { checkTagSpecifications, forgetTags, tagNew, tagsOf } from "../tags";
import { defaultVpc, networkHas } from "./default-vpc";
import {
  allowedOut,
  defaultGroupId,
  forgetSecurityGroup,
  namedSecurityGroup,
  ownSecurityGroups,
  saveSecurityGroup,
  type StoredSecurityGroup,
} from "./security-group";

/** Makes a security group that lets nothing in and everything out. Names are unique in a VPC. */
export function createSecurityGroup(ctx: Context, input: CreateSecurityGroupRequest): CreateSecurityGroupResult {
  checkTagSpecifications(input.TagSpecifications, ["security-group"]);
  const vpc = input.VpcId ?? defaultVpc(ctx);
  checkResourceId("vpc", vpc);
  if (!networkHas(ctx, vpc)) throw notFound("vpc", vpc);
  const name = input.GroupName ?? "";
  checkText("groupName", name);
  checkText("groupDescription", input.Description ?? "");
  if (name.startsWith("sg-")) {
    throw new AwsError("InvalidParameterValue", `Group names may not be in the format sg-*.`);
  }
  if (ownSecurityGroups(ctx).some((group) => group.name === name)) {
    throw new AwsError("InvalidGroup.Duplicate", `The security group '${name}' already exists for VPC '${vpc}'`);
  }
  const group: StoredSecurityGroup = {
    id: newResourceId("sg"),
    owner: ctx.caller.accountId,
    vpc,
    name,
    description: input.Description ?? "",
    ingress: [],
    egress: allowedOut,
  };
  saveSecurityGroup(ctx, group);
  tagNew(ctx, input.TagSpecifications, "security-group", group.id);
  return { GroupId: group.id, SecurityGroupArn: arnOf(ctx, group), Tags: tagsOf(ctx, group.id) };
}

/** The caller's security groups. */
export function describeSecurityGroups(
  ctx: Context,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  const asked = new Set([
    ...(input.GroupIds ?? []).map((id) => namedSecurityGroup(ctx, id).id),
    ...(input.GroupNames ?? []).map((name) => namedSecurityGroup(ctx, undefined, name).id),
  ]);
  const groups = ownSecurityGroups(ctx).filter(({ id }) => asked.size === 0 || asked.has(id));
  const matching = keepMatching(
    groups.map((group) => groupAnswer(ctx, group)),
    input.Filters,
    {
      description: (group) => [group.Description],
      "egress.ip-permission.cidr": (group) => cidrsOf(group.IpPermissionsEgress),
      "group-id": (group) => [group.GroupId],
      "group-name": (group) => [group.GroupName],
      "ip-permission.cidr": (group) => cidrsOf(group.IpPermissions),
      "ip-permission.from-port": (group) => (group.IpPermissions ?? []).map((each) => each.FromPort),
      "ip-permission.protocol": (group) => (group.IpPermissions ?? []).map((each) => each.IpProtocol),
      "ip-permission.to-port": (group) => (group.IpPermissions ?? []).map((each) => each.ToPort),
      "owner-id": (group) => [group.OwnerId],
      "vpc-id": (group) => [group.VpcId],
    },
    (group) => group.Tags ?? [],
  );
  const page = pageOf(matching, (group) => group.GroupId ?? "", input, { least: 5, most: 1000, usual: 1000 });
  return { SecurityGroups: page.items, NextToken: page.nextToken };
}

/** Takes a group away that no instance is in. The default group stays. */
export function deleteSecurityGroup(ctx: Context, input: DeleteSecurityGroupRequest): DeleteSecurityGroupResult {
  const group = namedSecurityGroup(ctx, input.GroupId, input.GroupName);
  if (group.id === defaultGroupId(ctx)) {
    throw new AwsError(
      "CannotDelete",
      `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
    );
  }
  const inUse = ownInstances(ctx).some(
    (instance) => instance.securityGroups.includes(group.id) && stateOf(ctx, instance) !== "terminated",
  );
  if (inUse) throw new AwsError("DependencyViolation", `resource ${group.id} has a dependent object`);
  forgetSecurityGroup(ctx, group.id);
  forgetTags(ctx, group.id);
  return { Return: true, GroupId: group.id };
}

const cidrsOf = (permissions: SecurityGroup["IpPermissions"]) =>
  (permissions ?? []).flatMap((each) => (each.IpRanges ?? []).map((range) => range.CidrIp));

/** Up to 255 of the characters that VPC groups take: Amazon EC2 API Reference, CreateSecurityGroup. */
function checkText(parameter: string, text: string): void {
  if (text === "") throw new AwsError("MissingParameter", `The request must contain the parameter ${parameter}`);
  if (text.length <= 255 && /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/.test(text)) return;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${text}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported, and at ` +
      "most 255 characters.",
  );
}

function groupAnswer(ctx: Context, group: StoredSecurityGroup): SecurityGroup {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    OwnerId: group.owner,
    VpcId: group.vpc,
    SecurityGroupArn: arnOf(ctx, group),
    IpPermissions: [...group.ingress],
    IpPermissionsEgress: [...group.egress],
    Tags: tagsOf(ctx, group.id),
  };
}

function arnOf(ctx: Context, group: StoredSecurityGroup): string {
  return `arn:aws:ec2:${ctx.region}:${group.owner}:security-group/${group.id}`;
}
