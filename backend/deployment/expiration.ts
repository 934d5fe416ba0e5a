import type { Market } from "../service";
import type { Store } from "../storage/store";
import { eraseExpired, nextExpiration } from "./parameters";

/** When the data could not be written (a full disk, say), how long to wait before trying again. */
const AFTER_TROUBLE = 1000;

const watches = new WeakMap<Store, { look(): void }>();

/** Sees to it that what was just put is erased on time. Within a transaction. */
export function expireOnTime({ store }: Pick<Market, "store">): void {
  watches.get(store)?.look();
}

/**
 * Erases deployment parameters and their secrets once they expire, also those that did while the marketplace was
 * stopped. One timer waits for the next. Returns how to end that.
 */
export function watchExpirations(market: Market): () => void {
  const { store, clock } = market;
  let cancel: (() => void) | undefined;
  let stopped = false;

  const wake = (at: Date) => {
    cancel?.();
    cancel = clock.schedule(at, () => {
      cancel = undefined;
      if (!stopped) void turn();
    });
  };
  const look = () => {
    const next = stopped ? undefined : nextExpiration(store);
    if (next !== undefined) wake(next);
  };
  const turn = async () => {
    try {
      await store.transaction(() => eraseExpired(market));
      await store.transaction(look);
    } catch (error) {
      if (stopped) return;
      report(error);
      wake(new Date(clock.now().getTime() + AFTER_TROUBLE));
    }
  };

  const watch = { look };
  watches.set(store, watch);
  void store.transaction(look);
  return () => {
    stopped = true;
    cancel?.();
    if (watches.get(store) === watch) watches.delete(store);
  };
}

function report(fault: unknown): void {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  process.stderr.write(`marketplace: erasing expired deployment parameters failed: ${text}\n`);
}
