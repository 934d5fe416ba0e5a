import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { list, whole } from "../document-shapes";
import { isExpired, isPrivateOffer, offerType, withTerms } from "./offer";
import { validityTerm, type ValidityTerm } from "./terms";

type Details = { readonly Terms: readonly ValidityTerm[] };

/** Says how long agreements made from a private offer last. */
export const updateValidityTerms: ChangeType<Details> = {
  changeType: "UpdateValidityTerms",
  entityType: offerType,
  schema: whole({ Terms: list(validityTerm, 0, 1) }),
  check: (world, entity, { Terms }) => [
    ...unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
    ...Terms.flatMap((term, i) => checkTerm(term, `Terms[${i}]`, world.now)),
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
  verify: (_world, entity, { Terms }) =>
    unless(
      Terms.length === 0 || isPrivateOffer(entity),
      "INCOMPATIBLE_TERMS",
      "Terms",
      "Only private offers have validity terms; public offers are bought for the durations in their prices.",
    ),
};

/** Duration alone, end alone, or a start with an end or a duration. */
function checkTerm(term: ValidityTerm, path: string, now: string): Problem[] {
  const { AgreementDuration: duration, AgreementStartDate: start, AgreementEndDate: end } = term;
  const interval = "INVALID_AGREEMENT_TIME_INTERVAL";
  return [
    ...unless(
      duration !== undefined || end !== undefined,
      interval,
      path,
      "Give AgreementDuration, AgreementEndDate, or a start date with one of them.",
    ),
    ...unless(
      duration === undefined || end === undefined,
      interval,
      path,
      "Give AgreementDuration or AgreementEndDate, not both.",
    ),
    ...unless(
      end === undefined || `${end}T23:59:59Z` > now,
      "INVALID_AGREEMENT_END_DATE",
      `${path}.AgreementEndDate`,
      "The agreement's last day must lie in the future.",
    ),
    ...unless(
      start === undefined || `${start}T23:59:59Z` > now,
      "INVALID_AGREEMENT_START_DATE",
      `${path}.AgreementStartDate`,
      "The agreement's first day may not lie in the past.",
    ),
    ...unless(
      start === undefined || end === undefined || start < end,
      "INVALID_AGREEMENT_END_DATE",
      `${path}.AgreementEndDate`,
      "The agreement must end after it starts.",
    ),
  ];
}
