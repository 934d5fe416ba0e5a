import type { Entity } from "../../marketplace/changes/change-type";
import type { Store, Table } from "../storage/store";
import { bareType } from "./arns";

/** An entity with what the catalog itself knows of it. Moments are RFC 3339 with milliseconds. */
export interface StoredEntity extends Entity {
  /** 1 when made, one more for each change set that touched it. */
  readonly revision: number;
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** When its state went from Draft to Released (offers). */
  readonly releasedAt?: string;
}

/** The catalog's entities: by id, and by owner and type. Nothing is ever deleted. */
export interface Entities {
  get(id: string): StoredEntity | undefined;
  /** The owner's entities of a type, with or without its version. */
  ofType(owner: string, type: string): Iterable<StoredEntity>;
  /** Everybody's entities whose id begins so: `prod-`. */
  startingWith(prefix: string): Iterable<StoredEntity>;
  put(entity: StoredEntity): void;
}

export function entitiesIn(store: Store): Entities {
  const byId: Table<StoredEntity> = store.table("catalog.entities");
  const byOwner: Table<string> = store.table("catalog.entities-by-owner");
  return {
    get: (id) => byId.get(id),
    *ofType(owner, type) {
      for (const [, id] of byOwner.list(`${owner}/${bareType(type)}/`)) {
        const entity = byId.get(id);
        if (entity !== undefined) yield entity;
      }
    },
    *startingWith(prefix) {
      for (const [, entity] of byId.list(prefix)) yield entity;
    },
    put(entity) {
      byId.put(entity.id, entity);
      byOwner.put(`${entity.owner}/${bareType(entity.type)}/${entity.id}`, entity.id);
    },
  };
}

/** `prod-…@3` as id and revision; without a revision the latest is meant. */
export function parseIdentifier(identifier: string): { readonly id: string; readonly revision?: number } {
  const [, id, revision] = /^([^@]+)@(\d{1,9})$/.exec(identifier) ?? [];
  return id === undefined || revision === undefined ? { id: identifier } : { id, revision: Number(revision) };
}
