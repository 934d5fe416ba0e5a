import { checkCoverage, productOfOffer } from "./price-coverage";
import { checkPriceChange, increases } from "./price-changes";
import { checkPricing } from "./pricing";
import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { oneOf, whole } from "../document-shapes";
import {
  isExpired,
  isPrivateOffer,
  isReleased,
  isReplacementOffer,
  offerOf,
  offerSubmissions,
  offerType,
  withTerms,
  type PricingModel,
} from "./offer";
import {
  byolTerm,
  fixedTerm,
  isPricingTerm,
  pricingTermTypes,
  recurringTerm,
  trialTerm,
  upfrontTerm,
  usageTerm,
  type PricingTerm,
} from "./terms";

export type Pricing = { readonly PricingModel: PricingModel; readonly Terms: readonly PricingTerm[] };

/** Replaces all prices of an offer. After release, prices only move as AWS lets them. */
export const updatePricingTerms: ChangeType<Pricing> = {
  changeType: "UpdatePricingTerms",
  entityType: offerType,
  schema: whole({
    PricingModel: oneOf("Byol", "Free", "Usage", "Contract"),
    Terms: {
      type: "array",
      minItems: 1,
      items: { oneOf: [usageTerm, upfrontTerm, byolTerm, recurringTerm, fixedTerm, trialTerm] },
    },
  }),
  check: (world, entity, pricing) => {
    const released = isReleased(entity);
    if (isExpired(world, entity) || (released && isPrivateOffer(entity))) {
      const state = released ? "released" : "expired";
      return unless(
        false,
        "INCOMPATIBLE_TERMS",
        "",
        `The prices of a private offer that is ${state} cannot be changed.`,
      );
    }
    const before = {
      PricingModel: offerSubmissions(entity).PricingModel ?? pricing.PricingModel,
      Terms: offerOf(entity).Terms.filter(isPricingTerm),
    };
    return [
      ...unless(
        !isReplacementOffer(entity) || pricing.PricingModel === "Contract",
        "INCOMPATIBLE_AGREEMENT",
        "PricingModel",
        `The offer replaces a contract, so its pricing model is Contract, not ${pricing.PricingModel}.`,
      ),
      ...checkPricing(pricing),
      ...(released ? checkPriceChange(before, pricing, offerSubmissions(entity).IncreasedAt ?? {}, world.now) : []),
    ];
  },
  apply: (world, entity, { PricingModel, Terms }) => {
    const before = offerOf(entity).Terms.filter(isPricingTerm);
    const raised = isReleased(entity) ? increases(before, Terms) : [];
    const IncreasedAt = {
      ...offerSubmissions(entity).IncreasedAt,
      ...Object.fromEntries(raised.map((type) => [type, world.now])),
    };
    return withTerms(entity, pricingTermTypes, Terms, { PricingModel, IncreasedAt });
  },
  verify: (world, entity, pricing) => checkCoverage(productOfOffer(world, entity), pricing, isPrivateOffer(entity)),
};
