import { type DeliveryOption, deliveryOptionsOf } from "../../marketplace/changes/saas-product/product";
import type { StoredEntity } from "../catalog/entities";
import type { Named } from "./named";

const KINDS = {
  SoftwareRegistration: { value: "SAAS", displayName: "Software as a Service (SaaS)" },
  Api: { value: "API", displayName: "API" },
} satisfies Record<DeliveryOption["Type"], Named>;

/** How an account gets to a SaaS product: the options that are open to all, or to it. */
export function openOptions(product: StoredEntity, account: string): DeliveryOption[] {
  return deliveryOptionsOf(product).filter(({ Visibility, Targeting }) => {
    const named = Targeting?.PositiveTargeting.BuyerAccounts ?? [];
    return Visibility === "Public" || (Visibility === "Limited" && [...named, product.owner].includes(account));
  });
}

/** The kind of an option, as listings are searched by it. */
export function kindOf({ Type }: DeliveryOption): Named {
  return KINDS[Type];
}

/** An option as a member of Discovery's union of fulfillment options. */
export function softwareOption(option: DeliveryOption): object {
  const { value, displayName } = kindOf(option);
  const { Id, Type, FulfillmentUrl, UsageInstructions, CompatibleServices = [] } = option;
  const common = {
    fulfillmentOptionId: Id,
    fulfillmentOptionType: value,
    fulfillmentOptionDisplayName: displayName,
    usageInstructions: UsageInstructions,
  };
  if (Type === "SoftwareRegistration") return { saasFulfillmentOption: { ...common, fulfillmentUrl: FulfillmentUrl } };
  const awsSupportedServices = CompatibleServices.map((name) => ({
    supportedServiceType: name,
    displayName: name.replace("-", " "),
    description: `Works with Amazon ${name.replace("-", " ")}.`,
  }));
  return { apiFulfillmentOption: { ...common, awsSupportedServices } };
}
