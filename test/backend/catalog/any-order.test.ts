import { equal, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancelChangeSetCommand } from "@aws-sdk/client-marketplace-catalog";
import { assert, array, asyncProperty, boolean, constant, nat, oneof, record, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { Catalog, catalogOf, madeBy } from "./catalog-market";
import { AMI, change, createProduct } from "./listing";
import { TurningClock } from "./turning-clock";

const MINUTE = 60_000;
const PRODUCTS = 3;

const step = oneof(
  { weight: 4, arbitrary: record({ start: uniqueArray(nat(PRODUCTS - 1), { minLength: 1 }), good: boolean() }) },
  { weight: 1, arbitrary: record({ cancel: nat(5) }) },
  { weight: 1, arbitrary: constant({ turn: "a minute" as const }) },
  { weight: 1, arbitrary: constant({ turn: "hours" as const }) },
  { weight: 1, arbitrary: constant({ restart: true as const }) },
);

interface Running {
  readonly id: string;
  readonly products: readonly number[];
  readonly good: boolean;
}

/** Three products in a marketplace that takes its time, and what should have become of them. */
class Model {
  private running: Running[] = [];
  private readonly revisions = Array.from({ length: PRODUCTS }, () => 1);
  private readonly ends = new Map<string, string>();
  private readonly clock = new TurningClock();
  private market!: RunningMarketplace;
  private ids: string[] = [];

  constructor(private readonly dataDir: string) {}

  async open(): Promise<void> {
    this.market = await startMarketplace({ dataDir: this.dataDir, clock: this.clock, latency: "none" });
    const names = Array.from({ length: PRODUCTS }, (_, index) => createProduct(`Agent ${index}`));
    const made = await catalogOf(this.market).run(names);
    this.ids = names.map((_, index) => madeBy(made, index));
    await this.restart();
  }

  async restart(): Promise<void> {
    await this.market.close();
    this.market = await startMarketplace({ dataDir: this.dataDir, clock: this.clock, latency: "realistic" });
  }

  close(): Promise<void> {
    return this.market.close();
  }

  /** Accepted unless one of the products is held by a set that still runs. */
  async start(products: readonly number[], good: boolean): Promise<void> {
    const changes = products.map((product, place) => {
      const bad = !good && place === products.length - 1;
      return change("AddRegions", AMI, this.ids[product], { Regions: [bad ? "mars-north-1" : "us-east-1"] });
    });
    const started = catalogOf(this.market).start(changes);
    if (this.running.some((set) => set.products.some((product) => products.includes(product)))) {
      await rejects(started, { name: "ResourceInUseException" });
    } else {
      this.running.push({ id: await started, products, good });
    }
  }

  async cancel(which: number): Promise<void> {
    const set = this.running[which % Math.max(1, this.running.length)];
    if (set === undefined) return;
    await catalogOf(this.market).catalog.send(new CancelChangeSetCommand({ Catalog, ChangeSetId: set.id }));
    await this.end(set, "CANCELLED");
  }

  /** Within a minute a set with a mistake has failed; the others take longer. */
  async turn(far: boolean): Promise<void> {
    for (let turns = 0; turns < (far ? 3 : 1); turns++) await this.clock.turn(far ? 60 * MINUTE : MINUTE);
    const running = this.running;
    for (const set of running) {
      if (!set.good) await this.end(set, "FAILED");
      else if (far) await this.end(set, "SUCCEEDED");
    }
  }

  async check(): Promise<void> {
    const catalog = catalogOf(this.market);
    for (const [id, end] of this.ends) equal((await catalog.describe(id)).Status, end);
    for (const [product, id] of this.ids.entries()) {
      equal((await catalog.entity(id)).EntityIdentifier, `${id}@${this.revisions[product]}`);
    }
  }

  private async end(set: Running, status: string): Promise<void> {
    equal((await catalogOf(this.market).ended(set.id)).Status, status);
    this.running = this.running.filter((other) => other !== set);
    this.ends.set(set.id, status);
    if (status !== "SUCCEEDED") return;
    for (const product of set.products) this.revisions[product] = (this.revisions[product] ?? 0) + 1;
  }
}

test("whatever is started, cancelled and restarted in whichever order, locks and revisions add up", async () => {
  const added = assert(
    asyncProperty(array(step, { maxLength: 12 }), async (steps) => {
      const dataDir = mkdtempSync(join(tmpdir(), "catalog-"));
      const model = new Model(dataDir);
      await model.open();
      try {
        for (const next of steps) {
          if ("start" in next) await model.start(next.start, next.good);
          else if ("cancel" in next) await model.cancel(next.cancel);
          else if ("turn" in next) await model.turn(next.turn === "hours");
          else await model.restart();
        }
        await model.turn(true);
        await model.check();
      } finally {
        await model.close();
        rmSync(dataDir, { recursive: true, force: true });
      }
    }),
    { numRuns: 12 },
  );
  await expect(added).resolves.toBeUndefined();
});
