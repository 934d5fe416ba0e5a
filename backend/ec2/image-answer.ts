import type { Image } from "@aws-sdk/client-ec2";
import type { Context } from "../service";
import { isPublic } from "./permissions";
import { tagsOf } from "./tags";
import type { StoredImage } from "./stored-things";
import { isPast } from "./times";

/** An image in the words of DescribeImages, with the caller's tags. */
export function imageAnswer(ctx: Context, image: StoredImage): Image {
  return {
    ImageId: image.id,
    ImageLocation: image.location,
    ImageOwnerAlias: image.ownerAlias,
    ImageType: "machine",
    Name: image.name,
    Description: image.description,
    OwnerId: image.owner,
    Public: isPublic(image.launchPermission),
    State: isPast(ctx.market, image.availableAt) ? "available" : "pending",
    CreationDate: image.created,
    DeprecationTime: image.deprecateAt,
    Architecture: image.architecture,
    VirtualizationType: image.virtualization,
    Hypervisor: "xen",
    PlatformDetails: "Linux/UNIX",
    UsageOperation: "RunInstances",
    RootDeviceType: image.rootDeviceType,
    RootDeviceName: image.rootDeviceName,
    BlockDeviceMappings: [...image.devices],
    EnaSupport: image.ena ? true : undefined,
    SriovNetSupport: image.sriov,
    BootMode: image.bootMode,
    TpmSupport: image.tpm,
    ImdsSupport: image.imds,
    KernelId: image.kernel,
    RamdiskId: image.ramdisk,
    ProductCodes: [...image.productCodes],
    SourceImageId: image.sourceImage?.id,
    SourceImageRegion: image.sourceImage?.region,
    Tags: tagsOf(ctx, image.id),
  };
}
