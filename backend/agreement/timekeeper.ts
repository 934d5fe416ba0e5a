import type { Market } from "../service";
import type { Store, Table } from "../storage/store";

/** Something that is going to happen to an agreement, or to a request under one, by the clock alone. */
export interface Due {
  readonly event: "end" | "month" | "usage" | "payment-check" | "payment-expiry" | "cancellation-expiry" | "adjustment";
  readonly id: string;
}

type Happen = (market: Market, due: Due, at: string) => void;

interface Timekeeper {
  look(): void;
}

const timekeepers = new WeakMap<Store, Timekeeper>();

/** When something could not be written (a full disk, say), how long to wait before trying again. */
const AFTER_TROUBLE = 1000;

const dues = (store: Store): Table<Due> => store.table("agreement.due");

/** Puts something on the calendar. Within a transaction; should that fail, it was never there. */
export function putOnCalendar({ store }: Pick<Market, "store">, at: string, due: Due): void {
  dues(store).put(`${at}/${due.event}/${due.id}`, due);
  timekeepers.get(store)?.look();
}

/**
 * Lets what is on the calendar happen when its time comes, each in a transaction of its own, also what fell due while
 * the marketplace was stopped. One timer waits for whatever is next. Returns how to end that.
 */
export function keepTime(market: Market, happen: Happen): () => void {
  const { store, clock } = market;
  let cancel: (() => void) | undefined;
  let waitingFor: string | undefined;
  let stopped = false;

  const wake = (at: Date, moment: string) => {
    cancel?.();
    waitingFor = moment;
    cancel = clock.schedule(at, () => {
      waitingFor = undefined;
      cancel = undefined;
      if (!stopped) void turn();
    });
  };

  const look = () => {
    if (stopped) return;
    const moment = nextMoment(store);
    if (moment === undefined || (waitingFor !== undefined && moment >= waitingFor)) return;
    wake(new Date(moment), moment);
  };

  const turn = async () => {
    try {
      await store.transaction(() => {
        const now = clock.now().toISOString();
        // One moment after the other: what happens may put something between now and what came next.
        for (let moment = nextMoment(store); moment !== undefined && moment <= now; moment = nextMoment(store)) {
          for (const [key, due] of dues(store).list(`${moment}/`)) {
            dues(store).delete(key);
            happen(market, due, moment);
          }
        }
      });
      await store.transaction(look);
    } catch (error) {
      if (stopped) return;
      report(error);
      const later = new Date(clock.now().getTime() + AFTER_TROUBLE);
      wake(later, later.toISOString());
    }
  };

  const keeper = { look };
  timekeepers.set(store, keeper);
  void store.transaction(look);
  return () => {
    stopped = true;
    cancel?.();
    if (timekeepers.get(store) === keeper) timekeepers.delete(store);
  };
}

function nextMoment(store: Store): string | undefined {
  for (const [key] of dues(store).list()) return key.slice(0, key.indexOf("/"));
  return undefined;
}

function report(fault: unknown): void {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  process.stderr.write(`marketplace: keeping the time of agreements failed: ${text}\n`);
}
