import type { DetailedDiff } from "./object-diff";
import type { PendingKind } from "../state/journal";
import type { ResourceState } from "../state/resource-state";
import type { Change } from "../state/snapshot";

/** Operations by the names Pulumi gives them. */
export type StepOp =
  | "same"
  | "create"
  | "update"
  | "delete"
  | "replace"
  | "create-replacement"
  | "delete-replaced"
  | "read"
  | "read-replacement"
  | "refresh"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "import"
  | "import-replacement";

/** One thing to do to one resource. Made by the step generator, done by the step executor. */
export interface Step {
  readonly op: StepOp;
  readonly urn: string;
  readonly type: string;
  readonly provider: string;
  readonly old?: ResourceState;
  readonly new?: ResourceState;
  /** The top-level properties that force a replacement, and those that changed. */
  readonly keys?: readonly string[];
  readonly diffs?: readonly string[];
  readonly detailed?: DetailedDiff;
  /** Something the user would say was done to the resource, rather than a part of it. */
  readonly logical: boolean;
  /** A resource left as it was because it is outside the targets: no change at all. */
  readonly skippedCreate?: boolean;
  /** What a checkpoint says while this is under way; nothing for a step that touches nothing. */
  readonly pending?: PendingKind;
  /** For a refresh: what came of it. */
  readonly resultOp?: StepOp;
  /**
   * Does it. @returns a failure that left a resource behind all the same
   * @throws whatever stops it from being done
   */
  apply(): Promise<StepResult>;
  /** What the snapshot must know afterwards. */
  change(): Change;
}

export interface StepResult {
  readonly failure?: Error;
}

export const DONE: StepResult = {};

/** The resource a step is about: the new state, or the old one where there is no new one. */
export function subject(step: Step): ResourceState {
  return (step.new ?? step.old) as ResourceState;
}
