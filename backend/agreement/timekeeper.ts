import type { Market } from "../service";
import type { Store, Table } from "../storage/store";
import { Watch } from "../watch";

/** Something that is going to happen to an agreement, or to a request under one, by the clock alone. */
export interface Due {
  readonly event: "end" | "month" | "usage" | "payment-check" | "payment-expiry" | "cancellation-expiry" | "adjustment";
  readonly id: string;
}

type Happen = (market: Market, due: Due, at: string) => void;

const dues = (store: Store): Table<Due> => store.table("agreement.due");

const timekeeper = new Watch("keeping the time of agreements", nextMoment);

/** Puts something on the calendar. Within a transaction; should that fail, it was never there. */
export function putOnCalendar({ store }: Pick<Market, "store">, at: string, due: Due): void {
  dues(store).put(`${at}/${due.event}/${due.id}`, due);
  timekeeper.look(store);
}

/** Lets what is on the calendar happen when its time comes. Returns how to end that. */
export function keepTime(market: Market, happen: Happen): () => void {
  const { store, clock } = market;
  return timekeeper.start(market, () => {
    const now = clock.now().toISOString();
    // One moment after the other: what happens may put something between now and what came next.
    for (let moment = nextMoment(store); moment !== undefined && moment <= now; moment = nextMoment(store)) {
      for (const [key, due] of dues(store).list(`${moment}/`)) {
        dues(store).delete(key);
        happen(market, due, moment);
      }
    }
  });
}

function nextMoment(store: Store): string | undefined {
  for (const [key] of dues(store).list()) return key.slice(0, key.indexOf("/"));
  return undefined;
}
