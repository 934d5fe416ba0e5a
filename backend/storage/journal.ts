import { setImmediate } from "node:timers";

/** Something that holds values by key and takes part in transactions. */
export interface Place<Disk> {
  /** Puts back what was there before a change. */
  restore(key: string, before: unknown): void;
  /** Writes what is there now. */
  save(key: string, disk: Disk): void;
}

interface Change<Disk> {
  readonly place: Place<Disk>;
  readonly key: string;
  readonly before: unknown;
}

/**
 * The order of things between memory and disk. Transactions change memory at once and are undone at once when they
 * throw; all of one turn of the event loop reach the disk in a single commit, and nobody hears of a result, of a read
 * either, before what it rests on is durable. When the commit fails, memory goes back to what is on disk.
 */
export class Journal<Disk> {
  #changes: Change<Disk>[] = [];
  #waiting: ((failure: { readonly error: unknown } | undefined) => void)[] = [];
  #depth = 0;
  #scheduled = false;
  #closed = false;

  /** `commit` runs `write` on the disk as one transaction there, durable on return. */
  constructor(private readonly commit: (write: (disk: Disk) => void) => void) {}

  /** Notes a change before it is made. */
  changing(place: Place<Disk>, key: string, before: unknown): void {
    if (this.#depth === 0) throw new Error("A store is written to inside a transaction only.");
    this.#changes.push({ place, key, before });
  }

  /** See `Store.transaction`. Within another transaction's work it joins that one, undoing only its own part. */
  run<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("The store is closed."));
    const answer = this.#attempt(work);
    if (this.#changes.length === 0) return settled(answer);
    this.#schedule();
    return new Promise((resolve, reject) => {
      this.#waiting.push((failure) => {
        if (failure !== undefined) reject(failure.error);
        else if (answer.ok) resolve(answer.value);
        else reject(answer.error);
      });
    });
  }

  /** Commits what is pending and takes no more. */
  close(): void {
    this.#flush();
    this.#closed = true;
  }

  #attempt<T>(work: () => T): Answer<T> {
    const mark = this.#changes.length;
    this.#depth++;
    try {
      const value = work();
      if (value instanceof Promise) throw new TypeError("The work of a transaction must not await.");
      return { ok: true, value };
    } catch (error) {
      this.#undo(mark);
      return { ok: false, error };
    } finally {
      this.#depth--;
    }
  }

  #undo(mark: number): void {
    for (const { place, key, before } of this.#changes.splice(mark).toReversed()) place.restore(key, before);
  }

  /** After the requests that this turn of the event loop brings in; they share the flush. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    const failure = this.#save();
    for (const tell of waiting) tell(failure);
  }

  #save(): { readonly error: unknown } | undefined {
    if (this.#changes.length === 0) return undefined;
    try {
      this.commit((disk) => saveOnce(this.#changes, disk));
      this.#changes = [];
      return undefined;
    } catch (error) {
      this.#undo(0);
      return { error };
    }
  }
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function settled<T>(answer: Answer<T>): Promise<T> {
  return answer.ok ? Promise.resolve(answer.value) : Promise.reject(answer.error);
}

/** A key that changed often is written once. */
function saveOnce<Disk>(changes: readonly Change<Disk>[], disk: Disk): void {
  const saved = new Map<Place<Disk>, Set<string>>();
  for (const { place, key } of changes) {
    const keys = saved.get(place) ?? new Set();
    if (keys.has(key)) continue;
    saved.set(place, keys.add(key));
    place.save(key, disk);
  }
}
