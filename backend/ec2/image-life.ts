import type {
  DeregisterImageRequest,
  DeregisterImageResult,
  DisableImageDeprecationRequest,
  EnableImageDeprecationRequest,
  EnableImageDeprecationResult,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { ownImage } from "./image-access";
import { forgetTags } from "./tags";
import { imagesIn, snapshotsIn } from "./things";

/** Takes the caller's image away. Its snapshots stay, unless they are to go too and nothing else uses them. */
export function deregisterImage(ctx: Context, input: DeregisterImageRequest): DeregisterImageResult {
  const image = ownImage(ctx, input.ImageId ?? "");
  const images = imagesIn(ctx.market, ctx.region);
  images.delete(image.id);
  forgetTags(ctx, image.id);
  if (!input.DeleteAssociatedSnapshots) return { Return: true };
  const stillUsed = new Set(images.all().flatMap((each) => each.devices.map((device) => device.Ebs?.SnapshotId)));
  return {
    Return: true,
    DeleteSnapshotResults: image.devices
      .flatMap((device) => device.Ebs?.SnapshotId ?? [])
      .map((id) => ({ SnapshotId: id, ReturnCode: deleteUnused(ctx, id, stillUsed) })),
  };
}

function deleteUnused(ctx: Context, id: string, stillUsed: ReadonlySet<unknown>) {
  const snapshots = snapshotsIn(ctx.market, ctx.region);
  const snapshot = snapshots.get(id);
  if (!snapshot) return "internal-error";
  if (snapshot.owner !== ctx.caller.accountId) return "missing-permissions";
  if (stillUsed.has(id)) return "skipped";
  snapshots.delete(id);
  forgetTags(ctx, id);
  return "success";
}

/** Marks the caller's image as deprecated from a time on; seconds are rounded to the minute, at most ten years ahead. */
export function enableImageDeprecation(
  ctx: Context,
  input: EnableImageDeprecationRequest,
): EnableImageDeprecationResult {
  const image = ownImage(ctx, input.ImageId ?? "");
  const now = ctx.market.clock.now();
  const at = new Date(Math.round((input.DeprecateAt?.getTime() ?? Number.NaN) / 60_000) * 60_000);
  if (Number.isNaN(at.getTime()) || at < now) {
    throw new AwsError("InvalidParameterValue", "The specified deprecation time must be in the future.");
  }
  const limit = new Date(now);
  limit.setUTCFullYear(limit.getUTCFullYear() + 10);
  if (at > limit) {
    throw new AwsError("InvalidParameterValue", "The specified deprecation time must be within 10 years from now.");
  }
  imagesIn(ctx.market, ctx.region).put({ ...image, deprecateAt: at.toISOString() });
  return { Return: true };
}

/** Takes the deprecation of the caller's image back. */
export function disableImageDeprecation(
  ctx: Context,
  input: DisableImageDeprecationRequest,
): EnableImageDeprecationResult {
  const image = ownImage(ctx, input.ImageId ?? "");
  imagesIn(ctx.market, ctx.region).put({ ...image, deprecateAt: undefined });
  return { Return: true };
}
