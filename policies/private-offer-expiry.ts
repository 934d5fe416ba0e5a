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
    if (buyers.length === 0 || props["availabilityEndDate"] !== undefined) return;
    report(`${name}: the offer to ${buyers.join(", ")} never expires. Set availabilityEndDate.`);
  },
};
