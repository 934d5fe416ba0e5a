import type {
  DescribeSnapshotAttributeRequest,
  DescribeSnapshotAttributeResult,
  ModifySnapshotAttributeRequest,
  ResetSnapshotAttributeRequest,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { changeGrants } from "./permissions";
import { ownSnapshot } from "./snapshot-access";
import { snapshotsIn } from "./things";

/** Who may make volumes from the caller's snapshot (`createVolumePermission`), or its `productCodes`. */
export function describeSnapshotAttribute(
  ctx: Context,
  input: DescribeSnapshotAttributeRequest,
): DescribeSnapshotAttributeResult {
  const snapshot = ownSnapshot(ctx, input.SnapshotId ?? "");
  return input.Attribute === "productCodes"
    ? { SnapshotId: snapshot.id, ProductCodes: [] }
    : { SnapshotId: snapshot.id, CreateVolumePermissions: [...snapshot.createVolumePermission] };
}

/**
 * Lets accounts, or with the group `all` everybody, make volumes from the caller's snapshot, or no longer. Snapshots
 * under the account's default key cannot be shared, and encrypted ones never with everybody.
 */
export function modifySnapshotAttribute(ctx: Context, input: ModifySnapshotAttributeRequest): object {
  const snapshot = ownSnapshot(ctx, input.SnapshotId ?? "");
  if (input.Attribute === "productCodes") {
    throw new AwsError("InvalidParameterValue", "Value (productCodes) for parameter attribute is invalid.");
  }
  const grants = changeGrants(snapshot.createVolumePermission, {
    modifications: input.CreateVolumePermission,
    operation: input.OperationType,
    users: input.UserIds,
    groups: input.GroupNames,
  });
  if (snapshot.encrypted && grants.length > snapshot.createVolumePermission.length) {
    if (grants.some((grant) => grant.Group === "all")) {
      throw new AwsError("InvalidParameter", "Encrypted snapshots cannot be made public");
    }
    if (snapshot.kmsKey?.endsWith(":alias/aws/ebs")) {
      throw new AwsError("InvalidParameter", "Encrypted snapshots with EBS default key cannot be shared");
    }
  }
  snapshotsIn(ctx.market, ctx.region).put({ ...snapshot, createVolumePermission: grants });
  return {};
}

/** Takes every permission to make volumes from the caller's snapshot back. */
export function resetSnapshotAttribute(ctx: Context, input: ResetSnapshotAttributeRequest): object {
  const snapshot = ownSnapshot(ctx, input.SnapshotId ?? "");
  if (input.Attribute !== "createVolumePermission") {
    throw new AwsError("InvalidParameterValue", `Value (${input.Attribute}) for parameter attribute is invalid.`);
  }
  snapshotsIn(ctx.market, ctx.region).put({ ...snapshot, createVolumePermission: [] });
  return {};
}
