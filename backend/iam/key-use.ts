import type { Caller, Market } from "../service";
import type { Store, Table } from "../storage/store";

/** When a key last signed a request that was answered. */
export interface KeyUse {
  /** RFC 3339. */
  readonly date: string;
  /** As in the credential scope: `aws-marketplace`, `s3`. */
  readonly service: string;
  readonly region: string;
}

/** By access key id. */
export const keyUses = (store: Store): Table<KeyUse> => store.table("iam-access-key-uses");

/** AWS takes hours to show a use. A quarter of one here spares every single read a write to the disk. */
const NOTED_EVERY_MS = 15 * 60_000;

/** Remembers that a user's or root's key was used, to a quarter of an hour. */
export function noteKeyUse(market: Market, { accessKeyId }: Caller, service: string, region: string): void {
  if (accessKeyId?.startsWith("AKIA") !== true) return;
  const now = market.clock.now();
  const before = keyUses(market.store).get(accessKeyId);
  if (before !== undefined && Math.abs(now.getTime() - Date.parse(before.date)) < NOTED_EVERY_MS) return;
  keyUses(market.store).put(accessKeyId, { date: now.toISOString(), service, region });
}
