import { toUSVString } from "node:util";

import { frozenJson } from "./frozen-json";
import type { Journal, Place } from "./journal";
import { KeyIndex } from "./key-index";
import type { Blobs, Table } from "./store";

/** What stores differ in: where things are when the process is gone. */
export interface Disk {
  readonly documents: {
    load(table: string): Iterable<readonly [key: string, value: unknown]>;
    save(table: string, key: string, value: unknown): void;
    delete(table: string, key: string): void;
  };
  readonly blobs: Blobs;
}

/** A table, all of it in memory, and written through. */
export class Documents<T> implements Table<T>, Place<Disk> {
  readonly #values = new Map<string, T>();
  readonly #keys = new KeyIndex();

  constructor(
    private readonly name: string,
    private readonly journal: Journal<Disk>,
    stored: Iterable<readonly [string, T]>,
  ) {
    for (const [key, value] of stored) this.#set(key, frozenJson(value));
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  put(key: string, value: T): void {
    const frozen = frozenJson(value);
    this.journal.changing(this, wellFormed(key), this.#values.get(key));
    this.#set(key, frozen);
  }

  delete(key: string): void {
    const before = this.#values.get(key);
    if (before === undefined) return;
    this.journal.changing(this, key, before);
    this.#unset(key);
  }

  *list(prefix = ""): Iterable<readonly [string, T]> {
    for (const key of this.#keys.startingWith(prefix)) {
      const value = this.#values.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  restore(key: string, before: T | undefined): void {
    if (before === undefined) this.#unset(key);
    else this.#set(key, before);
  }

  save(key: string, disk: Disk): void {
    const value = this.#values.get(key);
    if (value === undefined) disk.documents.delete(this.name, key);
    else disk.documents.save(this.name, key, value);
  }

  #set(key: string, value: T): void {
    if (!this.#values.has(key)) this.#keys.add(key);
    this.#values.set(key, value);
  }

  #unset(key: string): void {
    if (this.#values.delete(key)) this.#keys.remove(key);
  }
}

/** Blobs stay on disk; only those of the commit to come are in memory. `null` is one to be deleted. */
export class PendingBlobs implements Blobs, Place<Disk> {
  readonly #pending = new Map<string, Uint8Array | null>();

  constructor(
    private readonly journal: Journal<Disk>,
    private readonly disk: Disk,
  ) {}

  get(key: string): Uint8Array | undefined {
    const pending = this.#pending.get(key);
    if (pending === undefined) return this.disk.blobs.get(key);
    return pending?.slice();
  }

  put(key: string, bytes: Uint8Array): void {
    // A plain Uint8Array, since `slice` of a Buffer would share its memory.
    this.#change(wellFormed(key), new Uint8Array(bytes));
  }

  delete(key: string): void {
    this.#change(key, null);
  }

  restore(key: string, before: Uint8Array | null | undefined): void {
    if (before === undefined) this.#pending.delete(key);
    else this.#pending.set(key, before);
  }

  save(key: string, disk: Disk): void {
    const bytes = this.#pending.get(key);
    if (bytes) disk.blobs.put(key, bytes);
    else disk.blobs.delete(key);
  }

  /** Once the disk has them. */
  forget(): void {
    this.#pending.clear();
  }

  #change(key: string, bytes: Uint8Array | null): void {
    this.journal.changing(this, key, this.#pending.get(key));
    this.#pending.set(key, bytes);
  }
}

/** Half of a surrogate pair has no UTF-8: two such keys would be one on disk. */
function wellFormed(key: string): string {
  if (toUSVString(key) !== key) throw new TypeError(`A key must be well-formed Unicode: ${JSON.stringify(key)}`);
  return key;
}
