import type { BlockDeviceMapping, RunInstancesRequest } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../../service";
import { encryptionOf } from "../encryption";
import { newResourceId } from "../ids";
import { usableSnapshot } from "../snapshot-access";
import { tagNew } from "../tags";
import type { StoredImage, StoredVolume } from "../stored-things";
import { snapshotsIn, volumesIn } from "../things";
import type { InstanceVolume } from "./instance";

/** The devices of an image as a launch changes them: overridden by name, left out, or added. */
export function launchDevices(image: StoredImage, asked: readonly BlockDeviceMapping[] = []): BlockDeviceMapping[] {
  const byName = new Map(image.devices.map((device) => [device.DeviceName ?? "", device]));
  for (const change of asked) {
    const name = change.DeviceName ?? "";
    if (name === "") throw new AwsError("MissingParameter", "The request must contain the parameter deviceName");
    if (change.NoDevice !== undefined) byName.delete(name);
    else byName.set(name, merged(name, byName.get(name), change));
  }
  return [...byName.values()];
}

function merged(name: string, base: BlockDeviceMapping | undefined, change: BlockDeviceMapping): BlockDeviceMapping {
  if (base?.Ebs === undefined || change.Ebs === undefined) return change;
  const { SnapshotId: itsSnapshot } = base.Ebs;
  if (change.Ebs.SnapshotId !== undefined && change.Ebs.SnapshotId !== itsSnapshot) {
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `snapshotId cannot be modified on the device '${name}' of the image`,
    );
  }
  return { DeviceName: name, Ebs: { ...base.Ebs, ...change.Ebs } };
}

/** Makes the volumes of a new instance and attaches them. Instance store and empty mappings need none. */
export function makeVolumes(
  ctx: Context,
  input: RunInstancesRequest,
  image: StoredImage,
  devices: readonly BlockDeviceMapping[],
  instance: { readonly id: string; readonly zone: string },
): InstanceVolume[] {
  const now = ctx.market.clock.now().toISOString();
  return devices.flatMap(({ DeviceName = "", Ebs }): InstanceVolume[] => {
    if (Ebs === undefined) return [];
    const ofImage = image.devices.some((device) => device.Ebs?.SnapshotId === Ebs.SnapshotId);
    const snapshot =
      Ebs.SnapshotId === undefined
        ? undefined
        : ofImage
          ? snapshotsIn(ctx.market, ctx.region).get(Ebs.SnapshotId)
          : usableSnapshot(ctx, Ebs.SnapshotId);
    const sizeGiB = Ebs.VolumeSize ?? snapshot?.sizeGiB;
    if (sizeGiB === undefined || sizeGiB < 1) {
      throw new AwsError("InvalidBlockDeviceMapping", `Device '${DeviceName}' must have a snapshot or a volume size`);
    }
    if (snapshot !== undefined && sizeGiB < snapshot.sizeGiB) {
      throw new AwsError(
        "InvalidBlockDeviceMapping",
        `Volume of size ${sizeGiB}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.sizeGiB}GB`,
      );
    }
    const type = Ebs.VolumeType ?? "gp2";
    const deleteOnTermination = Ebs.DeleteOnTermination ?? true;
    const volume: StoredVolume = {
      id: newResourceId("vol"),
      owner: ctx.caller.accountId,
      zone: instance.zone,
      sizeGiB,
      type,
      iops: Ebs.Iops ?? (type === "gp3" ? 3000 : undefined),
      throughput: Ebs.Throughput ?? (type === "gp3" ? 125 : undefined),
      snapshot: snapshot?.id,
      created: now,
      ...encryptionOf(ctx, { Encrypted: Ebs.Encrypted || undefined, KmsKeyId: Ebs.KmsKeyId }, snapshot),
      attachment: { instance: instance.id, device: DeviceName, since: now, deleteOnTermination },
    };
    volumesIn(ctx.market, ctx.region).put(volume);
    tagNew(ctx, input.TagSpecifications, "volume", volume.id);
    return [{ id: volume.id, device: DeviceName, deleteOnTermination }];
  });
}
