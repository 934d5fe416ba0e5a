import type { Reservation, RunInstancesRequest } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { newResourceId } from "../ids";
import { visibleImage } from "../image-access";
import { namedKeyPair } from "../network/key-pair";
import { checkTagSpecifications, tagNew } from "../tags";
import type { StoredImage } from "../stored-things";
import { isPast } from "../times";
import { askedAddress, freeAddresses, publicAddress } from "./addresses";
import { requireFittingType } from "./fitting-type";
import { reservationAnswer } from "./instance-answer";
import { instancesIn, type StoredInstance } from "./instance";
import { launchDevices, makeVolumes } from "./launch-devices";
import { launchProfile } from "./launch-profile";
import { launchedBefore, rememberLaunch } from "./launch-token";
import { imageIdOf } from "./named-image";
import { requireOffered } from "./offered-product";
import { beginUsage } from "./paid-usage";
import { placementOf, type Placement } from "./placement";
import { requireSubscription } from "./subscription";
import { whenDone } from "./timing";
import { checkUserData } from "./user-data";

/** EC2's type for launches that name none. */
const usualType = "m1.small";

/**
 * Launches MinCount to MaxCount instances of an image, as many as the subnet has addresses for. The image of a product
 * needs an active subscription, a region that the product is offered in, and one of its instance types. The same
 * ClientToken launches once.
 */
export function runInstances(ctx: Context, input: RunInstancesRequest): Reservation {
  checkTagSpecifications(input.TagSpecifications, ["instance", "volume"]);
  const before = launchedBefore(ctx, input);
  if (before !== undefined) return reservationAnswer(ctx, before);
  checkCounts(input);
  const image = launchableImage(ctx, input);
  const type = input.InstanceType ?? usualType;
  requireFittingType(type, image);
  requireSubscription(ctx, image);
  requireOffered(ctx, image, type);
  const placement = placementOf(ctx, input);
  const launch = launchOf(ctx, input, image, placement);
  const instances = addressesFor(ctx, input, placement).map((privateIp, launchIndex) => {
    const instance = launchOne(ctx, input, image, { ...launch, launchIndex, privateIp });
    beginUsage(ctx, instance);
    return instance;
  });
  rememberLaunch(ctx, input, instances);
  return reservationAnswer(ctx, instances, "pending");
}

function checkCounts({ MinCount = 0, MaxCount = 0 }: RunInstancesRequest): void {
  if (MinCount < 1) {
    throw new AwsError("InvalidParameterValue", `Value (${MinCount}) for parameter minCount is invalid. Minimum is 1.`);
  }
  if (MaxCount >= MinCount) return;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${MinCount}) for parameter minCount is invalid. It is more than maxCount (${MaxCount}).`,
  );
}

function launchableImage(ctx: Context, input: RunInstancesRequest): StoredImage {
  if (input.LaunchTemplate !== undefined) {
    const { LaunchTemplateId, LaunchTemplateName } = input.LaunchTemplate;
    throw new AwsError(
      LaunchTemplateId === undefined
        ? "InvalidLaunchTemplateName.NotFoundException"
        : "InvalidLaunchTemplateId.NotFound",
      `The specified launch template, ${LaunchTemplateId ?? LaunchTemplateName}, does not exist.`,
    );
  }
  const image = visibleImage(ctx, imageIdOf(ctx, input.ImageId));
  if (isPast(ctx.market, image.availableAt)) return image;
  throw new AwsError("InvalidAMIID.Unavailable", `The image ID '${image.id}' is not available yet: it is pending.`);
}

function addressesFor(ctx: Context, input: RunInstancesRequest, { subnet, privateIp }: Placement): string[] {
  const { MinCount = 1, MaxCount = 1 } = input;
  if (privateIp === undefined) return freeAddresses(ctx, subnet, MinCount, MaxCount);
  if (MaxCount === 1) return [askedAddress(ctx, subnet, privateIp)];
  throw new AwsError(
    "InvalidParameterCombination",
    "A private IP address cannot be specified when launching more than one instance",
  );
}

/** What all instances of a launch have in common. */
type Launch = Omit<StoredInstance, "id" | "launchIndex" | "privateIp" | "interfaceId" | "volumes" | "publicIp"> & {
  readonly withPublicIp: boolean;
};

function launchOf(ctx: Context, input: RunInstancesRequest, image: StoredImage, placement: Placement): Launch {
  const { KeyName, IamInstanceProfile, UserData } = input;
  return {
    owner: ctx.caller.accountId,
    reservation: newResourceId("r"),
    clientToken: input.ClientToken,
    image: image.id,
    type: input.InstanceType ?? usualType,
    architecture: image.architecture,
    virtualization: image.virtualization,
    rootDeviceType: image.rootDeviceType,
    rootDeviceName: image.rootDeviceName,
    ena: image.ena,
    bootMode: image.bootMode,
    productCodes: image.productCodes,
    product: image.product,
    zone: placement.subnet.zone,
    vpc: placement.subnet.vpc,
    subnet: placement.subnet.id,
    securityGroups: placement.securityGroups,
    keyName: KeyName === undefined ? undefined : namedKeyPair(ctx, KeyName).name,
    profile: IamInstanceProfile === undefined ? undefined : launchProfile(ctx, IamInstanceProfile),
    userData: UserData === undefined ? undefined : checkUserData(UserData),
    monitored: input.Monitoring?.Enabled ?? false,
    ebsOptimized: input.EbsOptimized ?? false,
    tokensRequired: input.MetadataOptions?.HttpTokens === "required" || image.imds === "v2.0",
    shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? "stop",
    protectedFromTermination: input.DisableApiTermination ?? false,
    launched: ctx.market.clock.now().toISOString(),
    movement: { from: "pending", to: "running", at: whenDone(ctx.market, "running").toISOString() },
    withPublicIp: placement.publicIp,
  };
}

function launchOne(
  ctx: Context,
  input: RunInstancesRequest,
  image: StoredImage,
  { withPublicIp, ...launch }: Launch & { readonly launchIndex: number; readonly privateIp: string },
): StoredInstance {
  const id = newResourceId("i");
  const devices = launchDevices(image, input.BlockDeviceMappings);
  const instance: StoredInstance = {
    ...launch,
    id,
    interfaceId: newResourceId("eni"),
    publicIp: withPublicIp ? publicAddress() : undefined,
    volumes: makeVolumes(ctx, input, image, devices, { id, zone: launch.zone }),
  };
  instancesIn(ctx.market, ctx.region).put(instance);
  tagNew(ctx, input.TagSpecifications, "instance", id);
  return instance;
}
