import { AwsError, type Handler, type Service } from "../service";
import { copyImage } from "./copy-image";
import { describeImages } from "./describe-images";
import { disableEbsEncryptionByDefault, enableEbsEncryptionByDefault, getEbsEncryptionByDefault } from "./encryption";
import { describeImageAttribute, modifyImageAttribute, resetImageAttribute } from "./image-attributes";
import { deregisterImage, disableImageDeprecation, enableImageDeprecation } from "./image-life";
import { rebootInstances, startInstances, stopInstances, terminateInstances } from "./instances/change-state";
import { describeInstanceStatus } from "./instances/describe-instance-status";
import { describeInstances } from "./instances/describe-instances";
import { describeInstanceAttribute, modifyInstanceAttribute } from "./instances/modify-instance";
import { runInstances } from "./instances/run-instances";
import { describeInstanceTypeOfferings, describeInstanceTypes } from "./instance-types";
import { describeAvailabilityZones, describeRegions } from "./regions";
import { describeSubnets, describeVpcs } from "./network/describe-network";
import { createKeyPair, deleteKeyPair, describeKeyPairs } from "./network/key-pairs";
import { authorizeSecurityGroupIngress, revokeSecurityGroupIngress } from "./network/security-group-rules";
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from "./network/security-groups";
import { registerImage } from "./register-image";
import { describeSnapshotAttribute, modifySnapshotAttribute, resetSnapshotAttribute } from "./snapshot-attributes";
import { copySnapshot, createSnapshot, deleteSnapshot, describeSnapshots } from "./snapshots";
import { createTags, deleteTags, describeTags } from "./tags";
import { createVolume, deleteVolume, describeVolumes } from "./volumes";

/**
 * The part of EC2 that sellers and buyers need: regions, instance types, images, snapshots, volumes and tags; instances
 * with the default network, security groups and key pairs that launching takes.
 */
export const service: Service = {
  handlers: withDryRun({
    AuthorizeSecurityGroupIngress: authorizeSecurityGroupIngress,
    CopyImage: copyImage,
    CopySnapshot: copySnapshot,
    CreateKeyPair: createKeyPair,
    CreateSecurityGroup: createSecurityGroup,
    CreateSnapshot: createSnapshot,
    CreateTags: createTags,
    CreateVolume: createVolume,
    DeleteKeyPair: deleteKeyPair,
    DeleteSecurityGroup: deleteSecurityGroup,
    DeleteSnapshot: deleteSnapshot,
    DeleteTags: deleteTags,
    DeleteVolume: deleteVolume,
    DeregisterImage: deregisterImage,
    DescribeAvailabilityZones: describeAvailabilityZones,
    DescribeImageAttribute: describeImageAttribute,
    DescribeImages: describeImages,
    DescribeInstanceAttribute: describeInstanceAttribute,
    DescribeInstanceStatus: describeInstanceStatus,
    DescribeInstanceTypeOfferings: describeInstanceTypeOfferings,
    DescribeInstanceTypes: describeInstanceTypes,
    DescribeInstances: describeInstances,
    DescribeKeyPairs: describeKeyPairs,
    DescribeRegions: describeRegions,
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSnapshotAttribute: describeSnapshotAttribute,
    DescribeSnapshots: describeSnapshots,
    DescribeSubnets: describeSubnets,
    DescribeTags: describeTags,
    DescribeVolumes: describeVolumes,
    DescribeVpcs: describeVpcs,
    DisableEbsEncryptionByDefault: disableEbsEncryptionByDefault,
    DisableImageDeprecation: disableImageDeprecation,
    EnableEbsEncryptionByDefault: enableEbsEncryptionByDefault,
    EnableImageDeprecation: enableImageDeprecation,
    GetEbsEncryptionByDefault: getEbsEncryptionByDefault,
    ModifyImageAttribute: modifyImageAttribute,
    ModifyInstanceAttribute: modifyInstanceAttribute,
    ModifySnapshotAttribute: modifySnapshotAttribute,
    RebootInstances: rebootInstances,
    RegisterImage: registerImage,
    ResetImageAttribute: resetImageAttribute,
    ResetSnapshotAttribute: resetSnapshotAttribute,
    RevokeSecurityGroupIngress: revokeSecurityGroupIngress,
    RunInstances: runInstances,
    StartInstances: startInstances,
    StopInstances: stopInstances,
    TerminateInstances: terminateInstances,
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
