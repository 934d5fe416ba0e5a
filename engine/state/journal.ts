import { closeSync, existsSync, fdatasync, openSync, readFileSync, rmSync, write } from "node:fs";
import { promisify } from "node:util";

import type { PropertyMap } from "../values/values";

const writeFile = promisify(write);
const sync = promisify(fdatasync);

/** How a pending operation is named in a checkpoint. */
export type PendingKind = "creating" | "updating" | "deleting" | "reading" | "importing";

/** One line of the journal. States are known by a number: those of the checkpoint by their place in it. */
export type Entry =
  | { readonly kind: "base"; readonly checkpoint: string }
  | { readonly kind: "begin"; readonly step: number; readonly operation: PendingKind; readonly state: PropertyMap }
  | {
      readonly kind: "end";
      readonly step: number;
      /** States that are no more. */
      readonly gone?: readonly number[];
      /** States that are new. */
      readonly fresh?: readonly (readonly [number, PropertyMap])[];
      /** Marks put on states that stay. */
      readonly marked?: readonly (readonly [number, PropertyMap])[];
    };

/**
 * What happened since the last checkpoint, appended line by line. An entry is on the disk before its
 * promise resolves; entries that arrive while the disk is busy share the next flush.
 */
export class Journal {
  readonly #file: string;
  #handle: number | undefined;
  #lines: string[] = [];
  /** The flush that the lines in waiting will go with. */
  #next: Promise<void> | undefined;
  #tail: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when the entry is on the disk; rejects when the disk refuses it. */
  append(entry: Entry): Promise<void> {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
    if (!this.#next) {
      const flush = this.#tail.then(() => this.#flush());
      // Whoever waits for an entry hears of a failure, and so does drain().
      flush.catch(() => {});
      this.#next = flush;
      this.#tail = flush;
    }
    return this.#next;
  }

  async #flush(): Promise<void> {
    this.#next = undefined;
    this.#handle ??= openSync(this.#file, "a", 0o600);
    const bytes = Buffer.from(this.#lines.splice(0).join(""));
    for (let at = 0; at < bytes.length;) {
      at += (await writeFile(this.#handle, bytes, at, bytes.length - at, null)).bytesWritten;
    }
    await sync(this.#handle);
  }

  /** Waits for the disk. */
  async drain(): Promise<void> {
    await this.#tail;
  }

  /** A checkpoint now says all that the journal said. */
  async discard(): Promise<void> {
    await this.drain();
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
    rmSync(this.#file, { force: true });
  }

  /** What a crash left behind. A torn last line was never promised to anybody, and is left out. */
  static read(file: string): Entry[] {
    if (!existsSync(file)) return [];
    const entries: Entry[] = [];
    for (const line of readFileSync(file, "utf8").split("\n")) {
      if (!line) continue;
      try {
        entries.push(JSON.parse(line) as Entry);
      } catch {
        break;
      }
    }
    return entries;
  }
}
