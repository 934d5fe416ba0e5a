import type { Context } from "../service";
import { checkResourceId, notFound, notYours } from "./ids";
import { grantsReach } from "./permissions";
import type { StoredImage } from "./stored-things";
import { imagesIn } from "./things";

/** Whether the account owns the image or may launch it. */
export function mayLaunch(image: StoredImage, accountId: string): boolean {
  return image.owner === accountId || grantsReach(image.launchPermission, accountId);
}

/** The image of that id if the caller may see it, else InvalidAMIID.NotFound. */
export function visibleImage(ctx: Context, id: string): StoredImage {
  checkResourceId("ami", id);
  const image = imagesIn(ctx.market, ctx.region).get(id);
  if (!image || !mayLaunch(image, ctx.caller.accountId)) throw notFound("ami", id);
  return image;
}

/** The image of that id if it is the caller's; AuthFailure when it is somebody else's. */
export function ownImage(ctx: Context, id: string): StoredImage {
  checkResourceId("ami", id);
  const image = imagesIn(ctx.market, ctx.region).get(id);
  if (!image) throw notFound("ami", id);
  if (image.owner !== ctx.caller.accountId) throw notYours("image", id);
  return image;
}
