import type { IamInstanceProfileSpecification, RunInstancesRequest } from "@aws-sdk/client-ec2";
import { instanceOf } from "../../ec2/instances/instance";
import { findImageId } from "../../ec2/instances/named-image";
import { findProfile } from "../../ec2/instances/launch-profile";
import { arnOf as iamArn, keyOf, roles } from "../../iam/records";
import type { Context } from "../../service";
import type { Need, Rights } from "../need";
import { keysOfRequestTags } from "../request-keys";
import { arnOf, codesOf, type Ec2Thing, fresh, imageThing, resourceTags } from "./ec2-things";

interface Named {
  readonly InstanceId?: string;
  readonly InstanceIds?: readonly string[];
}

/** Launching and running instances: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2". */
export const instanceRights: Rights = {
  DescribeInstanceAttribute: onInstances("DescribeInstanceAttribute"),
  DescribeInstanceStatus: anywhere("DescribeInstanceStatus"),
  DescribeInstances: anywhere("DescribeInstances"),
  ModifyInstanceAttribute: onInstances("ModifyInstanceAttribute"),
  RebootInstances: onInstances("RebootInstances"),
  RunInstances: launching,
  StartInstances: onInstances("StartInstances"),
  StopInstances: onInstances("StopInstances"),
  TerminateInstances: onInstances("TerminateInstances"),
};

function anywhere(operation: string) {
  return (ctx: Context): Need[] => [need(ctx, operation, { resource: "*" })];
}

function onInstances(operation: string) {
  return (ctx: Context, { InstanceId, InstanceIds = [] }: Named): Need[] =>
    [...InstanceIds, ...(InstanceId === undefined ? [] : [InstanceId])].map((id) =>
      need(ctx, operation, instanceThing(ctx, id)),
    );
}

function launching(ctx: Context, input: RunInstancesRequest): Need[] {
  const groups = input.SecurityGroupIds?.length ? input.SecurityGroupIds : ["*"];
  const things: Ec2Thing[] = [
    ...(input.ImageId === undefined ? [] : [imageThing(ctx, findImageId(ctx, input.ImageId) ?? "*")]),
    { ...fresh(ctx, "instance"), keys: { "ec2:InstanceType": input.InstanceType ?? "m1.small" } },
    fresh(ctx, "network-interface"),
    fresh(ctx, "volume"),
    { resource: arnOf(ctx, "subnet", input.SubnetId ?? "*") },
    ...groups.map((id) => ({ resource: arnOf(ctx, "security-group", id) })),
    ...(input.KeyName === undefined ? [] : [{ resource: arnOf(ctx, "key-pair", input.KeyName) }]),
  ];
  return [
    ...things.map((thing) => need(ctx, "RunInstances", thing, input)),
    ...(input.TagSpecifications ?? []).map(({ ResourceType = "*", Tags }) => ({
      action: "ec2:CreateTags",
      resource: fresh(ctx, ResourceType).resource,
      keys: { "ec2:Region": ctx.region, "ec2:CreateAction": "RunInstances", ...keysOfRequestTags(Tags) },
    })),
    ...passing(ctx, input.IamInstanceProfile),
  ];
}

/** An instance profile hands its role to EC2: IAM User Guide, "Grant a user permissions to pass a role to an AWS service". */
function passing(ctx: Context, asked: IamInstanceProfileSpecification | undefined): Need[] {
  const profile = asked && findProfile(ctx, asked);
  const role = profile?.role && roles(ctx.market.store).get(keyOf(profile.accountId, profile.role));
  if (!role) return [];
  const keys = { "iam:PassedToService": "ec2.amazonaws.com" };
  return [{ action: "iam:PassRole", resource: iamArn("role", role), keys }];
}

function need(ctx: Context, operation: string, { resource, type, keys }: Ec2Thing, input?: RunInstancesRequest): Need {
  const tags = (input?.TagSpecifications ?? [])
    .filter(({ ResourceType }) => type !== undefined && ResourceType === type)
    .flatMap(({ Tags }) => Tags ?? []);
  return {
    action: `ec2:${operation}`,
    resource,
    keys: { "ec2:Region": ctx.region, ...keys, ...keysOfRequestTags(tags) },
  };
}

function instanceThing(ctx: Context, id: string): Ec2Thing {
  const resource = arnOf(ctx, "instance", id);
  const instance = instanceOf(ctx, id);
  if (instance === undefined) return { resource };
  return {
    resource,
    keys: {
      ...resourceTags(ctx, id),
      "ec2:AvailabilityZone": instance.zone,
      "ec2:EbsOptimized": String(instance.ebsOptimized),
      "ec2:InstanceProfile": instance.profile?.arn,
      "ec2:InstanceType": instance.type,
      "ec2:ProductCode": codesOf(instance.productCodes),
      "ec2:RootDeviceType": instance.rootDeviceType,
      "ec2:Tenancy": "default",
    },
  };
}
