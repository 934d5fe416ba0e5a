import type { ChangeSet } from "../change-sets/change-set";
import type { PendingRequest } from "./ami-product";

/** How long `up` holds for a change that AWS may review for weeks: most are done in moments. */
export const gracePeriod = 20_000;

export function pendingRequest(changeSet: ChangeSet, visibility: string): PendingRequest {
  return {
    changeSetId: changeSet.id,
    since: changeSet.startTime,
    waitsFor: `AWS's review of visibility ${visibility}, which may take up to 37 days`,
  };
}

/** The request that an earlier run left under way, as the state holds it. */
export function pendingIn(state: Readonly<Record<string, unknown>>): PendingRequest | undefined {
  const pending = state.pendingRequest;
  if (typeof pending !== "object" || pending === null) return undefined;
  const members = new Map(Object.entries(pending));
  const text = (name: string) => String(members.get(name) ?? "");
  return { changeSetId: text("changeSetId"), since: text("since"), waitsFor: text("waitsFor") };
}
