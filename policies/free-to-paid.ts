import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { AmiListing } from "../marketplace/listing/ami-listing";
import { isPaid } from "../marketplace/listing/price-list";
import { agreedFor, type PriceList, priceListSchema } from "./price-list";
import { resourceTypes } from "./resource-types";

/** Those who use it for nothing would be asked to pay, and AWS Marketplace changes no listing's pricing model. */
export const freeToPaid: ResourceValidationPolicy = {
  name: "free-to-paid",
  description: "A listing that was agreed to cost nothing stays free.",
  enforcementLevel: "mandatory",
  configSchema: { properties: { ...priceListSchema } },
  validateResource: ({ type, name, props, getConfig }, report) => {
    if (type !== resourceTypes.amiProduct) return;
    const agreed = agreedFor(getConfig<PriceList>(), name);
    if (agreed === undefined || isPaid(agreed) || !isPaid(props["pricing"] as AmiListing["pricing"])) return;
    const was = agreed.model === "byol" ? "its license was bought elsewhere" : "it was free";
    report(`${name}: buyers are to pay, and ${was}. List a second product for the paid edition.`);
  },
};
