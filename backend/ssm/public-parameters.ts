import { amiProduct, versionsOf } from "../../marketplace/changes/ami-product/product";
import { entitiesIn } from "../catalog/entities";
import { amazonImages } from "../ec2/amazon-images";
import { mayLaunch } from "../ec2/image-access";
import { regionalCopy } from "../ec2/regional-copies";
import { imagesIn } from "../ec2/things";
import type { Context } from "../service";

/** A parameter that AWS keeps for everybody. */
export interface PublicParameter {
  readonly name: string;
  readonly value: string;
  readonly type: "String";
  readonly dataType: "aws:ec2:image";
  readonly version: number;
  /** RFC 3339. */
  readonly modified: string;
}

/**
 * The public parameter of that name as the caller sees it in the region: the image of a product's version,
 * `/aws/service/marketplace/prod-…/1.0` or `…/latest`, or the newest Amazon Linux,
 * `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64` (AWS Systems Manager User Guide, "Discovering
 * public parameters").
 */
export function findParameter(ctx: Context, name: string): PublicParameter | undefined {
  const [, productId, version] = /^\/aws\/service\/marketplace\/(prod-[^/]+)\/(.+)$/.exec(name) ?? [];
  if (productId !== undefined && version !== undefined) return versionImage(ctx, name, productId, version);
  const [, architecture] =
    /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami-kernel-(?:default|6\.1)-(x86_64|arm64)$/.exec(name) ?? [];
  return architecture === undefined ? undefined : newestAmazonLinux(ctx, name, architecture);
}

function versionImage(ctx: Context, name: string, productId: string, version: string): PublicParameter | undefined {
  const product = entitiesIn(ctx.market.store).get(productId);
  if (product?.type !== amiProduct) return undefined;
  const options = versionsOf(product).flatMap(({ DeliveryOptions, Sources }) =>
    DeliveryOptions.map((option) => ({ option, source: Sources.find(({ Id }) => Id === option.SourceId) })),
  );
  const found =
    version === "latest"
      ? options.findLast(({ option }) => option.Visibility === "Public")
      : options.find(({ option }) => option.AmiAlias === name);
  const image = found?.source && imagesIn(ctx.market, ctx.region).get(regionalCopy(found.source.Image, ctx.region));
  if (!image || !mayLaunch(image, ctx.caller.accountId)) return undefined;
  return parameter(name, image.id, image.created);
}

function newestAmazonLinux(ctx: Context, name: string, architecture: string): PublicParameter | undefined {
  const [newest] = [...amazonImages(ctx.region).values()]
    .filter((image) => image.architecture === architecture)
    .toSorted((a, b) => (a.created < b.created ? 1 : -1));
  return newest && parameter(name, newest.id, newest.created);
}

function parameter(name: string, value: string, modified: string): PublicParameter {
  return { name, value, type: "String", dataType: "aws:ec2:image", version: 1, modified };
}
