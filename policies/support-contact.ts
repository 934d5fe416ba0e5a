import type { ResourceValidationPolicy } from "@pulumi/policy";
import { namesContact } from "../marketplace/listing/support-contact";
import { resourceTypes } from "./resource-types";

/** A buyer in trouble should not have to search for whom to ask. */
export const supportContact: ResourceValidationPolicy = {
  name: "support-contact",
  description: "A public listing says how to reach support.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, name, props }, report) => {
    if (type !== resourceTypes.amiProduct || props["visibility"] !== "Public") return;
    if (namesContact((props["supportDescription"] as string | undefined) ?? "")) return;
    report(`${name}: supportDescription names no e-mail address, web page or telephone number.`);
  },
};
