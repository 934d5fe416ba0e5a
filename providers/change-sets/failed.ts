import type { Change } from "../../marketplace/changes/change-type";
import type { ChangeSet } from "./change-set";
import { withoutPlace } from "./error-place";

/** Finds the declared property that an error of a change speaks of; "" when it speaks of no one property. */
export type FindProperty = (change: Change, message: string) => string;

/** AWS ended a change set without making its changes; the message says why, property by property. */
export class ChangeSetFailed extends Error {
  override readonly name = "ChangeSetFailed";

  constructor(
    readonly changeSet: ChangeSet,
    changes: readonly Change[],
    findProperty: FindProperty,
  ) {
    super(describeFailure(changeSet, changes, findProperty));
  }
}

function describeFailure(changeSet: ChangeSet, changes: readonly Change[], findProperty: FindProperty): string {
  if (changeSet.status === "CANCELLED") return `Change set ${changeSet.id} was cancelled and changed nothing.`;
  const lines = changeSet.changes.flatMap((result, index) =>
    result.errors.map(({ code, message }) => {
      const change = changes[index];
      const property = change === undefined ? "" : findProperty(change, message);
      const where = property === "" ? result.changeType : property;
      return `  ${where}: ${withoutPlace(message)} [${code}]`;
    }),
  );
  const reasons = [...new Set(lines)];
  if (reasons.length === 0)
    reasons.push(`  ${changeSet.failureDescription ?? changeSet.failureCode ?? "no reason given"}`);
  return [`Change set ${changeSet.id} failed and changed nothing:`, ...reasons].join("\n");
}
