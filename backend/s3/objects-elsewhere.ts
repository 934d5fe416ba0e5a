import type { Market } from "../service";

/** Whether there is such an object, whoever owns it. */
export function objectExists(market: Market, bucket: string, key: string): boolean {
  return market.store.table("s3-objects").get(`${bucket}/${Buffer.from(key).toString("latin1")}`) !== undefined;
}
