import type { BlockDeviceMapping, EbsBlockDevice } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { defaultKmsKey, encryptsByDefault } from "./encryption";
import { usableSnapshot } from "./snapshot-access";

/**
 * The devices of a new image, completed from their snapshots: size and encryption. Fails with InvalidSnapshot.NotFound
 * for a snapshot that the caller may not use and with InvalidBlockDeviceMapping for contradictions.
 */
export function readDevices(ctx: Context, asked: readonly BlockDeviceMapping[]): BlockDeviceMapping[] {
  const seen = new Set<string>();
  return asked
    .filter((device) => device.NoDevice === undefined)
    .map((device) => {
      const name = device.DeviceName ?? "";
      if (name === "") throw new AwsError("MissingParameter", "The request must contain the parameter deviceName");
      if (seen.has(name)) {
        throw new AwsError(
          "InvalidBlockDeviceMapping",
          `The device '${name}' is used in more than one block-device mapping`,
        );
      }
      seen.add(name);
      if (device.VirtualName !== undefined) return { DeviceName: name, VirtualName: device.VirtualName };
      if (!device.Ebs) {
        throw new AwsError("InvalidBlockDeviceMapping", `The device '${name}' needs an EBS volume or a virtual name`);
      }
      return { DeviceName: name, Ebs: readVolume(ctx, name, device.Ebs) };
    });
}

function readVolume(ctx: Context, device: string, ebs: EbsBlockDevice): EbsBlockDevice {
  const type = ebs.VolumeType ?? "standard";
  const common: EbsBlockDevice = {
    DeleteOnTermination: ebs.DeleteOnTermination ?? true,
    VolumeType: type,
    Iops: ebs.Iops ?? (type === "gp3" ? 3000 : undefined),
    Throughput: ebs.Throughput ?? (type === "gp3" ? 125 : undefined),
  };
  if (ebs.SnapshotId === undefined) return { ...common, ...emptyVolume(ctx, device, ebs) };
  if (ebs.Encrypted !== undefined) {
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `the encrypted flag cannot be specified since device ${device} has a snapshot specified.`,
    );
  }
  const snapshot = usableSnapshot(ctx, ebs.SnapshotId);
  const size = ebs.VolumeSize ?? snapshot.sizeGiB;
  if (size < snapshot.sizeGiB) {
    throw new AwsError(
      "InvalidBlockDeviceMapping",
      `Volume of size ${size}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.sizeGiB}GB`,
    );
  }
  return { ...common, SnapshotId: snapshot.id, VolumeSize: size, Encrypted: snapshot.encrypted };
}

function emptyVolume(ctx: Context, device: string, ebs: EbsBlockDevice): EbsBlockDevice {
  if (ebs.VolumeSize === undefined || ebs.VolumeSize < 1) {
    throw new AwsError("InvalidBlockDeviceMapping", `Device '${device}' must have a snapshot or a volume size`);
  }
  const encrypted = ebs.Encrypted ?? encryptsByDefault(ctx);
  return {
    VolumeSize: ebs.VolumeSize,
    Encrypted: encrypted,
    KmsKeyId: encrypted ? (ebs.KmsKeyId ?? defaultKmsKey(ctx)) : undefined,
  };
}
