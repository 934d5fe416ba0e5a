import type { Problem } from "../../problem";
import type { Entity, World } from "../change-type";
import { availabilityOf, offerOf, offerSubmissions } from "./offer";
import { isPricingTerm, type Term } from "./terms";
import { updateAvailability } from "./update-availability";
import { updatePaymentScheduleTerms } from "./update-payment-schedule-terms";
import { updatePricingTerms } from "./update-pricing-terms";
import { updateRenewalTerms } from "./update-renewal-terms";
import { updateValidityTerms } from "./update-validity-terms";

/**
 * What the parts of an offer, each fine when it was given, have against each other and against the product as it is by
 * now. Parts that the set itself gives are looked at there.
 */
export function checkWhole(world: World, offer: Entity): Problem[] {
  const inSet = new Set(world.changes.flatMap((one) => (one.entityId === offer.id ? [one.changeType] : [])));
  return parts(world, offer)
    .filter(([changeType]) => !inSet.has(changeType))
    .flatMap(([, problems]) => problems())
    .map((problem) => ({ ...problem, path: "" }));
}

function parts(world: World, offer: Entity): readonly (readonly [changeType: string, problems: () => Problem[]])[] {
  const terms = <T extends Term["Type"]>(type: T) => ({
    Terms: offerOf(offer).Terms.filter((term): term is Extract<Term, { readonly Type: T }> => term.Type === type),
  });
  const prices = offerOf(offer).Terms.filter(isPricingTerm);
  const { PricingModel } = offerSubmissions(offer);
  const day = availabilityOf(offer)?.AvailabilityEndDate.slice(0, 10);
  return [
    [
      "UpdatePricingTerms",
      () => (PricingModel ? (updatePricingTerms.verify?.(world, offer, { PricingModel, Terms: prices }) ?? []) : []),
    ],
    [
      "UpdatePaymentScheduleTerms",
      () => updatePaymentScheduleTerms.verify?.(world, offer, terms("PaymentScheduleTerm")) ?? [],
    ],
    ["UpdateValidityTerms", () => updateValidityTerms.verify?.(world, offer, terms("ValidityTerm")) ?? []],
    ["UpdateRenewalTerms", () => updateRenewalTerms.verify?.(world, offer, terms("RenewalTerm")) ?? []],
    [
      "UpdateAvailability",
      () => (day === undefined ? [] : (updateAvailability.verify?.(world, offer, { AvailabilityEndDate: day }) ?? [])),
    ],
  ];
}
