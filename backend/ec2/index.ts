import { AwsError, type Handler, type Service } from "../service";
import { copyImage } from "./copy-image";
import { describeImages } from "./describe-images";
import { disableEbsEncryptionByDefault, enableEbsEncryptionByDefault, getEbsEncryptionByDefault } from "./encryption";
import { describeImageAttribute, modifyImageAttribute, resetImageAttribute } from "./image-attributes";
import { deregisterImage, disableImageDeprecation, enableImageDeprecation } from "./image-life";
import { describeInstanceTypeOfferings, describeInstanceTypes } from "./instance-types";
import { describeAvailabilityZones, describeRegions } from "./regions";
import { registerImage } from "./register-image";
import { describeSnapshotAttribute, modifySnapshotAttribute, resetSnapshotAttribute } from "./snapshot-attributes";
import { copySnapshot, createSnapshot, deleteSnapshot, describeSnapshots } from "./snapshots";
import { createTags, deleteTags, describeTags } from "./tags";
import { createVolume, deleteVolume, describeVolumes } from "./volumes";

/** The part of EC2 that a listing needs: regions, instance types, images, snapshots, volumes and tags. */
export const service: Service = {
  handlers: withDryRun({
    CopyImage: copyImage,
    CopySnapshot: copySnapshot,
    CreateSnapshot: createSnapshot,
    CreateTags: createTags,
    CreateVolume: createVolume,
    DeleteSnapshot: deleteSnapshot,
    DeleteTags: deleteTags,
    DeleteVolume: deleteVolume,
    DeregisterImage: deregisterImage,
    DescribeAvailabilityZones: describeAvailabilityZones,
    DescribeImageAttribute: describeImageAttribute,
    DescribeImages: describeImages,
    DescribeInstanceTypeOfferings: describeInstanceTypeOfferings,
    DescribeInstanceTypes: describeInstanceTypes,
    DescribeRegions: describeRegions,
    DescribeSnapshotAttribute: describeSnapshotAttribute,
    DescribeSnapshots: describeSnapshots,
    DescribeTags: describeTags,
    DescribeVolumes: describeVolumes,
    DisableEbsEncryptionByDefault: disableEbsEncryptionByDefault,
    DisableImageDeprecation: disableImageDeprecation,
    EnableEbsEncryptionByDefault: enableEbsEncryptionByDefault,
    EnableImageDeprecation: enableImageDeprecation,
    GetEbsEncryptionByDefault: getEbsEncryptionByDefault,
    ModifyImageAttribute: modifyImageAttribute,
    ModifySnapshotAttribute: modifySnapshotAttribute,
    RegisterImage: registerImage,
    ResetImageAttribute: resetImageAttribute,
    ResetSnapshotAttribute: resetSnapshotAttribute,
  }),
};

/** With DryRun, EC2 says that a well-formed request would have been allowed, and does nothing. */
function withDryRun(handlers: Readonly<Record<string, Handler>>): Record<string, Handler> {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]): [string, Handler] => [
      name,
      (ctx, input: { readonly DryRun?: boolean }) => {
        if (!input.DryRun) return handler(ctx, input as never);
        throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
      },
    ]),
  );
}
