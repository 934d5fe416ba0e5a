import { steadyId } from "./ids";
import type { StoredImage, StoredSnapshot } from "./stored-things";

/** The account that stands for Amazon; its things carry the owner alias `amazon`. */
const amazon = "999988886666";

interface BaseImage {
  readonly name: string;
  readonly description: string;
  readonly architecture: "x86_64" | "arm64";
  readonly rootDevice: string;
  readonly sizeGiB: number;
  readonly bootMode: "uefi" | "uefi-preferred";
  readonly created: string;
}

const baseImages: readonly BaseImage[] = [
  al2023("2023.8.20250915.0", "x86_64", "2025-09-12T21:38:42.000Z"),
  al2023("2023.8.20250915.0", "arm64", "2025-09-12T21:38:39.000Z"),
  al2023("2023.9.20251208.0", "x86_64", "2025-12-05T22:01:14.000Z"),
  al2023("2023.9.20251208.0", "arm64", "2025-12-05T22:01:11.000Z"),
];

function al2023(release: string, architecture: "x86_64" | "arm64", created: string): BaseImage {
  return {
    name: `al2023-ami-${release}-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI ${release} ${architecture} HVM kernel-6.1`,
    architecture,
    rootDevice: "/dev/xvda",
    sizeGiB: 8,
    bootMode: architecture === "arm64" ? "uefi" : "uefi-preferred",
    created,
  };
}

const imagesByRegion = new Map<string, ReadonlyMap<string, StoredImage>>();
const snapshotsByRegion = new Map<string, ReadonlyMap<string, StoredSnapshot>>();

/** Amazon's public images in a region by id: what a seller starts from. The ids are always the same. */
export function amazonImages(region: string): ReadonlyMap<string, StoredImage> {
  return remembered(imagesByRegion, region, () => baseImages.map((base) => imageOf(base, region)));
}

/** The snapshots of those images. Unlike the real ones they are public, so that an image can be made from them here. */
export function amazonSnapshots(region: string): ReadonlyMap<string, StoredSnapshot> {
  return remembered(snapshotsByRegion, region, () => baseImages.map((base) => snapshotOf(base, region)));
}

function remembered<Thing extends { readonly id: string }>(
  memory: Map<string, ReadonlyMap<string, Thing>>,
  region: string,
  make: () => Thing[],
): ReadonlyMap<string, Thing> {
  const known = memory.get(region);
  if (known) return known;
  const made = new Map(make().map((thing) => [thing.id, thing]));
  memory.set(region, made);
  return made;
}

function imageOf(base: BaseImage, region: string): StoredImage {
  return {
    id: steadyId("ami", `${region} ${base.name}`),
    owner: amazon,
    ownerAlias: "amazon",
    name: base.name,
    description: base.description,
    created: base.created,
    location: `amazon/${base.name}`,
    architecture: base.architecture,
    virtualization: "hvm",
    rootDeviceType: "ebs",
    rootDeviceName: base.rootDevice,
    devices: [
      {
        DeviceName: base.rootDevice,
        Ebs: {
          DeleteOnTermination: true,
          Iops: 3000,
          SnapshotId: snapshotOf(base, region).id,
          VolumeSize: base.sizeGiB,
          VolumeType: "gp3",
          Throughput: 125,
          Encrypted: false,
        },
      },
    ],
    ena: true,
    sriov: "simple",
    bootMode: base.bootMode,
    imds: "v2.0",
    productCodes: [],
    launchPermission: [{ Group: "all" }],
  };
}

function snapshotOf(base: BaseImage, region: string): StoredSnapshot {
  return {
    id: steadyId("snap", `${region} ${base.name}`),
    owner: amazon,
    ownerAlias: "amazon",
    volume: "vol-ffffffff",
    sizeGiB: base.sizeGiB,
    description: base.description,
    started: base.created,
    encrypted: false,
    storageTier: "standard",
    createVolumePermission: [{ Group: "all" }],
  };
}
