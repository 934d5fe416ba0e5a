import type { Context, Service } from "../service";
import { batchMeterUsage } from "./batch-meter-usage";
import { meterUsage, requireCustomer } from "./meter-usage";
import { meteredProduct, refused } from "./records";

/** The only key with which usage registrations of this marketplace would be signed. */
const KEY_VERSION = 1;

/** Containers register when they start; a product without containers has nothing to register. */
function registerUsage(
  ctx: Context,
  { ProductCode, PublicKeyVersion }: { readonly ProductCode: string; readonly PublicKeyVersion: number },
): never {
  const product = meteredProduct(ctx.market.store, ProductCode);
  if (PublicKeyVersion !== KEY_VERSION) {
    throw refused("InvalidPublicKeyVersionException", `There is no version ${PublicKeyVersion} of the public key.`);
  }
  requireCustomer(ctx, product);
  throw refused("PlatformNotSupportedException", "Usage is registered by containers on Amazon ECS or EKS only.");
}

/** Tokens come with subscriptions to software as a service; no other product's customers have one. */
function resolveCustomer(): never {
  throw refused("InvalidTokenException", "The registration token is not valid.");
}

/** AWS Marketplace Metering, version 2016-01-14. */
export const service: Service = {
  handlers: {
    BatchMeterUsage: batchMeterUsage,
    MeterUsage: meterUsage,
    RegisterUsage: registerUsage,
    ResolveCustomer: resolveCustomer,
  },
};
