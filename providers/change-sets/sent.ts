import type { Json } from "../../marketplace/changes/change-type";
import type { ChangeSet } from "./change-set";

/** The document that a change set sent for a change type of an entity type: `sentIn(changeSet, "Offer", "UpdateLegalTerms")`. */
export function sentIn({ changes }: ChangeSet, entityType: string, changeType: string): Json | undefined {
  return changes.find((change) => change.changeType === changeType && change.entityType.startsWith(`${entityType}@`))
    ?.details;
}

/** `memberAt(details, "Terms", 0, "Type")`; undefined where that leads nowhere. */
export function memberAt(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return memberAt(new Map<string, Json>(Object.entries(value)).get(String(name)), ...rest);
}
