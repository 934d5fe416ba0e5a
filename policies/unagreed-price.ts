import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { AmiListing } from "../marketplace/listing/ami-listing";
import { isPaid } from "../marketplace/listing/price-list";
import { agreedFor, type PriceList, priceListSchema } from "./price-list";
import { resourceTypes } from "./resource-types";

/** Says where the policies on prices see nothing, so that a renamed listing does not slip past them unnoticed. */
export const unagreedPrice: ResourceValidationPolicy = {
  name: "unagreed-price",
  description: "Every listing that costs something has agreed prices.",
  enforcementLevel: "advisory",
  configSchema: { properties: { ...priceListSchema } },
  validateResource: ({ type, name, props, getConfig }, report) => {
    if (type !== resourceTypes.amiProduct || !isPaid(props["pricing"] as AmiListing["pricing"])) return;
    if (agreedFor(getConfig<PriceList>(), name) !== undefined) return;
    report(`${name}: no prices were agreed on, so nothing holds an increase. Add its pricing under "agreed".`);
  },
};
