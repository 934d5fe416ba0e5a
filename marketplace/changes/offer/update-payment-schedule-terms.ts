import { isZero } from "../../money";
import type { Problem } from "../../problem";
import { quoted, repeated, unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, whole } from "../document-shapes";
import {
  availabilityOf,
  isExpired,
  isPrivateOffer,
  isReleased,
  offerOf,
  offerType,
  validityOf,
  withTerms,
} from "./offer";
import { scheduleTerm, type ScheduleTerm } from "./terms";

type Details = { readonly Terms: readonly ScheduleTerm[] };

/** Sets the instalments in which a fixed price is paid. */
export const updatePaymentScheduleTerms: ChangeType<Details> = {
  changeType: "UpdatePaymentScheduleTerms",
  entityType: offerType,
  schema: whole({ Terms: list(scheduleTerm, 0, 1) }),
  check: (world, entity, { Terms }) => [
    ...unless(
      !isReleased(entity) && !isExpired(world, entity),
      "INCOMPATIBLE_TERMS",
      "",
      "The payment schedule cannot be changed after the offer is released or has expired.",
    ),
    ...Terms.flatMap(({ Schedule }, i) => checkDates(Schedule, `Terms[${i}].Schedule`)),
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
  verify: (_world, entity, { Terms }) => [
    ...unless(
      Terms.length === 0 || isPrivateOffer(entity),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "Only private offers are paid in parts; name the buyers first (UpdateTargeting).",
    ),
    ...Terms.flatMap((term, i) => checkTogether(entity, term, `Terms[${i}]`)),
  ],
};

/** Each day once, in order. */
function checkDates(schedule: ScheduleTerm["Schedule"], path: string): Problem[] {
  const days = schedule.map(({ ChargeDate }) => ChargeDate);
  const late = days.find((day, i) => i > 0 && day < (days[i - 1] ?? ""));
  return [
    ...repeated(days).map((day) => ({
      code: "DUPLICATE_CHARGE_DATES",
      path,
      message: `${quoted([day])} is given twice; add the amounts of one day together.`,
    })),
    ...unless(
      late === undefined,
      "INVALID_CHARGE_DATES",
      path,
      `${late} comes after a later day; put the days in order.`,
    ),
  ];
}

function checkTogether(entity: Entity, term: ScheduleTerm, path: string): Problem[] {
  const fixed = offerOf(entity).Terms.find((other) => other.Type === "FixedUpfrontPricingTerm");
  if (!fixed) {
    const message = "A payment schedule needs a FixedUpfrontPricingTerm with the price 0 (UpdatePricingTerms).";
    return unless(false, "INCOMPATIBLE_TERMS", path, message);
  }
  const expiry = availabilityOf(entity)?.AvailabilityEndDate.slice(0, 10);
  const end = validityOf(entity)?.AgreementEndDate?.slice(0, 10);
  const days = term.Schedule.map(({ ChargeDate }) => ChargeDate.slice(0, 10));
  const early = days.filter((day) => expiry !== undefined && day < expiry);
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
    ...days.flatMap((day, i) =>
      unless(
        end === undefined || day <= end,
        "INVALID_CHARGE_DATES",
        `${path}.Schedule[${i}].ChargeDate`,
        `${day} comes after the agreement's last day, ${end}.`,
      ),
    ),
  ];
}
