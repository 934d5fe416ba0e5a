import type { Market } from "../service";
import { Watch } from "../watch";
import { eraseExpired, nextExpiration } from "./parameters";

const watch = new Watch("erasing expired deployment parameters", nextExpiration);

/** Sees to it that what was just put is erased on time. Within a transaction. */
export function expireOnTime({ store }: Pick<Market, "store">): void {
  watch.look(store);
}

/** Erases deployment parameters and their secrets once they expire. Returns how to end that. */
export function watchExpirations(market: Market): () => void {
  return watch.start(market, () => eraseExpired(market));
}
