import type { Change } from "../changes/change-type";
import type { ExperienceDocument } from "../changes/experience/experience";
import type { Problem } from "../problem";
import { changeOf, checkDeclared, type ExperienceSpec } from "./declared";

export const experienceProperties = { Name: "name", Description: "description", Status: "enabled" };

export function checkExperience({ name, description }: ExperienceSpec): Problem[] {
  return checkDeclared("CreateExperience", { Name: name, Description: description }, experienceProperties);
}

/** What makes a new experience; enabled in the same change set where that is declared. */
export function planNewExperience({ name, description, enabled }: ExperienceSpec): Change[] {
  const create = changeOf("CreateExperience", undefined, { Name: name, Description: description });
  if (enabled !== true) return [create];
  const changeName = "CreateExperience";
  return [
    { ...create, changeName },
    changeOf("UpdateExperience", `$${changeName}.Entity.Identifier`, { Status: "Enabled" }),
  ];
}

/** What brings an experience to its declaration. A description that is not declared stays: AWS cannot clear it. */
export function planExperience(id: string, seen: ExperienceDocument, wanted: ExperienceSpec): Change[] {
  const status = wanted.enabled === true ? "Enabled" : "Disabled";
  const details = {
    ...(wanted.name !== seen.Name && { Name: wanted.name }),
    ...(wanted.description !== undefined &&
      wanted.description !== seen.Description && { Description: wanted.description }),
    ...(status !== seen.Status && { Status: status }),
  };
  if (Object.keys(details).length === 0) return [];
  const revive = seen.AdminStatus === "Restricted" ? [changeOf("ReviveExperience", id, {})] : [];
  return [...revive, changeOf("UpdateExperience", id, details)];
}

/** Disables and archives an experience, the closest that AWS Marketplace comes to deleting it. */
export function planArchiving(id: string, seen: ExperienceDocument): Change[] {
  if (seen.AdminStatus === "Restricted") return [];
  const disable = seen.Status === "Enabled" ? [changeOf("UpdateExperience", id, { Status: "Disabled" })] : [];
  return [...disable, changeOf("RestrictExperience", id, {})];
}
