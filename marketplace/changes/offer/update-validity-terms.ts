import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { ChangeType, Entity, World } from "../change-type";
import { list, whole } from "../document-shapes";
import {
  availabilityOf,
  isExpired,
  isPrivateOffer,
  isReleased,
  isReplacementOffer,
  offerSubmissions,
  offerType,
  withTerms,
} from "./offer";
import { validityTerm, type ValidityTerm } from "./terms";

type Details = { readonly Terms: readonly ValidityTerm[] };

/** Says how long agreements made from a private offer last. */
export const updateValidityTerms: ChangeType<Details> = {
  changeType: "UpdateValidityTerms",
  entityType: offerType,
  schema: whole({ Terms: list(validityTerm, 0, 1) }),
  check: (world, entity, { Terms }) => [
    ...unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
    ...unless(
      !(isPrivateOffer(entity) && isReleased(entity)),
      "INCOMPATIBLE_TERMS",
      "",
      "The validity of a private offer cannot be changed after it is released.",
    ),
    ...Terms.flatMap((term, i) => [
      ...checkCombination(term, isReplacementOffer(entity), `Terms[${i}]`),
      ...checkDates(term, `Terms[${i}]`, world.now),
    ]),
  ],
  apply: (_world, entity, { Terms }) =>
    withTerms(
      entity,
      ["ValidityTerm"],
      Terms.map(({ AgreementStartDate: start, AgreementEndDate: end, ...term }) => ({
        ...term,
        ...(start === undefined ? {} : { AgreementStartDate: `${start}T00:00:00.000Z` }),
        ...(end === undefined ? {} : { AgreementEndDate: `${end}T23:59:59.999Z` }),
      })),
    ),
  verify: (world, entity, { Terms }) => [
    ...unless(
      Terms.length === 0 || isPrivateOffer(entity),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "Only private offers have validity terms; public offers are bought for the durations in their prices.",
    ),
    ...Terms.flatMap((term, i) => checkWithOffer(world, entity, term, `Terms[${i}]`)),
  ],
};

/** How long agreements last has to fit what is sold, and until when the offer can be accepted. */
function checkWithOffer(world: World, entity: Entity, term: ValidityTerm, path: string): Problem[] {
  const { AgreementStartDate: start } = term;
  const end = term.AgreementEndDate?.slice(0, 10);
  const model = offerSubmissions(entity).PricingModel;
  const lastDay = availabilityOf(entity)?.AvailabilityEndDate.slice(0, 10);
  const saidThere = world.changes.some(
    ({ changeType, entityId }) => changeType === "UpdateAvailability" && entityId === entity.id,
  );
  return [
    ...unless(
      start === undefined || model === undefined || model === "Contract",
      "INCOMPATIBLE_PRODUCT",
      `${path}.AgreementStartDate`,
      "Only contracts start on a later day; what is paid by use, or not at all, starts when it is accepted.",
    ),
    ...unless(
      saidThere || end === undefined || lastDay === undefined || lastDay < end,
      "INCOMPATIBLE_AGREEMENT_END_DATE",
      `${path}.AgreementEndDate`,
      `The offer can be accepted until ${lastDay}; the agreement must end after that day.`,
    ),
  ];
}

/** Duration alone, or a start with an end or a duration; an end alone where the offer replaces an agreement. */
function checkCombination(term: ValidityTerm, replaces: boolean, path: string): Problem[] {
  const { AgreementDuration: duration, AgreementStartDate: start, AgreementEndDate: end } = term;
  const interval = "INVALID_AGREEMENT_TIME_INTERVAL";
  if (replaces) {
    return [
      ...unless(
        start === undefined,
        "INCOMPATIBLE_AGREEMENT_START_DATE",
        `${path}.AgreementStartDate`,
        "What replaces an agreement starts when it is accepted; leave the start date out.",
      ),
      ...unless(
        duration === undefined && end !== undefined,
        interval,
        path,
        "A replacement offer has an AgreementEndDate and no duration: the day on which the new agreement ends.",
      ),
    ];
  }
  if (duration === undefined && end === undefined) {
    const message = "Give AgreementDuration alone, or a start date with AgreementEndDate or AgreementDuration.";
    return unless(false, interval, path, message);
  }
  return [
    ...unless(
      duration === undefined || end === undefined,
      interval,
      path,
      "Give AgreementDuration or AgreementEndDate, not both.",
    ),
    ...unless(
      duration !== undefined || start !== undefined,
      "MISSING_AGREEMENT_START_DATE",
      `${path}.AgreementStartDate`,
      "An agreement that ends on a day starts on a day: give its AgreementStartDate, or AgreementDuration instead of the end.",
    ),
  ];
}

function checkDates(term: ValidityTerm, path: string, now: string): Problem[] {
  const { AgreementDuration: duration, AgreementStartDate: start, AgreementEndDate: end } = term;
  return [
    ...unless(
      duration === undefined || /[1-9]/.test(duration),
      "INVALID_AGREEMENT_DURATION",
      `${path}.AgreementDuration`,
      `An agreement lasts a day at least, P1D, not ${duration}.`,
    ),
    ...unless(
      end === undefined || `${end}T23:59:59Z` > now,
      "INVALID_AGREEMENT_END_DATE",
      `${path}.AgreementEndDate`,
      "The agreement's last day must lie in the future.",
    ),
    ...unless(
      start === undefined || start > now.slice(0, 10),
      "INVALID_AGREEMENT_START_DATE",
      `${path}.AgreementStartDate`,
      "The agreement's first day must lie in the future. Leave it out for an agreement that starts when it is accepted.",
    ),
    ...unless(
      start === undefined || end === undefined || start < end,
      "INVALID_AGREEMENT_END_DATE",
      `${path}.AgreementEndDate`,
      "The agreement must end after it starts.",
    ),
  ];
}
