import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { object } from "../document-shapes";
import { experienceOf, experienceType, withExperience } from "./experience";

/** Archives an experience, which must be disabled: Archiving and reactivating a private marketplace experience. */
export const restrictExperience: ChangeType = {
  changeType: "RestrictExperience",
  entityType: experienceType,
  schema: object({}),
  check: (_world, entity) => [
    ...unless(
      experienceOf(entity).Status === "Disabled",
      "INCOMPATIBLE_EXPERIENCE_STATUS",
      "",
      `Experience ${entity.id} is Enabled. Disable it with UpdateExperience before archiving it.`,
    ),
    ...unless(
      experienceOf(entity).AdminStatus === "Active",
      "INCOMPATIBLE_EXPERIENCE_STATUS",
      "",
      `Experience ${entity.id} is archived already.`,
    ),
  ],
  apply: (_world, entity) => withExperience(entity, { AdminStatus: "Restricted" }),
};

/** Takes an experience out of the archive; it stays disabled until UpdateExperience enables it. */
export const reviveExperience: ChangeType = {
  changeType: "ReviveExperience",
  entityType: experienceType,
  schema: object({}),
  check: (_world, entity) =>
    unless(
      experienceOf(entity).AdminStatus === "Restricted",
      "INCOMPATIBLE_EXPERIENCE_STATUS",
      "",
      `Experience ${entity.id} is not archived.`,
    ),
  apply: (_world, entity) => withExperience(entity, { AdminStatus: "Active" }),
};
