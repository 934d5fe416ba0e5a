import type { Market } from "../service";

/** When work that takes the real service so many seconds is done here; undefined when it is done at once. */
export function doneAt(market: Market, seconds: number): string | undefined {
  if (market.latency === "none") return undefined;
  return new Date(market.clock.now().getTime() + seconds * 1000).toISOString();
}

/** Whether the time has come; no time means that it has. */
export function isPast(market: Market, time: string | undefined): boolean {
  return time === undefined || Date.parse(time) <= market.clock.now().getTime();
}
