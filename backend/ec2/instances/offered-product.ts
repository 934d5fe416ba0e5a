import { productOf } from "../../../marketplace/changes/ami-product/product";
import { entitiesIn } from "../../catalog/entities";
import { AwsError, type Context } from "../../service";
import { paidRuns, type PaidRun } from "./paid-usage";

/** What carries a product: an image, or an instance of one. */
interface OfProduct {
  /** The product's entity id. */
  readonly product?: string | undefined;
}

/**
 * Refuses to run a product where or on what it is not offered. Regions and instance types that the seller has closed
 * stay open to accounts that ran the product there before: AWS Marketplace seller guide, "Managing AMI-based products".
 *
 * @throws AwsError UnsupportedOperation.
 */
export function requireOffered(ctx: Context, { product: id }: OfProduct, instanceType: string): void {
  const entity = id === undefined ? undefined : entitiesIn(ctx.market.store).get(id);
  if (entity === undefined) return;
  const { RegionAvailability, Compatibility, Description } = productOf(entity);
  const ran = [...paidRuns(ctx.market.store).list(`${ctx.caller.accountId}/${Description.ProductCode}/`)];
  const ranSo = (test: (run: PaidRun) => boolean) => ran.some(([, run]) => test(run));
  const inRegion = RegionAvailability?.Regions.includes(ctx.region) || ranSo((run) => run.region === ctx.region);
  const onType =
    Compatibility?.AvailableInstanceTypes.includes(instanceType) || ranSo((run) => run.instanceType === instanceType);
  if (inRegion && onType) return;
  throw new AwsError(
    "UnsupportedOperation",
    "The instance configuration for this AWS Marketplace product is not supported. Please see " +
      `https://aws.amazon.com/marketplace/pp?sku=${Description.ProductCode} for more information about supported ` +
      "instance types, regions, and operating systems.",
  );
}
