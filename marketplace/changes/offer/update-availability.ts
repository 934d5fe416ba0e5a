import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { date, matching, whole } from "../document-shapes";
import { isPrivateOffer, isReleased, offerOf, offerType, withOffer } from "./offer";

type Details = { readonly AvailabilityEndDate: string };

/** Sets the last day on which a private offer can be accepted; a past day ends a released offer at once. */
export const updateAvailability: ChangeType<Details> = {
  changeType: "UpdateAvailability",
  entityType: offerType,
  schema: whole({ AvailabilityEndDate: matching(date) }),
  check: (world, entity, { AvailabilityEndDate: day }) =>
    unless(
      isReleased(entity) || `${day}T23:59:59Z` > world.now,
      "INVALID_AVAILABILITY_END_DATE",
      "AvailabilityEndDate",
      "The last day of an offer that is not released yet must lie in the future.",
    ),
  apply: (_world, entity, { AvailabilityEndDate }) =>
    withOffer(entity, {
      Rules: [
        ...offerOf(entity).Rules.filter((rule) => rule.Type !== "AvailabilityRule"),
        { Type: "AvailabilityRule", AvailabilityEndDate: `${AvailabilityEndDate}T23:59:59.999Z` },
      ],
    }),
  verify: (_world, entity) =>
    unless(
      isPrivateOffer(entity),
      "INVALID_AVAILABILITY_END_DATE",
      "AvailabilityEndDate",
      "A public offer has no end date; restrict the product instead (UpdateVisibility).",
    ),
};
