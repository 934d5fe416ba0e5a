import type { AwsError, Context, Service } from "../service";
import type { Violation } from "../wire/constraints";
import { batchMeterUsage } from "./batch-meter-usage";
import { meterUsage, requireCustomer } from "./meter-usage";
import { meteredProduct, refused } from "./records";
import { resolveCustomer } from "./resolve-customer";

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

/** Tags that break their model have an error of their own; everything else is said as other services say it. */
function malformed(violations: readonly Violation[], error: AwsError): AwsError {
  const [first] = violations;
  return first?.path.includes("Tags") === true ? refused("InvalidTagException", error.message) : error;
}

/** AWS Marketplace Metering, version 2016-01-14. */
export const service: Service = {
  handlers: {
    BatchMeterUsage: batchMeterUsage,
    MeterUsage: meterUsage,
    RegisterUsage: registerUsage,
    ResolveCustomer: resolveCustomer,
  },
  malformed,
};
