import type { DocumentFacts } from "../../marketplace/changes/change-type";
import { isReadByAll } from "../s3/access";
import { buckets } from "../s3/buckets";
import { bytesOf, findObject } from "../s3/objects";
import type { Market } from "../service";
import { s3Address } from "../wire/s3-address";

/** Nobody's agreement is longer; what comes after it is not looked at. */
const MOST_BYTES = 8 * 1024 * 1024;

/** What is known of a document by its address: something where that is in a bucket of this marketplace, else nothing. */
export function documentFacts(market: Market, address: string): DocumentFacts | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  if (!hostname.endsWith(".amazonaws.com") || !isWellEncoded(pathname)) return undefined;
  const { routePath, labels } = s3Address(hostname, pathname);
  const bucket = buckets(market).get(labels["Bucket"] ?? "");
  if (bucket === undefined) return undefined;
  const key = decodeURIComponent(routePath.slice(1));
  const object = findObject(market, bucket.name, key);
  if (object === undefined)
    return { found: false, reason: `bucket ${bucket.name} has no object ${JSON.stringify(key)}` };
  if (!isReadByAll(bucket, object)) {
    return {
      found: false,
      reason: `the object ${JSON.stringify(key)} of bucket ${bucket.name} is not open to everybody`,
    };
  }
  const text = Buffer.from(bytesOf(market, object, 0, Math.min(object.size, MOST_BYTES))).toString("latin1");
  return { found: true, isPdf: text.startsWith("%PDF-"), needsPassword: text.includes("/Encrypt") };
}

/** `%7E` stands for a character, `%zz` for none. */
function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
