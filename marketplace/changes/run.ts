import type { Problem } from "../problem";
import type { Change, ChangeType, Entity, ResolvedChange, World } from "./change-type";
import { changeTypes } from "./index";
import { resolveReferences } from "./references";

/** What a set of changes needs of the world; `changes` follows from the set itself. */
export type Surroundings = Omit<World, "changes">;

/** What a set of changes would do. It may be applied only when `problems` is empty. */
export interface Run {
  /** By the change's place in the list. */
  readonly problems: Map<number, Problem[]>;
  /** Every entity that the set makes or changes, as it is afterwards. */
  readonly entities: Entity[];
  /** The changes in the order they were sent, references replaced. */
  readonly resolved: ResolvedChange[];
}

/**
 * Works out a change set without doing anything: resolves references, checks and applies the changes in the order of
 * `changeTypes` (so the order of the list does not matter), then verifies what must hold at the end. Changes that fail
 * their checks are carried through as well, so that one run reports every problem, and none that only follows from
 * another. In: the world as it is, and changes whose documents passed their schemas. `id@3` counts as `id`.
 */
export function runChanges(
  surroundings: Surroundings,
  changes: readonly Change[],
  types: readonly ChangeType[] = changeTypes,
): Run {
  const problems = new Map<number, Problem[]>();
  const report = (index: number, found: readonly Problem[]) => {
    if (found.length > 0) problems.set(index, [...(problems.get(index) ?? []), ...found]);
  };
  const { resolved, problems: unresolved } = resolveReferences(surroundings, changes, types);
  for (const [index, found] of unresolved) report(index, found);

  const now = new Map<string, Entity>();
  const world: World = {
    account: surroundings.account,
    now: surroundings.now,
    changes: resolved,
    newId: (prefix) => surroundings.newId(prefix),
    seller: surroundings.seller,
    assets: (source) => surroundings.assets(source),
    ...(surroundings.buyers === undefined ? {} : { buyers: surroundings.buyers }),
    ...(surroundings.legalDocument === undefined ? {} : { legalDocument: surroundings.legalDocument }),
    ...(surroundings.proposedAgreement === undefined ? {} : { proposedAgreement: surroundings.proposedAgreement }),
    entity: (id) => now.get(id) ?? surroundings.entity(id),
    entitiesOf: (type) => entitiesWith(surroundings, now, type),
  };

  const lost = new Set<string>();
  for (const { change, type } of inOrder(resolved, types)) {
    if (unresolved.has(change.index)) {
      if (type.creates) lost.add(change.entityId);
      continue;
    }
    if (lost.has(change.entityId)) continue;
    const entity = type.creates ? blank(world, change) : world.entity(change.entityId);
    if (!entity || entity.owner !== world.account || entity.type !== change.entity.type) {
      report(change.index, [unknownEntity(change)]);
      continue;
    }
    const found = type.check?.(world, entity, change.details) ?? [];
    report(change.index, found);
    // What is made for something that is not there has nothing else wrong with it.
    if (type.creates && found.some(({ code }) => code === "RESOURCE_NOT_FOUND")) lost.add(change.entityId);
    const { details, submitted, beside = [] } = type.apply(world, entity, change.details);
    now.set(entity.id, { ...entity, details, submitted });
    for (const other of beside) now.set(other.id, other);
  }

  for (const { change, type } of inOrder(resolved, types)) {
    const entity = now.get(change.entityId);
    if (entity && !lost.has(entity.id) && !problems.has(change.index)) {
      report(change.index, type.verify?.(world, entity, change.details) ?? []);
    }
  }
  return { problems, entities: [...now.values()], resolved };
}

function inOrder(resolved: readonly ResolvedChange[], types: readonly ChangeType[]) {
  return resolved
    .flatMap((change) => {
      const turn = types.findIndex(
        (one) => one.changeType === change.changeType && one.entityType === change.entity.type,
      );
      const type = types[turn];
      return type ? [{ change, type, turn }] : [];
    })
    .toSorted((a, b) => a.turn - b.turn || compareText(a.change.entityId, b.change.entityId));
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function blank(world: World, change: ResolvedChange): Entity {
  return { type: change.entity.type, id: change.entityId, owner: world.account, details: {}, submitted: {} };
}

function* entitiesWith(outside: Surroundings, now: ReadonlyMap<string, Entity>, type: string): Iterable<Entity> {
  for (const entity of outside.entitiesOf(type)) if (!now.has(entity.id)) yield entity;
  for (const entity of now.values()) if (entity.type === type) yield entity;
}

function unknownEntity(change: ResolvedChange): Problem {
  return {
    code: "RESOURCE_NOT_FOUND",
    path: "Entity.Identifier",
    message: `You have no ${change.entity.type} with the id ${JSON.stringify(change.entityId)}.`,
  };
}
