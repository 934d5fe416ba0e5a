import type { Context } from "../service";
import { checkResourceId, notFound, notYours } from "./ids";
import { grantsReach } from "./permissions";
import type { StoredSnapshot } from "./stored-things";
import { snapshotsIn } from "./things";

/** Whether the account owns the snapshot or may make volumes from it. */
export function mayUseSnapshot(snapshot: StoredSnapshot, accountId: string): boolean {
  return snapshot.owner === accountId || grantsReach(snapshot.createVolumePermission, accountId);
}

/** The snapshot of that id if the caller may use it, else InvalidSnapshot.NotFound. */
export function usableSnapshot(ctx: Context, id: string): StoredSnapshot {
  checkResourceId("snap", id);
  const snapshot = snapshotsIn(ctx.market, ctx.region).get(id);
  if (!snapshot || !mayUseSnapshot(snapshot, ctx.caller.accountId)) throw notFound("snap", id);
  return snapshot;
}

/** The snapshot of that id if it is the caller's; AuthFailure when it is somebody else's. */
export function ownSnapshot(ctx: Context, id: string): StoredSnapshot {
  checkResourceId("snap", id);
  const snapshot = snapshotsIn(ctx.market, ctx.region).get(id);
  if (!snapshot) throw notFound("snap", id);
  if (snapshot.owner !== ctx.caller.accountId) throw notYours("snapshot", id);
  return snapshot;
}
