import type { StartChangeSetRequest, StartChangeSetResponse } from "@aws-sdk/client-marketplace-catalog";
import { findChangeType } from "../../marketplace/changes";
import type { Context } from "../service";
import { bareType, catalogArn, requireCatalog } from "./arns";
import { changeSetsIn, type RequestedChange } from "./change-sets";
import { fingerprintOf, rememberStart, startedBefore } from "./idempotency";
import { newChangeSetId } from "./ids";
import { lockEntities, refuseLocked } from "./locks";
import { refuseOverQuota } from "./quotas";
import { readChanges } from "./read-changes";
import { invalid } from "./refusals";
import { followChangeSet } from "./runner";
import { sealChange } from "./secret-details";
import { putTags, readTags } from "./tags";
import { targetsOf } from "./targets";
import { timetable } from "./timings";

/**
 * Accepts a change set and locks its entities until it has run. What is refused here changes nothing and is not
 * remembered; a ClientRequestToken seen before returns the change set that it started.
 */
export function startChangeSet(ctx: Context, request: StartChangeSetRequest): StartChangeSetResponse {
  requireCatalog(request.Catalog);
  const { market, caller } = ctx;
  const { store, clock } = market;
  const { accountId } = caller;
  const changes = readChanges(request);
  const fingerprint = fingerprintOf(market.vault, request, changes);
  const before = startedBefore(store, accountId, request, fingerprint);
  if (before !== undefined) return answer(accountId, before);

  const intent = request.Intent ?? "APPLY";
  if (intent === "VALIDATE") refuseValidation(changes);
  const tags = readTags(request.ChangeSetTags ?? []);
  const targets = targetsOf(ctx, changes);
  const offers = offersIn(changes);
  if (market.limits) refuseOverQuota(store, accountId, offers);

  const id = newChangeSetId();
  if (intent === "APPLY") {
    refuseLocked(store, targets);
    lockEntities(store, targets, id);
  }
  changeSetsIn(store).add(
    {
      id,
      caller,
      name: request.ChangeSetName ?? `Submitted by ${accountId}`,
      intent,
      status: "PREPARING",
      startedAt: clock.now().toISOString(),
      timetable: timetable(market, changes),
      entityIds: targets,
      offers,
    },
    changes.map((change) => sealChange(market.vault, change)),
  );
  putTags(store, id, tags);
  rememberStart(store, accountId, request, fingerprint, id);
  followChangeSet(market, accountId, id);
  return answer(accountId, id);
}

function answer(accountId: string, id: string): StartChangeSetResponse {
  return { ChangeSetId: id, ChangeSetArn: catalogArn(accountId, "ChangeSet", id) };
}

/** Only new versions of single-AMI products can be validated without applying: API reference, StartChangeSet, Intent. */
function refuseValidation(changes: readonly RequestedChange[]): void {
  for (const { changeType, entity } of changes) {
    if (changeType === "AddDeliveryOptions" && bareType(entity.type) === "AmiProduct") continue;
    throw invalid(
      `The intent VALIDATE is not supported for ${changeType} of ${entity.type}. Only AddDeliveryOptions of AmiProduct@1.0 is.`,
    );
  }
}

/** How many different offers the changes make or touch. */
function offersIn(changes: readonly RequestedChange[]): number {
  const offers = new Set<unknown>();
  for (const change of changes) {
    if (bareType(change.entity.type) !== "Offer") continue;
    const creates = findChangeType(change.entity.type, change.changeType)?.creates !== undefined;
    // A created offer is the change that creates it; the others of the set refer to it by name.
    if (creates) offers.add(change);
    else if (!change.entity.identifier?.startsWith("$")) offers.add(change.entity.identifier?.split("@")[0]);
  }
  return offers.size;
}
