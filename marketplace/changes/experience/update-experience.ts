import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { object, oneOf } from "../document-shapes";
import { checkActive, descriptionSchema, experienceType, nameSchema, withExperience } from "./experience";

type Details = { readonly Name?: string; readonly Description?: string; readonly Status?: "Enabled" | "Disabled" };

/** Renames an experience, enables it or disables it. Attributes that are left out stay. */
export const updateExperience: ChangeType<Details> = {
  changeType: "UpdateExperience",
  entityType: experienceType,
  schema: object({ Name: nameSchema, Description: descriptionSchema, Status: oneOf("Enabled", "Disabled") }),
  check: (_world, entity, details) => [
    ...unless(Object.keys(details).length > 0, "MISSING_DATA", "", "Give at least one attribute to update."),
    ...checkActive(entity),
  ],
  apply: (_world, entity, details) => withExperience(entity, details),
};
