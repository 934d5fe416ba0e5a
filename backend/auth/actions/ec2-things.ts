import type { ProductCode } from "@aws-sdk/client-ec2";
import { isPublic } from "../../ec2/permissions";
import { tagsOf } from "../../ec2/tags";
import { imagesIn, snapshotsIn, volumesIn } from "../../ec2/things";
import type { Context } from "../../service";
import type { ContextKeys } from "../policy";
import { keysOfResourceTags } from "../request-keys";

/** What an EC2 action is done to, as policies speak of it. */
export interface Ec2Thing {
  /** An ARN, or `*`. */
  readonly resource: string;
  /** Of something that the request makes, and may tag: `image`. */
  readonly type?: string;
  readonly keys?: ContextKeys;
}

/** What is only being made, and has no id yet. */
export function fresh(ctx: Context, type: string): Ec2Thing {
  return { resource: arnOf(ctx, type, "*"), type };
}

/** What its id says it is. */
export function thingOf(ctx: Context, id: string): Ec2Thing {
  if (id.startsWith("ami-")) return imageThing(ctx, id);
  if (id.startsWith("snap-")) return snapshotThing(ctx, id);
  return id.startsWith("vol-") ? volumeThing(ctx, id) : ownThing(ctx, id);
}

const otherTypes: Readonly<Record<string, string>> = {
  i: "instance",
  key: "key-pair",
  sg: "security-group",
  subnet: "subnet",
  vpc: "vpc",
};

/** Something of the caller's that policies know by its tags. */
export function ownThing(ctx: Context, id: string): Ec2Thing {
  const type = otherTypes[id.split("-")[0] ?? ""] ?? "*";
  return { resource: arnOf(ctx, type, id), keys: resourceTags(ctx, id) };
}

export function imageThing(ctx: Context, id: string): Ec2Thing {
  const image = imagesIn(ctx.market, ctx.region).get(id);
  const resource = arnOf(ctx, "image", id);
  if (image === undefined) return { resource };
  return {
    resource,
    keys: {
      ...resourceTags(ctx, id),
      "ec2:ImageID": id,
      "ec2:ImageType": "machine",
      "ec2:Owner": image.ownerAlias ?? image.owner,
      "ec2:ProductCode": codesOf(image.productCodes),
      "ec2:Public": String(isPublic(image.launchPermission)),
      "ec2:RootDeviceType": image.rootDeviceType,
    },
  };
}

export function snapshotThing(ctx: Context, id: string): Ec2Thing {
  const snapshot = snapshotsIn(ctx.market, ctx.region).get(id);
  const resource = arnOf(ctx, "snapshot", id);
  if (snapshot === undefined) return { resource };
  return {
    resource,
    keys: {
      ...resourceTags(ctx, id),
      "ec2:SnapshotID": id,
      "ec2:Owner": snapshot.ownerAlias ?? snapshot.owner,
      "ec2:Encrypted": String(snapshot.encrypted),
      "ec2:ParentVolume": arnOf(ctx, "volume", snapshot.volume),
      "ec2:SnapshotTime": snapshot.started,
      "ec2:VolumeSize": String(snapshot.sizeGiB),
    },
  };
}

export function volumeThing(ctx: Context, id: string): Ec2Thing {
  const volume = volumesIn(ctx.market, ctx.region).get(id);
  const resource = arnOf(ctx, "volume", id);
  if (volume === undefined) return { resource };
  return {
    resource,
    keys: {
      ...resourceTags(ctx, id),
      "ec2:VolumeID": id,
      "ec2:AvailabilityZone": volume.zone,
      "ec2:Encrypted": String(volume.encrypted),
      "ec2:ParentSnapshot": volume.snapshot === undefined ? undefined : arnOf(ctx, "snapshot", volume.snapshot),
      "ec2:VolumeIops": volume.iops === undefined ? undefined : String(volume.iops),
      "ec2:VolumeSize": String(volume.sizeGiB),
      "ec2:VolumeThroughput": volume.throughput === undefined ? undefined : String(volume.throughput),
      "ec2:VolumeType": volume.type,
    },
  };
}

/** Keys for the tags that the caller has put on it. */
export function resourceTags(ctx: Context, id: string): ContextKeys {
  const tags = Object.fromEntries(tagsOf(ctx, id).map(({ Key = "", Value = "" }) => [Key, Value]));
  return keysOfResourceTags(tags, ["aws", "ec2"]);
}

/** `ec2:ProductCode`, of images and instances of marketplace products. */
export function codesOf(codes: readonly ProductCode[]): readonly string[] {
  return codes.flatMap(({ ProductCodeId }) => ProductCodeId ?? []);
}

/** ARNs of images and snapshots name no account. */
export function arnOf({ region, caller }: Context, type: string, id: string): string {
  const account = type === "image" || type === "snapshot" ? "" : caller.accountId;
  return `arn:aws:ec2:${region}:${account}:${type}/${id}`;
}
