import { inForce } from "../../agreement/agreements";
import { AwsError, type Context } from "../../service";
import { isPast } from "../times";
import type { StoredInstance } from "./instance";

/**
 * Lets the caller's account run a product's image, or start an instance of it.
 *
 * @throws AwsError OptInRequired when the account has no active agreement about the product that has been provisioned.
 */
export function requireSubscription(ctx: Context, thing: Pick<StoredInstance, "productCodes" | "product">): void {
  const code = thing.productCodes.find(({ ProductCodeType }) => ProductCodeType === "marketplace")?.ProductCodeId;
  if (code === undefined || isSubscribed(ctx, thing.product)) return;
  throw new AwsError(
    "OptInRequired",
    "In order to use this AWS Marketplace product you need to accept terms and subscribe. To do so please visit " +
      `https://aws.amazon.com/marketplace/pp?sku=${code}`,
    { status: 401 },
  );
}

function isSubscribed({ market, caller }: Context, productId: string | undefined): boolean {
  if (productId === undefined) return false;
  return inForce(market.store, caller.accountId, productId).some(
    ({ provisionedAt, failure }) => failure === undefined && isPast(market, provisionedAt),
  );
}
