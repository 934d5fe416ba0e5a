import type { Change, Json } from "../../marketplace/changes/change-type";

/** Changes to be made together, all or none. */
export interface ChangeSetRequest {
  /** What it is about, as a person would say it: `Log Agent`. */
  readonly subject: string;
  /** What is done to it: `create`, `update`, `set visibility of`. */
  readonly purpose: string;
  readonly changes: readonly Change[];
  /**
   * What makes this request the same as an earlier one: for a new listing its stack and title, for an update the
   * entity with its revision. A repeat finds the change set that the first one started.
   */
  readonly identity: readonly string[];
  /** What `find` found: the newest change set of an earlier run for the same request. */
  readonly earlier?: ChangeSet;
  /** Do not wait longer than so many milliseconds; it then goes on without us. */
  readonly patience?: number;
}

/** A change set as the catalog tells of it. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly status: "PREPARING" | "APPLYING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  /** RFC 3339, UTC. */
  readonly startTime: string;
  readonly failureCode?: string;
  readonly failureDescription?: string;
  readonly changes: readonly ChangeResult[];
}

export interface ChangeResult {
  readonly changeType: string;
  readonly entityType: string;
  /** Bare, without the revision; absent while the entity is not there. */
  readonly entityId?: string;
  /** The document that was sent. */
  readonly details: Json;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

export function isOpen(changeSet: Pick<ChangeSet, "status">): boolean {
  return changeSet.status === "PREPARING" || changeSet.status === "APPLYING";
}

/** How a request ended: done, or still under way when patience did. */
export interface Outcome {
  readonly changeSet: ChangeSet;
  readonly done: boolean;
}

/** Another change set holds the entity, has now ended, and may have changed it: look again and plan anew. */
export class EntityWasBusy extends Error {
  override readonly name = "EntityWasBusy";
}
