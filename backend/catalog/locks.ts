import type { Store, Table } from "../storage/store";
import { inUse } from "./refusals";

/**
 * Any entity that a running change set names is locked until the set ends: API reference, StartChangeSet. (The guide
 * describes a looser lock for AMI and container products while a set is PREPARING; clients that can live with the
 * strict one can live with both.)
 */
export function lockEntities(store: Store, entityIds: Iterable<string>, changeSetId: string): void {
  for (const id of entityIds) locksIn(store).put(id, changeSetId);
}

/** ResourceInUseException when one of them is locked; the message names the entity and the change set that holds it. */
export function refuseLocked(store: Store, entityIds: Iterable<string>): void {
  for (const id of entityIds) {
    const holder = locksIn(store).get(id);
    if (holder === undefined) continue;
    throw inUse(
      `The entity ${id} is locked by change set ${holder}, which is still in progress. Wait until it ends or cancel it.`,
    );
  }
}

/** Gives back what this change set holds, and nothing else. */
export function unlockEntities(store: Store, entityIds: Iterable<string>, changeSetId: string): void {
  const locks = locksIn(store);
  for (const id of entityIds) if (locks.get(id) === changeSetId) locks.delete(id);
}

function locksIn(store: Store): Table<string> {
  return store.table("catalog.locks");
}
