import type {
  CreateVolumeRequest,
  DeleteVolumeRequest,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  Volume,
  VolumeAttachment,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { encryptionOf } from "./encryption";
import { keepMatching } from "./filters";
import { checkResourceId, newResourceId, notFound } from "./ids";
import { pageOf } from "./pages";
import { zonesOf } from "./regions";
import { usableSnapshot } from "./snapshot-access";
import { checkTagSpecifications, forgetTags, tagNew, tagsOf } from "./tags";
import type { StoredVolume, VolumeUse } from "./stored-things";
import { volumesIn } from "./things";

/**
 * Makes an empty volume, or one from a snapshot that the caller may use. 1 to 16384 GiB, at least the snapshot's size.
 * Where the account encrypts by default, the volume and what is made from it are encrypted.
 */
export function createVolume(ctx: Context, input: CreateVolumeRequest): Volume {
  checkTagSpecifications(input.TagSpecifications, ["volume"]);
  const zone = zoneOf(ctx, input);
  const snapshot = input.SnapshotId === undefined ? undefined : usableSnapshot(ctx, input.SnapshotId);
  const size = input.Size ?? snapshot?.sizeGiB;
  if (size === undefined) {
    throw new AwsError("MissingParameter", "The request must contain the parameter size or snapshotId");
  }
  if (size < 1 || size > 16384) {
    throw new AwsError(
      "InvalidParameterValue",
      `Volume of ${size}GiB is invalid; minimum is 1GiB, maximum is 16384GiB.`,
    );
  }
  if (snapshot && size < snapshot.sizeGiB) {
    throw new AwsError(
      "InvalidParameterValue",
      `Volume of size ${size}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.sizeGiB}GB`,
    );
  }
  const type = input.VolumeType ?? "gp2";
  const volume: StoredVolume = {
    id: newResourceId("vol"),
    owner: ctx.caller.accountId,
    zone,
    sizeGiB: size,
    type,
    iops: input.Iops ?? (type === "gp3" ? 3000 : type === "gp2" ? Math.max(100, Math.min(16000, size * 3)) : undefined),
    throughput: input.Throughput ?? (type === "gp3" ? 125 : undefined),
    snapshot: snapshot?.id,
    created: ctx.market.clock.now().toISOString(),
    ...encryptionOf(ctx, input, snapshot),
  };
  volumesIn(ctx.market, ctx.region).put(volume);
  tagNew(ctx, input.TagSpecifications, "volume", volume.id);
  return volumeAnswer(ctx, volume);
}

function zoneOf(ctx: Context, input: CreateVolumeRequest): string {
  const zones = zonesOf(ctx.region);
  const asked = input.AvailabilityZone ?? input.AvailabilityZoneId;
  if (asked === undefined) {
    throw new AwsError(
      "MissingParameter",
      "The request must contain the parameter AvailabilityZone or AvailabilityZoneId",
    );
  }
  const zone = zones.find(([name, id]) => name === input.AvailabilityZone || id === input.AvailabilityZoneId);
  if (zone) return zone[0];
  throw new AwsError("InvalidZone.NotFound", `The zone '${asked}' does not exist.`);
}

/** The caller's volumes. */
export function describeVolumes(ctx: Context, input: DescribeVolumesRequest): DescribeVolumesResult {
  for (const id of input.VolumeIds ?? []) ownVolume(ctx, id);
  const mine = volumesIn(ctx.market, ctx.region)
    .all()
    .filter((volume) => volume.owner === ctx.caller.accountId)
    .filter((volume) => !input.VolumeIds?.length || input.VolumeIds.includes(volume.id))
    .map((volume) => volumeAnswer(ctx, volume));
  const matching = keepMatching(
    mine,
    input.Filters,
    {
      "attachment.delete-on-termination": (volume) =>
        (volume.Attachments ?? []).map((each) => each.DeleteOnTermination),
      "attachment.device": (volume) => (volume.Attachments ?? []).map((each) => each.Device),
      "attachment.instance-id": (volume) => (volume.Attachments ?? []).map((each) => each.InstanceId),
      "attachment.status": (volume) => (volume.Attachments ?? []).map((each) => each.State),
      "availability-zone": (volume) => [volume.AvailabilityZone],
      "create-time": (volume) => [volume.CreateTime?.toISOString()],
      encrypted: (volume) => [volume.Encrypted],
      size: (volume) => [volume.Size],
      "snapshot-id": (volume) => [volume.SnapshotId],
      status: (volume) => [volume.State],
      "volume-id": (volume) => [volume.VolumeId],
      "volume-type": (volume) => [volume.VolumeType],
    },
    (volume) => volume.Tags ?? [],
  );
  const page = pageOf(matching, (volume) => volume.VolumeId ?? "", input, { least: 5, most: 1000, usual: 1000 });
  return { Volumes: page.items, NextToken: page.nextToken };
}

export function deleteVolume(ctx: Context, input: DeleteVolumeRequest): object {
  const volume = ownVolume(ctx, input.VolumeId ?? "");
  if (volume.attachment) {
    throw new AwsError("VolumeInUse", `Volume ${volume.id} is currently attached to ${volume.attachment.instance}`);
  }
  volumesIn(ctx.market, ctx.region).delete(volume.id);
  forgetTags(ctx, volume.id);
  return {};
}

/** The caller's volume of that id, else InvalidVolume.NotFound. */
export function ownVolume(ctx: Context, id: string): StoredVolume {
  checkResourceId("vol", id);
  const volume = volumesIn(ctx.market, ctx.region).get(id);
  if (volume?.owner !== ctx.caller.accountId) throw notFound("vol", id);
  return volume;
}

function volumeAnswer(ctx: Context, volume: StoredVolume): Volume {
  return {
    VolumeId: volume.id,
    Size: volume.sizeGiB,
    SnapshotId: volume.snapshot ?? "",
    AvailabilityZone: volume.zone,
    AvailabilityZoneId: zonesOf(ctx.region).find(([name]) => name === volume.zone)?.[1],
    State: volume.attachment ? "in-use" : "available",
    CreateTime: new Date(volume.created),
    Attachments: volume.attachment ? [attachmentAnswer(volume.id, volume.attachment)] : [],
    Tags: tagsOf(ctx, volume.id),
    VolumeType: volume.type,
    Iops: volume.iops,
    Throughput: volume.throughput,
    MultiAttachEnabled: false,
    Encrypted: volume.encrypted,
    KmsKeyId: volume.kmsKey,
  };
}

function attachmentAnswer(volumeId: string, use: VolumeUse): VolumeAttachment {
  return {
    VolumeId: volumeId,
    InstanceId: use.instance,
    Device: use.device,
    State: "attached",
    AttachTime: new Date(use.since),
    DeleteOnTermination: use.deleteOnTermination,
  };
}
