import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { list, whole } from "../document-shapes";
import { isExpired, isPrivateOffer, isReleased, offerType, withTerms } from "./offer";
import { netPaymentTerm, type NetPaymentTerm } from "./terms";

type Details = { readonly Terms: readonly NetPaymentTerm[] };

/** Sets how many days buyers of a private offer have to pay an invoice. */
export const updateNetPaymentTerms: ChangeType<Details> = {
  changeType: "UpdateNetPaymentTerms",
  entityType: offerType,
  schema: whole({ Terms: list(netPaymentTerm, undefined, 1) }),
  check: (world, entity) =>
    unless(
      !isReleased(entity) && !isExpired(world, entity),
      "INCOMPATIBLE_TERMS",
      "",
      "The payment terms cannot be changed after the offer is released or has expired.",
    ),
  apply: (_world, entity, { Terms }) => withTerms(entity, ["NetPaymentTerm"], Terms),
  verify: (_world, entity, { Terms }) =>
    unless(
      Terms.length === 0 || isPrivateOffer(entity),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "Only private offers have net payment terms; name the buyers first (UpdateTargeting).",
    ),
};
