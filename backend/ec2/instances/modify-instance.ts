import type {
  DescribeInstanceAttributeRequest,
  InstanceAttribute,
  ModifyInstanceAttributeRequest,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { imagesIn } from "../things";
import { namedSecurityGroup } from "../network/security-group";
import { requireFittingType } from "./fitting-type";
import { instancesIn, namedInstances, stateOf, type StoredInstance } from "./instance";
import { requireOffered } from "./offered-product";
import { checkUserData } from "./user-data";

/** Changes one instance: its type and user data while it is stopped, its groups and protection at any time. */
export function modifyInstanceAttribute(ctx: Context, input: ModifyInstanceAttributeRequest): object {
  const instance = ownInstance(ctx, input.InstanceId);
  const type = input.InstanceType?.Value ?? (input.Attribute === "instanceType" ? input.Value : undefined);
  const protection =
    input.DisableApiTermination?.Value ??
    (input.Attribute === "disableApiTermination" ? input.Value === "true" : undefined);
  const behavior = input.InstanceInitiatedShutdownBehavior?.Value;
  const userData = input.UserData?.Value;
  instancesIn(ctx.market, ctx.region).put({
    ...instance,
    ...(type !== undefined && { type: newType(ctx, instance, type) }),
    ...(protection !== undefined && { protectedFromTermination: protection }),
    ...(input.Groups?.length && { securityGroups: input.Groups.map((id) => namedSecurityGroup(ctx, id).id) }),
    ...(behavior !== undefined && { shutdownBehavior: shutdownBehavior(behavior) }),
    ...(userData !== undefined && { userData: newUserData(ctx, instance, userData) }),
  });
  return {};
}

/** One attribute of an instance. */
export function describeInstanceAttribute(ctx: Context, input: DescribeInstanceAttributeRequest): InstanceAttribute {
  const instance = ownInstance(ctx, input.InstanceId);
  const answer = attributes[input.Attribute ?? ""];
  if (answer !== undefined) return { InstanceId: instance.id, ...answer(instance) };
  throw new AwsError("InvalidParameterValue", `Value (${input.Attribute}) for parameter attribute is invalid.`);
}

const attributes: Readonly<Record<string, (instance: StoredInstance) => InstanceAttribute>> = {
  disableApiTermination: ({ protectedFromTermination: Value }) => ({ DisableApiTermination: { Value } }),
  ebsOptimized: ({ ebsOptimized: Value }) => ({ EbsOptimized: { Value } }),
  enaSupport: ({ ena: Value }) => ({ EnaSupport: { Value } }),
  groupSet: ({ securityGroups }) => ({ Groups: securityGroups.map((GroupId) => ({ GroupId })) }),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior: Value }) => ({
    InstanceInitiatedShutdownBehavior: { Value },
  }),
  instanceType: ({ type: Value }) => ({ InstanceType: { Value } }),
  productCodes: ({ productCodes }) => ({ ProductCodes: [...productCodes] }),
  rootDeviceName: ({ rootDeviceName: Value }) => ({ RootDeviceName: { Value } }),
  sourceDestCheck: () => ({ SourceDestCheck: { Value: true } }),
  userData: ({ userData: Value }) => ({ UserData: { Value } }),
};

function ownInstance(ctx: Context, id: string | undefined): StoredInstance {
  const [instance] = namedInstances(ctx, [id ?? ""]);
  return instance as StoredInstance;
}

function newType(ctx: Context, instance: StoredInstance, type: string): string {
  requireStopped(ctx, instance);
  const image = imagesIn(ctx.market, ctx.region).get(instance.image);
  if (image !== undefined) requireFittingType(type, image);
  requireOffered(ctx, instance, type);
  return type;
}

function newUserData(ctx: Context, instance: StoredInstance, bytes: Uint8Array): string {
  requireStopped(ctx, instance);
  return checkUserData(Buffer.from(bytes).toString("base64"));
}

function requireStopped(ctx: Context, instance: StoredInstance): void {
  if (stateOf(ctx, instance) === "stopped") return;
  throw new AwsError("IncorrectInstanceState", `The instance '${instance.id}' is not in the 'stopped' state.`);
}

function shutdownBehavior(value: string): "stop" | "terminate" {
  if (value === "stop" || value === "terminate") return value;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value}) for parameter instanceInitiatedShutdownBehavior is invalid.`,
  );
}
