import { isZero } from "../../money";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { list, whole } from "../document-shapes";
import { availabilityOf, isReleased, offerOf, offerType, withTerms } from "./offer";
import { scheduleTerm, type ScheduleTerm } from "./terms";

type Details = { readonly Terms: readonly ScheduleTerm[] };

/** Sets the instalments in which a fixed price is paid. */
export const updatePaymentScheduleTerms: ChangeType<Details> = {
  changeType: "UpdatePaymentScheduleTerms",
  entityType: offerType,
  schema: whole({ Terms: list(scheduleTerm, 0, 1) }),
  check: (_world, entity, { Terms }) => [
    ...unless(
      !isReleased(entity),
      "INCOMPATIBLE_TERMS",
      "",
      "The payment schedule cannot be changed after the offer is released.",
    ),
    ...Terms.flatMap(({ Schedule }, i) =>
      repeated(Schedule.map(({ ChargeDate }) => ChargeDate)).map((day) => ({
        code: "DUPLICATE_CHARGE_DATES",
        path: `Terms[${i}].Schedule`,
        message: `${quoted([day])} is given twice; add the amounts of one day together.`,
      })),
    ),
  ],
  apply: (_world, entity, { Terms }) =>
    withTerms(
      entity,
      ["PaymentScheduleTerm"],
      Terms.map((term) => ({
        ...term,
        Schedule: term.Schedule.map((charge) => ({ ...charge, ChargeDate: `${charge.ChargeDate}T00:00:00.000Z` })),
      })),
    ),
  verify: (world, entity, { Terms }) => Terms.flatMap((term, i) => checkTogether(world, entity, term, `Terms[${i}]`)),
};

function checkTogether(_world: World, entity: Entity, term: ScheduleTerm, path: string): Problem[] {
  const fixed = offerOf(entity).Terms.find((other) => other.Type === "FixedUpfrontPricingTerm");
  if (!fixed) {
    const message = "A payment schedule needs a FixedUpfrontPricingTerm with the price 0 (UpdatePricingTerms).";
    return unless(false, "INCOMPATIBLE_TERMS", path, message);
  }
  const expiry = availabilityOf(entity)?.AvailabilityEndDate.slice(0, 10);
  const early = term.Schedule.filter(({ ChargeDate }) => expiry !== undefined && ChargeDate < expiry);
  return [
    ...unless(isZero(fixed.Price), "INCOMPATIBLE_TERMS", path, "The FixedUpfrontPricingTerm must have the price 0."),
    ...unless(
      fixed.CurrencyCode === term.CurrencyCode,
      "INVALID_CURRENCY_CODE",
      `${path}.CurrencyCode`,
      `The prices are in ${fixed.CurrencyCode}; give the schedule in the same currency.`,
    ),
    ...unless(
      early.length <= 1,
      "TOO_MANY_BACKDATED_CHARGES",
      `${path}.Schedule`,
      `Only one charge may fall before the offer expires on ${expiry}; there are ${early.length}.`,
    ),
  ];
}
