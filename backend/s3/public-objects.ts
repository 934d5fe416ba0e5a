import type { Market } from "../service";
import { isReadByAll } from "./access";
import { buckets } from "./buckets";
import { headerAnswer } from "./object-headers";
import { bytesOf, findObject } from "./objects";

/** What a browser gets that asks for an object without signing. */
export interface PublicObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag: string;
  readonly modified: Date;
}

/**
 * The object if anybody may read it, through the bucket's policy or its ACL: how the marketplace itself fetches a logo
 * or an EULA. Undefined for what is private or not there.
 */
export function publicObject(market: Market, bucketName: string, key: string): PublicObject | undefined {
  const bucket = buckets(market).get(bucketName);
  const object = findObject(market, bucketName, key);
  if (!bucket || !object || !isReadByAll(bucket, object)) return undefined;
  return {
    bytes: bytesOf(market, object),
    contentType: headerAnswer(object.headers).ContentType ?? "binary/octet-stream",
    etag: object.etag,
    modified: new Date(object.modified),
  };
}
