import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { Entity, JsonObject, World } from "../change-type";
import { anyText, matching } from "../document-shapes";

export const experienceType = "Experience@1.0";

/** An experience as DescribeEntity shows it. Which values AdminStatus takes is not documented; these are AWS's words elsewhere. */
export type ExperienceDocument = JsonObject & {
  readonly Name: string;
  readonly Description: string | null;
  readonly Status: "Enabled" | "Disabled";
  readonly AdminStatus: "Active" | "Restricted";
  readonly ProcurementPolicies: readonly string[];
  readonly DiscoveryPolicies: readonly string[];
  readonly BrandingSettings: readonly string[];
};

/** Names of experiences and of what belongs to them: letters, digits, spaces, hyphens and underscores, at most 50. */
export const nameSchema = matching("^[a-zA-Z0-9 _-]+$", 50);
export const descriptionSchema = anyText(1000, 1);

/** Entities of this type are made and written by the changes of this folder only. */
export function experienceOf(entity: Entity): ExperienceDocument {
  return entity.details as ExperienceDocument;
}

export function withExperience(entity: Entity, change: JsonObject) {
  return { details: { ...entity.details, ...change }, submitted: entity.submitted };
}

/** An archived experience governs nobody and takes no changes until it is revived: Buyer Guide, Private marketplaces. */
export function checkActive(entity: Entity): Problem[] {
  return unless(
    experienceOf(entity).AdminStatus !== "Restricted",
    "INCOMPATIBLE_EXPERIENCE_STATUS",
    "",
    `Experience ${entity.id} is archived. Revive it with ReviveExperience before changing it.`,
  );
}

/** The one entity that the experience names, where it is there. */
export function childOf(world: World, ids: readonly string[]): Entity | undefined {
  const [id] = ids;
  return id === undefined ? undefined : world.entity(id);
}

/** An entity beside an experience: same owner, an id of its own. */
export function besideExperience(world: World, entity: Entity, type: string, prefix: string): Entity {
  return { type, id: world.newId(prefix), owner: entity.owner, details: {}, submitted: {} };
}
