import type {
  CopySnapshotRequest,
  CopySnapshotResult,
  CreateSnapshotRequest,
  DeleteSnapshotRequest,
  DescribeSnapshotsRequest,
  DescribeSnapshotsResult,
  Snapshot,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { encryptionOf } from "./encryption";
import { keepMatching } from "./filters";
import { newResourceId, notFound, checkResourceId } from "./ids";
import { pageOf } from "./pages";
import { isPublic } from "./permissions";
import { mayUseSnapshot, ownSnapshot, usableSnapshot } from "./snapshot-access";
import { checkTagSpecifications, forgetTags, tagNew, tagsOf } from "./tags";
import type { StoredSnapshot } from "./stored-things";
import { imagesIn, snapshotsIn } from "./things";
import { doneAt, isPast } from "./times";
import { ownVolume } from "./volumes";

/** Seconds that a small snapshot takes on the real service, about. */
const snapshotSeconds = 20;

/** Makes a snapshot of one of the caller's volumes; it is encrypted if the volume is. */
export function createSnapshot(ctx: Context, input: CreateSnapshotRequest): Snapshot {
  checkTagSpecifications(input.TagSpecifications, ["snapshot"]);
  const volume = ownVolume(ctx, input.VolumeId ?? "");
  const snapshot = newSnapshot(ctx, {
    volume: volume.id,
    sizeGiB: volume.sizeGiB,
    description: input.Description ?? "",
    ...(volume.encrypted ? { encrypted: true, kmsKey: volume.kmsKey } : { encrypted: false }),
  });
  tagNew(ctx, input.TagSpecifications, "snapshot", snapshot.id);
  const { State, Progress, ...rest } = snapshotAnswer(ctx, snapshot);
  return { ...rest, State: State === "completed" ? "pending" : State, Progress: State === "completed" ? "" : Progress };
}

/** Stores a fresh snapshot of the caller's, visible to nobody else. */
export function newSnapshot(
  ctx: Context,
  facts: Pick<StoredSnapshot, "volume" | "sizeGiB" | "description" | "encrypted" | "kmsKey">,
): StoredSnapshot {
  const snapshot: StoredSnapshot = {
    ...facts,
    id: newResourceId("snap"),
    owner: ctx.caller.accountId,
    started: ctx.market.clock.now().toISOString(),
    completeAt: doneAt(ctx.market, snapshotSeconds),
    storageTier: "standard",
    createVolumePermission: [],
  };
  snapshotsIn(ctx.market, ctx.region).put(snapshot);
  return snapshot;
}

/** Copies a snapshot that the caller may use, from the source region into the region of the request. */
export function copySnapshot(ctx: Context, input: CopySnapshotRequest): CopySnapshotResult {
  checkTagSpecifications(input.TagSpecifications, ["snapshot"]);
  const source = usableSnapshot({ ...ctx, region: input.SourceRegion ?? ctx.region }, input.SourceSnapshotId ?? "");
  const snapshot = newSnapshot(ctx, {
    volume: "vol-ffffffff",
    sizeGiB: source.sizeGiB,
    description: input.Description ?? "",
    ...encryptionOf(ctx, input, source),
  });
  tagNew(ctx, input.TagSpecifications, "snapshot", snapshot.id);
  return { SnapshotId: snapshot.id, Tags: tagsOf(ctx, snapshot.id) };
}

/**
 * Snapshots that the caller owns or may use. Owners are account ids, `self` or `amazon`. Fails with
 * InvalidSnapshot.NotFound when one that is asked for by id is not among them.
 */
export function describeSnapshots(ctx: Context, input: DescribeSnapshotsRequest): DescribeSnapshotsResult {
  const asked = input.SnapshotIds?.length ? input.SnapshotIds : undefined;
  if (asked && input.MaxResults !== undefined) {
    throw new AwsError(
      "InvalidParameterCombination",
      "The parameter snapshotSet cannot be used with the parameter maxResults",
    );
  }
  asked?.forEach((id) => checkResourceId("snap", id));
  const visible = snapshotsIn(ctx.market, ctx.region)
    .all()
    .filter((snapshot) => mayUseSnapshot(snapshot, ctx.caller.accountId));
  const ids = new Set(visible.map((snapshot) => snapshot.id));
  const missing = asked?.find((id) => !ids.has(id));
  if (missing !== undefined) throw notFound("snap", missing);

  const chosen = visible
    .filter((snapshot) => !asked || asked.includes(snapshot.id))
    .filter((snapshot) => ownerIsAmong(ctx, snapshot, input.OwnerIds))
    .filter((snapshot) => restorableByAny(ctx, snapshot, input.RestorableByUserIds));
  const matching = keepMatching(
    chosen.map((snapshot) => snapshotAnswer(ctx, snapshot)),
    input.Filters,
    {
      description: (snapshot) => [snapshot.Description],
      encrypted: (snapshot) => [snapshot.Encrypted],
      "owner-alias": (snapshot) => [snapshot.OwnerAlias],
      "owner-id": (snapshot) => [snapshot.OwnerId],
      progress: (snapshot) => [snapshot.Progress],
      "snapshot-id": (snapshot) => [snapshot.SnapshotId],
      "start-time": (snapshot) => [snapshot.StartTime?.toISOString()],
      status: (snapshot) => [snapshot.State],
      "storage-tier": (snapshot) => [snapshot.StorageTier],
      "volume-id": (snapshot) => [snapshot.VolumeId],
      "volume-size": (snapshot) => [snapshot.VolumeSize],
    },
    (snapshot) => snapshot.Tags ?? [],
  );
  const page = pageOf(matching, (snapshot) => snapshot.SnapshotId ?? "", input, { least: 5, most: 1000, usual: 1000 });
  return { Snapshots: page.items, NextToken: page.nextToken };
}

function ownerIsAmong(ctx: Context, snapshot: StoredSnapshot, owners: readonly string[] | undefined): boolean {
  if (!owners?.length) return true;
  return owners.some((owner) => {
    if (owner === "self") return snapshot.owner === ctx.caller.accountId;
    return owner === snapshot.owner || owner === snapshot.ownerAlias;
  });
}

function restorableByAny(ctx: Context, snapshot: StoredSnapshot, users: readonly string[] | undefined): boolean {
  if (!users?.length) return true;
  return users.some((user) => {
    if (user === "all") return isPublic(snapshot.createVolumePermission);
    const account = user === "self" ? ctx.caller.accountId : user;
    return snapshot.owner === account || snapshot.createVolumePermission.some((grant) => grant.UserId === account);
  });
}

/** Deletes the caller's snapshot. Fails with InvalidSnapshot.InUse while an image is made of it. */
export function deleteSnapshot(ctx: Context, input: DeleteSnapshotRequest): object {
  const snapshot = ownSnapshot(ctx, input.SnapshotId ?? "");
  const user = imagesIn(ctx.market, ctx.region)
    .all()
    .find((image) => image.devices.some((device) => device.Ebs?.SnapshotId === snapshot.id));
  if (user) {
    throw new AwsError("InvalidSnapshot.InUse", `The snapshot ${snapshot.id} is currently in use by ${user.id}`);
  }
  snapshotsIn(ctx.market, ctx.region).delete(snapshot.id);
  forgetTags(ctx, snapshot.id);
  return {};
}

function snapshotAnswer(ctx: Context, snapshot: StoredSnapshot): Snapshot {
  const complete = isPast(ctx.market, snapshot.completeAt);
  return {
    SnapshotId: snapshot.id,
    VolumeId: snapshot.volume,
    State: complete ? "completed" : "pending",
    Progress: complete ? "100%" : "0%",
    StartTime: new Date(snapshot.started),
    CompletionTime: complete ? new Date(snapshot.completeAt ?? snapshot.started) : undefined,
    OwnerId: snapshot.owner,
    OwnerAlias: snapshot.ownerAlias,
    Description: snapshot.description,
    VolumeSize: snapshot.sizeGiB,
    Encrypted: snapshot.encrypted,
    KmsKeyId: snapshot.kmsKey,
    StorageTier: snapshot.storageTier,
    Tags: tagsOf(ctx, snapshot.id),
  };
}
