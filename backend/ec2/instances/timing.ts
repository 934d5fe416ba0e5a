import type { Market } from "../../service";
import type { InstanceState } from "./state";

/** Seconds that the real service takes, about, until an instance is in a state. */
const seconds: Readonly<Partial<Record<InstanceState, number>>> = { running: 15, stopped: 40, terminated: 30 };

/** When an instance that sets out now will be in the state: at once, where the market takes no time. */
export function whenDone(market: Market, state: InstanceState): Date {
  const wait = market.latency === "none" ? 0 : (seconds[state] ?? 0) * 1000;
  return new Date(market.clock.now().getTime() + wait);
}
