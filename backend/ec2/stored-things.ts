import type { BlockDeviceMapping, Image, ProductCode, Snapshot, Volume } from "@aws-sdk/client-ec2";
import type { Grant } from "./permissions";

/** An image as it is kept. Times are RFC 3339, UTC. */
export interface StoredImage {
  readonly id: string;
  readonly owner: string;
  /** `amazon` or `aws-marketplace` */
  readonly ownerAlias?: string;
  readonly name: string;
  readonly description?: string;
  readonly created: string;
  /** A copy that takes its time is pending until then. */
  readonly availableAt?: string;
  readonly deprecateAt?: string;
  readonly location: string;
  readonly architecture: NonNullable<Image["Architecture"]>;
  readonly virtualization: NonNullable<Image["VirtualizationType"]>;
  readonly rootDeviceType: NonNullable<Image["RootDeviceType"]>;
  readonly rootDeviceName?: string;
  readonly devices: readonly BlockDeviceMapping[];
  readonly ena: boolean;
  readonly sriov?: string;
  readonly bootMode?: Image["BootMode"];
  readonly tpm?: Image["TpmSupport"];
  readonly imds?: Image["ImdsSupport"];
  readonly uefiData?: string;
  readonly kernel?: string;
  readonly ramdisk?: string;
  readonly productCodes: readonly ProductCode[];
  /** The product that it is the marketplace's copy for. */
  readonly product?: string;
  readonly sourceImage?: { readonly id: string; readonly region: string };
  readonly launchPermission: readonly Grant[];
}

/** A snapshot as it is kept. */
export interface StoredSnapshot {
  readonly id: string;
  readonly owner: string;
  readonly ownerAlias?: string;
  readonly volume: string;
  readonly sizeGiB: number;
  readonly description: string;
  readonly started: string;
  readonly completeAt?: string;
  readonly encrypted: boolean;
  readonly kmsKey?: string;
  readonly storageTier: NonNullable<Snapshot["StorageTier"]>;
  readonly createVolumePermission: readonly Grant[];
}

/** A volume as it is kept. */
export interface StoredVolume {
  readonly id: string;
  readonly owner: string;
  readonly zone: string;
  readonly sizeGiB: number;
  readonly type: NonNullable<Volume["VolumeType"]>;
  readonly iops?: number;
  readonly throughput?: number;
  readonly snapshot?: string;
  readonly created: string;
  readonly encrypted: boolean;
  readonly kmsKey?: string;
  /** To the one instance that has it. */
  readonly attachment?: VolumeUse;
}

/** A volume in use. */
export interface VolumeUse {
  readonly instance: string;
  readonly device: string;
  readonly since: string;
  readonly deleteOnTermination: boolean;
}
