import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { date, matching, whole } from "../document-shapes";
import { isPrivateOffer, isReleased, offerOf, offerType, validityOf, withOffer } from "./offer";

const code = "INVALID_AVAILABILITY_END_DATE";

type Details = { readonly AvailabilityEndDate: string };

/** Sets the last day on which a private offer can be accepted; a past day ends a released offer at once. */
export const updateAvailability: ChangeType<Details> = {
  changeType: "UpdateAvailability",
  entityType: offerType,
  schema: whole({ AvailabilityEndDate: matching(date) }),
  check: (world, entity, { AvailabilityEndDate: day }) =>
    unless(
      isReleased(entity) || `${day}T23:59:59Z` > world.now,
      code,
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
  verify: (world, entity, { AvailabilityEndDate: day }) => {
    const path = "AvailabilityEndDate";
    const end = validityOf(entity)?.AgreementEndDate?.slice(0, 10);
    return [
      ...unless(
        isPrivateOffer(entity),
        code,
        path,
        "A public offer has no end date; restrict the product instead (UpdateVisibility).",
      ),
      ...unless(
        end === undefined || day < end || day < world.now.slice(0, 10),
        code,
        path,
        `Agreements made from the offer end on ${end}; it can be accepted until the day before at the latest.`,
      ),
    ];
  },
};
