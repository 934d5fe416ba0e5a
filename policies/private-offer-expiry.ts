import type { ResourceValidationPolicy } from "@pulumi/policy";
import { resourceTypes } from "./resource-types";

/** A forgotten private offer keeps its discount open for ever. */
export const privateOfferExpiry: ResourceValidationPolicy = {
  name: "private-offer-expiry",
  description: "A private offer says until when it can be accepted.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, name, props }, report) => {
    if (type !== resourceTypes.offer) return;
    const buyers = (props["buyerAccounts"] ?? []) as readonly string[];
    const agreement = props["replaces"];
    if ((buyers.length === 0 && agreement === undefined) || props["availabilityEndDate"] !== undefined) return;
    const whom = buyers.length === 0 ? `the buyer of ${String(agreement)}` : buyers.join(", ");
    report(`${name}: the offer to ${whom} never expires. Set availabilityEndDate.`);
  },
};
