import type { Market } from "../service";
import type { Store, Table } from "../storage/store";
import { amazonImages, amazonSnapshots } from "./amazon-images";
import type { StoredImage, StoredSnapshot, StoredVolume } from "./stored-things";

/** Things of one region by id; those that Amazon provides are there without being stored. */
export class RegionalThings<Thing extends { readonly id: string }> {
  readonly #table: Table<Thing>;

  constructor(
    store: Store,
    tableName: string,
    private readonly region: string,
    private readonly provided: ReadonlyMap<string, Thing> = new Map(),
  ) {
    this.#table = store.table<Thing>(tableName);
  }

  get(id: string): Thing | undefined {
    return this.provided.get(id) ?? this.#table.get(`${this.region}/${id}`);
  }

  put(thing: Thing): void {
    this.#table.put(`${this.region}/${thing.id}`, thing);
  }

  delete(id: string): void {
    this.#table.delete(`${this.region}/${id}`);
  }

  /** All of them, in the order of their ids. */
  all(): Thing[] {
    const stored = [...this.#table.list(`${this.region}/`)].map(([, thing]) => thing);
    return [...this.provided.values(), ...stored].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}

export const imagesIn = (market: Market, region: string): RegionalThings<StoredImage> =>
  new RegionalThings(market.store, "ec2-images", region, amazonImages(region));

export const snapshotsIn = (market: Market, region: string): RegionalThings<StoredSnapshot> =>
  new RegionalThings(market.store, "ec2-snapshots", region, amazonSnapshots(region));

export const volumesIn = (market: Market, region: string): RegionalThings<StoredVolume> =>
  new RegionalThings(market.store, "ec2-volumes", region);
