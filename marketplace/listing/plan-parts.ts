import type { Entity, Json } from "../changes/change-type";
import type { Problem } from "../problem";
import type { PlannedChange } from "./property-of";

/** A listing as the catalog has it. `submitted` may hold what is never read back, as far as the caller knows it. */
export interface ObservedListing {
  readonly product: Entity;
  readonly offer: Entity;
}

/** A part of a plan: changes to one facet, with what AWS has no change for. */
export interface PartialPlan {
  readonly changes: PlannedChange[];
  readonly problems: Problem[];
  readonly more: boolean;
}

/** `change("AddRegions", product, { Regions: ["eu-west-1"] })` */
export function change(changeType: string, entity: Entity, details: Json): PlannedChange {
  return { changeType, entity: { type: entity.type, identifier: entity.id }, details };
}
