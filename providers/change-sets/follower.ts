import type { Host } from "../host/host";
import type { Catalog } from "./catalog";
import { isOpen, type ChangeSet } from "./change-set";

/** How long to wait between looks, in milliseconds: soon at first, as much is done at once, then as AWS's rates allow. */
const firstLook = 100;
const slower = 1.6;
export const longestWait = { offer: 10_000, product: 60_000 } as const;

interface Watch {
  readonly longest: number;
  wait: number;
  due: number;
  readonly onStatus: (status: ChangeSet["status"]) => void;
  readonly resolve: (ended: ChangeSet) => void;
  readonly reject: (error: unknown) => void;
}

/** Follows change sets to their end with few requests: one list of the open ones answers for all that are followed. */
export class Follower {
  readonly #watches = new Map<string, Watch>();
  #looking = false;
  #alarm = new AbortController();

  constructor(
    private readonly catalog: Catalog,
    private readonly host: Host,
  ) {}

  /** Resolves once the change set has ended, however it did. */
  follow(id: string, kind: keyof typeof longestWait, onStatus: Watch["onStatus"]): Promise<ChangeSet> {
    return new Promise((resolve, reject) => {
      const due = this.host.time.now() + firstLook;
      this.#watches.set(id, { longest: longestWait[kind], wait: firstLook, due, onStatus, resolve, reject });
      this.#alarm.abort();
      void this.#look();
    });
  }

  /** Nobody waits for it any longer. */
  forget(id: string): void {
    this.#watches.delete(id);
    this.#alarm.abort();
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#watches.size > 0) {
      const now = this.host.time.now();
      const due = [...this.#watches].filter(([, watch]) => watch.due <= now).map(([id]) => id);
      if (due.length > 0) {
        await this.#ask(due);
        continue;
      }
      const next = Math.min(...[...this.#watches.values()].map((watch) => watch.due));
      this.#alarm = new AbortController();
      await this.host.time.sleep(next - now, this.#alarm.signal);
    }
    this.#looking = false;
  }

  async #ask(due: readonly string[]): Promise<void> {
    try {
      const ended = due.length < 3 ? due : await this.#endedOf(due);
      await Promise.all(ended.map(async (id) => this.#settle(await this.catalog.describe(id))));
    } catch (error) {
      for (const id of due) {
        this.#watches.get(id)?.reject(error);
        this.#watches.delete(id);
      }
    }
    for (const id of due) this.#postpone(id);
  }

  /** Those that the list of open change sets no longer holds. */
  async #endedOf(due: readonly string[]): Promise<string[]> {
    const open = new Map((await this.catalog.open()).map((changeSet) => [changeSet.id, changeSet.status]));
    return due.filter((id) => {
      const status = open.get(id);
      if (status !== undefined) this.#watches.get(id)?.onStatus(status);
      return status === undefined;
    });
  }

  #settle(changeSet: ChangeSet): void {
    const watch = this.#watches.get(changeSet.id);
    if (watch === undefined) return;
    watch.onStatus(changeSet.status);
    if (isOpen(changeSet)) return;
    this.#watches.delete(changeSet.id);
    watch.resolve(changeSet);
  }

  #postpone(id: string): void {
    const watch = this.#watches.get(id);
    if (watch === undefined) return;
    watch.due = this.host.time.now() + watch.wait;
    watch.wait = Math.min(watch.longest, watch.wait * slower);
  }
}
