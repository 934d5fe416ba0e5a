import type { ErrorDetail } from "@aws-sdk/client-marketplace-catalog";
import type { Entity } from "../../marketplace/changes/change-type";
import { runChanges } from "../../marketplace/changes/run";
import type { Problem } from "../../marketplace/problem";
import type { Market } from "../service";
import { type ChangeSet, changeSetsIn, type RequestedChange } from "./change-sets";
import { entitiesIn } from "./entities";
import { keepImages } from "./ingestion";
import { unlockEntities } from "./locks";
import { shorten } from "./refusals";
import { keepSeller } from "./registration";
import { openChange } from "./secret-details";
import { putTags } from "./tags";
import { worldFor } from "./world";

/**
 * Takes a change set one stage further, if the clock allows. To be called inside a transaction: what a stage writes,
 * the set's status and its locks change together or not at all. Returns when to come back, or undefined once it ended.
 */
export function advance(market: Market, changeSet: ChangeSet): Date | undefined {
  const now = market.clock.now();
  const { check, apply, end } = changeSet.timetable;
  const next = changeSet.status === "APPLYING" ? end : changeSet.checked === true ? apply : check;
  if (now.getTime() < Date.parse(next)) return new Date(next);
  if (changeSet.status === "APPLYING") return applyChanges(market, changeSet);

  const { problems } = runChanges(
    worldFor(market, changeSet.caller, changeSet.entityIds),
    changesOf(market, changeSet),
  );
  if (problems.size > 0) return fail(market, changeSet, problems);
  if (now.getTime() < Date.parse(apply)) return comeBack(market, { ...changeSet, checked: true }, apply);
  if (changeSet.intent === "VALIDATE") return finish(market, { ...changeSet, status: "SUCCEEDED" });
  return comeBack(market, { ...changeSet, status: "APPLYING" }, end);
}

/** The checks run once more, on what the catalog has become; then all is written, or nothing. */
function applyChanges(market: Market, changeSet: ChangeSet): undefined {
  const changes = changesOf(market, changeSet);
  const { problems, entities, resolved } = runChanges(worldFor(market, changeSet.caller, changeSet.entityIds), changes);
  if (problems.size > 0) return fail(market, changeSet, problems);

  const saved = new Map(entities.map((entity) => [entity.id, withItsOwner(market, entity)]));
  for (const { entityId } of resolved) {
    const entity = saved.get(entityId) ?? entitiesIn(market.store).get(entityId);
    if (entity !== undefined) saved.set(entityId, entity);
  }
  const revisions = new Map<string, number>();
  for (const entity of saved.values()) {
    revisions.set(entity.id, saveRevision(market, entity));
  }
  for (const { entityId, entityTags } of resolved) {
    if (entityTags !== undefined) putTags(market.store, entityId, entityTags);
  }
  const identifiers: string[] = [];
  for (const { index, entityId } of resolved) identifiers[index] = `${entityId}@${revisions.get(entityId) ?? 1}`;
  return finish(market, { ...changeSet, status: "SUCCEEDED", identifiers, entityIds: [...saved.keys()] });
}

/** What another account shares stays that account's. */
function withItsOwner(market: Market, entity: Entity): Entity {
  return { ...entity, owner: entitiesIn(market.store).get(entity.id)?.owner ?? entity.owner };
}

/** One revision for each entity and set, however many changes it holds. */
function saveRevision(market: Market, entity: Entity): number {
  const entities = entitiesIn(market.store);
  const before = entities.get(entity.id);
  const { id, type, owner, details, submitted } = entity;
  keepImages(market, entity, before);
  keepSeller(market.store, entity);
  const now = market.clock.now().toISOString();
  const revision = (before?.revision ?? 0) + 1;
  const released = before?.details["State"] !== "Released" && details["State"] === "Released";
  entities.put({
    id,
    type,
    owner,
    details,
    submitted,
    revision,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    releasedAt: released ? now : before?.releasedAt,
  });
  return revision;
}

function fail(market: Market, changeSet: ChangeSet, problems: ReadonlyMap<number, readonly Problem[]>): undefined {
  const errors = [...problems].map(([index, found]) => [index, found.map(errorDetail)]);
  return finish(market, {
    ...changeSet,
    status: "FAILED",
    failure: {
      code: "CLIENT_ERROR",
      description: "One or more changes failed. See the ErrorDetailList of each change.",
      errors: Object.fromEntries(errors),
    },
  });
}

/** Ends a set whose running threw: nothing was written, and a repeat may work. */
export function failByFault(market: Market, changeSet: ChangeSet): undefined {
  return finish(market, {
    ...changeSet,
    status: "FAILED",
    failure: {
      code: "SERVER_FAULT",
      description: "The change set failed because of a problem in the marketplace, and changed nothing. Try again.",
      errors: {},
    },
  });
}

function finish(market: Market, changeSet: ChangeSet): undefined {
  endChangeSet(market, changeSet);
  return undefined;
}

/** Writes a set that has come to its end, and gives its entities free. */
export function endChangeSet(market: Market, changeSet: ChangeSet): void {
  changeSetsIn(market.store).put({ ...changeSet, endedAt: market.clock.now().toISOString() });
  unlockEntities(market.store, changeSet.entityIds, changeSet.id);
}

function comeBack(market: Market, changeSet: ChangeSet, at: string): Date {
  changeSetsIn(market.store).put(changeSet);
  return new Date(at);
}

function changesOf(market: Market, changeSet: ChangeSet): RequestedChange[] {
  return changeSetsIn(market.store)
    .changesOf(changeSet)
    .map((change) => openChange(market.vault, change));
}

/** Where the problem lies goes before what it is: the error shape has no member for it. */
function errorDetail({ code, path, message }: Problem): ErrorDetail {
  return { ErrorCode: code, ErrorMessage: shorten(path === "" ? message : `${path}: ${message}`) };
}
