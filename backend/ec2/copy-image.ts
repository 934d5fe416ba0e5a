import type { BlockDeviceMapping, CopyImageRequest, CopyImageResult } from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { encryptionOf } from "./encryption";
import { newResourceId } from "./ids";
import { visibleImage } from "./image-access";
import { checkImageName } from "./image-names";
import { mayUseSnapshot } from "./snapshot-access";
import { newSnapshot } from "./snapshots";
import { checkTagSpecifications, tagNew, tagsOf } from "./tags";
import type { StoredImage } from "./stored-things";
import { imagesIn, snapshotsIn } from "./things";
import { doneAt } from "./times";

/** Seconds that copying a small image takes on the real service, about. */
const copySeconds = 60;

/**
 * Copies an image that the caller may launch, with its snapshots, from the source region into the region of the request.
 * The copy is the caller's and private. It is encrypted where the source is, when asked for, or where the account
 * encrypts by default.
 */
export function copyImage(ctx: Context, input: CopyImageRequest): CopyImageResult {
  checkTagSpecifications(input.TagSpecifications, ["image", "snapshot"]);
  const there: Context = { ...ctx, region: input.SourceRegion ?? ctx.region };
  const source = visibleImage(there, input.SourceImageId ?? "");
  checkImageName(ctx, input.Name ?? "");
  if (source.productCodes.length > 0 && source.owner !== ctx.caller.accountId) {
    throw new AwsError(
      "InvalidRequest",
      "Images with EC2 BillingProduct codes cannot be copied to another AWS account",
    );
  }
  const copy: StoredImage = {
    ...source,
    id: newResourceId("ami"),
    owner: ctx.caller.accountId,
    ownerAlias: undefined,
    name: input.Name ?? "",
    description: input.Description ?? source.description,
    created: ctx.market.clock.now().toISOString(),
    availableAt: doneAt(ctx.market, copySeconds),
    deprecateAt: undefined,
    location: `${ctx.caller.accountId}/${input.Name}`,
    devices: source.devices.map((device) => copyDevice(ctx, there, source, input, device)),
    sourceImage: { id: source.id, region: there.region },
    launchPermission: [],
  };
  imagesIn(ctx.market, ctx.region).put(copy);
  if (input.CopyImageTags) tagNew(ctx, [{ ResourceType: "image", Tags: tagsOf(there, source.id) }], "image", copy.id);
  tagNew(ctx, input.TagSpecifications, "image", copy.id);
  return { ImageId: copy.id };
}

function copyDevice(
  ctx: Context,
  there: Context,
  source: StoredImage,
  input: CopyImageRequest,
  device: BlockDeviceMapping,
): BlockDeviceMapping {
  if (!device.Ebs?.SnapshotId) return device;
  const snapshot = snapshotsIn(there.market, there.region).get(device.Ebs.SnapshotId);
  if (!snapshot || !mayUseSnapshot(snapshot, ctx.caller.accountId)) {
    throw new AwsError("InvalidRequest", "You do not have permission to access the storage of this ami");
  }
  const encryption = encryptionOf(ctx, input, snapshot);
  const copied = newSnapshot(ctx, {
    volume: "vol-ffffffff",
    sizeGiB: snapshot.sizeGiB,
    description: `Copied for DestinationAmi ${input.Name} from SourceAmi ${source.id} for SourceSnapshot ${snapshot.id}.`,
    ...encryption,
  });
  tagNew(ctx, input.TagSpecifications, "snapshot", copied.id);
  return { ...device, Ebs: { ...device.Ebs, SnapshotId: copied.id, Encrypted: encryption.encrypted } };
}
