import type { DescribeImagesRequest, DescribeImagesResult, Image } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { keepMatching, type FilterFields } from "./filters";
import { checkResourceId, notFound } from "./ids";
import { mayLaunch } from "./image-access";
import { imageAnswer } from "./image-answer";
import { pageOf } from "./pages";
import { grantsReach, isPublic } from "./permissions";
import type { StoredImage } from "./stored-things";
import { imagesIn } from "./things";
import { isPast } from "./times";

/**
 * Images that the caller owns or may launch. Deprecated ones of others show only when asked for, by id or with
 * IncludeDeprecated. Fails with InvalidAMIID.NotFound, naming all of them, for ids that the caller cannot see.
 */
export function describeImages(ctx: Context, input: DescribeImagesRequest): DescribeImagesResult {
  const asked = input.ImageIds?.length ? input.ImageIds : undefined;
  if (asked && input.MaxResults !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter imageIdsSet cannot be used with the parameter maxResults",
    );
  }
  const visible = visibleImages(ctx, asked);
  const chosen = visible
    .filter((image) => asked || input.IncludeDeprecated || !isHiddenByDeprecation(ctx, image))
    .filter((image) => ownerIsAmong(ctx, image, input.Owners))
    .filter((image) => launchableByAny(ctx, image, input.ExecutableUsers));
  const matching = keepMatching(
    chosen.map((image) => imageAnswer(ctx, image)),
    input.Filters,
    imageFilters,
    (image) => image.Tags ?? [],
  );
  const page = pageOf(matching, (image) => image.ImageId ?? "", input, {
    least: 1,
    most: 1000,
    usual: Number.POSITIVE_INFINITY,
  });
  return { Images: page.items, NextToken: page.nextToken };
}

function visibleImages(ctx: Context, asked: readonly string[] | undefined): StoredImage[] {
  const images = imagesIn(ctx.market, ctx.region);
  if (!asked) return images.all().filter((image) => mayLaunch(image, ctx.caller.accountId));
  for (const id of asked) checkResourceId("ami", id);
  const found = new Map<string, StoredImage>();
  for (const id of asked) {
    const image = images.get(id);
    if (image && mayLaunch(image, ctx.caller.accountId)) found.set(id, image);
  }
  const missing = asked.filter((id) => !found.has(id));
  if (missing.length > 0) throw notFound("ami", ...missing);
  return [...found.values()];
}

function isHiddenByDeprecation(ctx: Context, image: StoredImage): boolean {
  if (image.deprecateAt === undefined || image.owner === ctx.caller.accountId) return false;
  return isPast(ctx.market, image.deprecateAt);
}

/** Owners are account ids, `self`, or the aliases `amazon` and `aws-marketplace`. */
function ownerIsAmong(ctx: Context, image: StoredImage, owners: readonly string[] | undefined): boolean {
  if (!owners?.length) return true;
  return owners.some((owner) => {
    if (owner === "self") return image.owner === ctx.caller.accountId;
    return owner === image.owner || owner === image.ownerAlias;
  });
}

/** Images with launch permission for one of: an account id, `self` (given to the caller by name) or `all` (public). */
function launchableByAny(ctx: Context, image: StoredImage, users: readonly string[] | undefined): boolean {
  if (!users?.length) return true;
  return users.some((user) => {
    if (user === "all") return isPublic(image.launchPermission);
    const account = user === "self" ? ctx.caller.accountId : user;
    return !isPublic(image.launchPermission) && grantsReach(image.launchPermission, account);
  });
}

const devices = (image: Image) => image.BlockDeviceMappings ?? [];

/** The filters of DescribeImages (EC2 API reference). */
const imageFilters: FilterFields<Image> = {
  architecture: (image) => [image.Architecture],
  "block-device-mapping.delete-on-termination": (image) => devices(image).map((each) => each.Ebs?.DeleteOnTermination),
  "block-device-mapping.device-name": (image) => devices(image).map((each) => each.DeviceName),
  "block-device-mapping.encrypted": (image) => devices(image).map((each) => each.Ebs?.Encrypted),
  "block-device-mapping.snapshot-id": (image) => devices(image).map((each) => each.Ebs?.SnapshotId),
  "block-device-mapping.volume-size": (image) => devices(image).map((each) => each.Ebs?.VolumeSize),
  "block-device-mapping.volume-type": (image) => devices(image).map((each) => each.Ebs?.VolumeType),
  "boot-mode": (image) => [image.BootMode],
  "creation-date": (image) => [image.CreationDate],
  description: (image) => [image.Description],
  "ena-support": (image) => [image.EnaSupport ?? false],
  hypervisor: (image) => [image.Hypervisor],
  "image-id": (image) => [image.ImageId],
  "image-type": (image) => [image.ImageType],
  "imds-support": (image) => [image.ImdsSupport],
  "is-public": (image) => [image.Public],
  "kernel-id": (image) => [image.KernelId],
  "manifest-location": (image) => [image.ImageLocation],
  name: (image) => [image.Name],
  "owner-alias": (image) => [image.ImageOwnerAlias],
  "owner-id": (image) => [image.OwnerId],
  platform: (image) => [image.Platform],
  "platform-details": (image) => [image.PlatformDetails],
  "product-code": (image) => (image.ProductCodes ?? []).map((code) => code.ProductCodeId),
  "product-code.type": (image) => (image.ProductCodes ?? []).map((code) => code.ProductCodeType),
  "ramdisk-id": (image) => [image.RamdiskId],
  "root-device-name": (image) => [image.RootDeviceName],
  "root-device-type": (image) => [image.RootDeviceType],
  "source-image-id": (image) => [image.SourceImageId],
  "source-image-region": (image) => [image.SourceImageRegion],
  "sriov-net-support": (image) => [image.SriovNetSupport],
  state: (image) => [image.State],
  "tpm-support": (image) => [image.TpmSupport],
  "usage-operation": (image) => [image.UsageOperation],
  "virtualization-type": (image) => [image.VirtualizationType],
};
