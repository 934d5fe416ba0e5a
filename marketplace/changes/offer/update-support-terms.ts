import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { list, whole } from "../document-shapes";
import { isExpired, isPrivateOffer, isReleased, offerOf, offerType, withTerms } from "./offer";
import { isTrialAlone } from "./pricing";
import { isPricingTerm, supportTerm, type SupportTerm } from "./terms";

type Details = { readonly Terms: readonly SupportTerm[] };

/** Sets the refund policy of a public offer. */
export const updateSupportTerms: ChangeType<Details> = {
  changeType: "UpdateSupportTerms",
  entityType: offerType,
  schema: whole({ Terms: list(supportTerm, 0, 1) }),
  check: (world, entity, { Terms }) => [
    ...unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
    ...unless(
      Terms.length > 0 || !isReleased(entity),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "The refund policy of a released offer can be reworded, not taken away.",
    ),
    ...unless(
      !isPrivateOffer(entity) || Terms.length === 0,
      "INCOMPATIBLE_PRODUCT",
      "",
      "A private offer of this product has no support terms of its own; they are those of the public offer.",
    ),
    ...Terms.flatMap(({ RefundPolicy }, i) =>
      unless(
        RefundPolicy.trim() === RefundPolicy,
        "INVALID_INPUT",
        `Terms[${i}].RefundPolicy`,
        "A refund policy has no space at its start or end.",
      ),
    ),
  ],
  apply: (_world, entity, { Terms }) => withTerms(entity, ["SupportTerm"], Terms),
  verify: (_world, entity, { Terms }) =>
    unless(
      Terms.length === 0 || !isTrialAlone(offerOf(entity).Terms.filter(isPricingTerm)),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "A free trial has no support terms: there is nothing to pay back.",
    ),
};
