import type { AssetFacts, Change, Entity } from "../../../marketplace/changes/change-type";
import { runChanges, type Run, type Surroundings } from "../../../marketplace/changes/run";

export const seller = "111122223333";

/** An image and a role that nothing is wrong with. */
export const goodAssets: AssetFacts = {
  image: {
    found: true,
    ownerId: seller,
    name: "acme-log-agent-1.0",
    creationDate: "2026-10-01T00:00:00.000Z",
    architecture: "x86_64",
    virtualizationType: "hvm",
    rootDeviceType: "ebs",
    enaSupport: true,
    productCodes: [],
    snapshots: [{ id: "snap-0123456789abcdef0", encrypted: false }],
  },
  role: { found: true, trustsIngestion: true, missingActions: [], passable: true },
};

/** A catalog in memory, without revisions, locks or time of its own. */
export class Market {
  readonly entities = new Map<string, Entity>();
  now = "2026-11-22T12:00:00Z";
  assets: AssetFacts | undefined = goodAssets;
  private made = 0;

  world(): Surroundings {
    return {
      account: seller,
      now: this.now,
      entity: (id) => this.entities.get(id),
      entitiesOf: (type) => [...this.entities.values()].filter((entity) => entity.type === type),
      newId: (prefix) => `${prefix}-${(++this.made).toString().padStart(13, "a")}`,
      assets: () => this.assets,
    };
  }

  /** What the changes would do. */
  try(changes: readonly Change[]): Run {
    return runChanges(this.world(), changes);
  }

  /** Applies the changes, or throws with everything that is wrong with them. */
  apply(changes: readonly Change[]): Run {
    const run = this.try(changes);
    if (run.problems.size > 0) throw new Error(JSON.stringify([...run.problems], undefined, 1));
    for (const entity of run.entities) this.entities.set(entity.id, entity);
    return run;
  }

  only(type: string): Entity {
    const found = [...this.entities.values()].filter((entity) => entity.type === type);
    if (found.length !== 1 || !found[0]) throw new Error(`There are ${found.length} entities of ${type}.`);
    return found[0];
  }
}
