import type { BlockDeviceMapping, RegisterImageRequest, RegisterImageResult } from "@aws-sdk/client-ec2";
import { findObject } from "../s3/objects";
import { AwsError, type Context } from "../service";
import { readDevices } from "./block-devices";
import { newResourceId } from "./ids";
import { checkImageName } from "./image-names";
import { checkTagSpecifications, tagNew } from "./tags";
import type { StoredImage } from "./stored-things";
import { imagesIn } from "./things";

/**
 * Makes an image of the caller's: from snapshots (BlockDeviceMappings, whose root device needs one) or from a bundle in
 * S3 (ImageLocation), which gives an instance-store image. Without other word an image is i386, paravirtual and without
 * ENA, as on the real service; a listing needs x86_64 or arm64, hvm and mostly ENA.
 */
export function registerImage(ctx: Context, input: RegisterImageRequest): RegisterImageResult {
  checkTagSpecifications(input.TagSpecifications, ["image", "snapshot"]);
  checkImageName(ctx, input.Name ?? "");
  checkMachine(input);
  const image: StoredImage = {
    id: newResourceId("ami"),
    owner: ctx.caller.accountId,
    name: input.Name ?? "",
    description: input.Description,
    created: ctx.market.clock.now().toISOString(),
    architecture: input.Architecture ?? "i386",
    virtualization: virtualizationOf(input),
    ena: input.EnaSupport ?? false,
    sriov: input.SriovNetSupport,
    bootMode: input.BootMode,
    tpm: input.TpmSupport,
    imds: input.ImdsSupport,
    uefiData: input.UefiData,
    kernel: input.KernelId,
    ramdisk: input.RamdiskId,
    productCodes: (input.BillingProducts ?? []).map((code) => ({ ProductCodeId: code, ProductCodeType: "devpay" })),
    launchPermission: [],
    ...(input.ImageLocation === undefined ? fromSnapshots(ctx, input) : fromBundle(ctx, input, input.ImageLocation)),
  };
  imagesIn(ctx.market, ctx.region).put(image);
  tagNew(ctx, input.TagSpecifications, "image", image.id);
  return { ImageId: image.id };
}

type Root = Pick<StoredImage, "rootDeviceType" | "rootDeviceName" | "devices" | "location">;

function fromSnapshots(ctx: Context, input: RegisterImageRequest): Root {
  if (!input.BlockDeviceMappings?.length) {
    throw new AwsError(
      "MissingParameter",
      "The request must contain the parameter ImageLocation or BlockDeviceMappings",
    );
  }
  const rootDeviceName = input.RootDeviceName ?? "/dev/sda1";
  const devices = readDevices(ctx, input.BlockDeviceMappings);
  if (!devices.some((device) => isRoot(device, rootDeviceName))) {
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `The root device ${rootDeviceName} needs a mapping with a snapshot`,
    );
  }
  return { rootDeviceType: "ebs", rootDeviceName, devices, location: `${ctx.caller.accountId}/${input.Name}` };
}

function isRoot(device: BlockDeviceMapping, name: string): boolean {
  return device.DeviceName === name && device.Ebs?.SnapshotId !== undefined;
}

function fromBundle(ctx: Context, input: RegisterImageRequest, location: string): Root {
  const [bucket = "", ...key] = location.split("/");
  if (!findObject(ctx.market, bucket, key.join("/"))) {
    throw new AwsError(
      "InvalidManifest",
      `HTTP 404 (Not Found) response for URL https://s3.amazonaws.com:443/${location}: ` +
        "check your manifest path is correct and in the correct region.",
    );
  }
  const devices = readDevices(ctx, input.BlockDeviceMappings ?? []);
  return { rootDeviceType: "instance-store", rootDeviceName: input.RootDeviceName, devices, location };
}

function virtualizationOf(input: RegisterImageRequest): StoredImage["virtualization"] {
  const asked = input.VirtualizationType ?? "paravirtual";
  if (asked === "hvm" || asked === "paravirtual") return asked;
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${asked}) for parameter virtualizationType is invalid. Valid values are: hvm, paravirtual.`,
  );
}

function checkMachine(input: RegisterImageRequest): void {
  const virtualization = virtualizationOf(input);
  if (input.Architecture === "arm64" && virtualization !== "hvm") {
    throw new AwsError("InvalidParameterCombination", "Architecture arm64 requires virtualization type hvm");
  }
  if (input.Architecture === "arm64" && input.BootMode === "legacy-bios") {
    throw new AwsError("InvalidParameterCombination", "Architecture arm64 requires boot mode uefi");
  }
  if (input.EnaSupport && virtualization !== "hvm") {
    throw new AwsError("InvalidParameterCombination", "ENA support requires virtualization type hvm");
  }
  if (input.TpmSupport !== undefined && input.BootMode !== "uefi") {
    throw new AwsError("InvalidParameterCombination", "TPM support requires boot mode uefi");
  }
}
