import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { list, whole } from "../document-shapes";
import { isExpired, isPrivateOffer, offerSubmissions, offerType, withTerms } from "./offer";
import { renewalTerm, type RenewalTerm } from "./terms";

type Details = { readonly Terms: readonly RenewalTerm[] };

/** Lets contracts renew themselves; an empty list forbids it. */
export const updateRenewalTerms: ChangeType<Details> = {
  changeType: "UpdateRenewalTerms",
  entityType: offerType,
  schema: whole({ Terms: list(renewalTerm, 0, 1) }),
  check: (world, entity) =>
    unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
  apply: (_world, entity, { Terms }) => withTerms(entity, ["RenewalTerm"], Terms),
  verify: (_world, entity, { Terms }) => {
    const model = offerSubmissions(entity).PricingModel;
    return [
      ...unless(
        Terms.length === 0 || model === undefined || model === "Contract",
        "INCOMPATIBLE_TERMS",
        "Terms",
        `Only contracts renew; the offer's pricing model is ${model}.`,
      ),
      ...Terms.flatMap(({ PriceIncrease }, i) =>
        unless(
          !isPrivateOffer(entity) || PriceIncrease !== undefined,
          "MISSING_PRICE_INCREASE",
          `Terms[${i}].PriceIncrease`,
          "Say by how much the price grows when a private offer's agreement renews.",
        ),
      ),
    ];
  },
};
