import type { Market } from "./service";
import type { Store } from "./storage/store";

/** When something could not be written (a full disk, say), how long to wait before trying again. */
const AFTER_TROUBLE = 1000;

/**
 * Turns to stored work when its moment comes, also to what fell due while the marketplace was stopped. One timer waits
 * for whatever is next.
 */
export class Watch {
  readonly #looks = new WeakMap<Store, () => void>();

  /**
   * @param work what it does, for whoever reads that it failed: `keeping the time of agreements`.
   * @param next the next moment (RFC 3339, UTC) for which something is stored.
   */
  constructor(
    private readonly work: string,
    private readonly next: (store: Store) => string | undefined,
  ) {}

  /** Something was just stored, perhaps for an earlier moment than any before. Within a transaction. */
  look(store: Store): void {
    this.#looks.get(store)?.();
  }

  /** @param turn does what has fallen due, within a transaction. Returns how to end the watch. */
  start({ store, clock }: Pick<Market, "store" | "clock">, turn: () => void): () => void {
    let cancel: (() => void) | undefined;
    let waitingFor: string | undefined;
    let stopped = false;

    const wake = (moment: string) => {
      cancel?.();
      waitingFor = moment;
      cancel = clock.schedule(new Date(moment), () => {
        waitingFor = undefined;
        cancel = undefined;
        if (!stopped) void act();
      });
    };

    const look = () => {
      if (stopped) return;
      const moment = this.next(store);
      if (moment === undefined || (waitingFor !== undefined && moment >= waitingFor)) return;
      wake(moment);
    };

    const act = async () => {
      try {
        await store.transaction(turn);
        await store.transaction(look);
      } catch (error) {
        if (stopped) return;
        this.#report(error);
        wake(new Date(clock.now().getTime() + AFTER_TROUBLE).toISOString());
      }
    };

    this.#looks.set(store, look);
    void store.transaction(look);
    return () => {
      stopped = true;
      cancel?.();
      if (this.#looks.get(store) === look) this.#looks.delete(store);
    };
  }

  #report(fault: unknown): void {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    process.stderr.write(`marketplace: ${this.work} failed: ${text}\n`);
  }
}
