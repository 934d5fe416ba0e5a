import type {
  _Object,
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from "@aws-sdk/client-s3";
import type { Context, Market } from "../service";
import { canonicalId } from "./accounts";
import { bucketOf, type Bucket } from "./buckets";
import { algorithmNames, checksumIn } from "./checksums";
import { readLimit, readMark, writeMark } from "./marks";
import { byteOrdered, objects, type StoredObject } from "./objects";

/** Keys in the order of their UTF-8 bytes, up to 1000 a page; with a delimiter, what they have in common counts once. */
export function listObjectsV2(ctx: Context, input: ListObjectsV2Request): ListObjectsV2Output {
  const bucket = bucketOf(ctx, input);
  const limit = readLimit("maxKeys", input.MaxKeys);
  const after = input.ContinuationToken === undefined ? input.StartAfter : readMark(input.ContinuationToken);
  const page = pageOf(ctx.market, bucket, { ...input, after, limit });
  const name = nameWriter(input.EncodingType);
  return {
    Name: bucket.name,
    Prefix: name(input.Prefix ?? ""),
    Delimiter: input.Delimiter === undefined ? undefined : name(input.Delimiter),
    StartAfter: input.StartAfter === undefined ? undefined : name(input.StartAfter),
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: page.next === undefined ? undefined : writeMark(page.next),
    EncodingType: input.EncodingType,
    MaxKeys: limit,
    KeyCount: page.objects.length + page.prefixes.length,
    IsTruncated: page.next !== undefined,
    Contents: page.objects.map((object) => objectAnswer(object, name, input.FetchOwner ?? false)),
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: name(prefix) })),
  };
}

/** The older listing: it goes on from a key rather than a token, and names the next only where a delimiter is given. */
export function listObjects(ctx: Context, input: ListObjectsRequest): ListObjectsOutput {
  const bucket = bucketOf(ctx, input);
  const limit = readLimit("maxKeys", input.MaxKeys);
  const page = pageOf(ctx.market, bucket, { ...input, after: input.Marker, limit });
  const name = nameWriter(input.EncodingType);
  const next = input.Delimiter === undefined ? undefined : page.next;
  return {
    Name: bucket.name,
    Prefix: name(input.Prefix ?? ""),
    Marker: name(input.Marker ?? ""),
    NextMarker: next === undefined ? undefined : name(next),
    Delimiter: input.Delimiter === undefined ? undefined : name(input.Delimiter),
    EncodingType: input.EncodingType,
    MaxKeys: limit,
    IsTruncated: page.next !== undefined,
    Contents: page.objects.map((object) => objectAnswer(object, name, true)),
    CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: name(prefix) })),
  };
}

interface PageRequest {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  /** A key, or a common prefix that the page before ended with. */
  readonly after?: string | undefined;
  readonly limit: number;
}

interface Page {
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
  /** What the page ended with, where more follows. */
  readonly next?: string;
}

/** Compares names by their UTF-8 bytes: in the store they are written so that characters are bytes. */
function pageOf(market: Market, bucket: Bucket, asked: PageRequest): Page {
  const start = `${bucket.name}/`.length;
  const prefix = byteOrdered(asked.Prefix ?? "");
  const delimiter = byteOrdered(asked.Delimiter ?? "");
  const after = byteOrdered(asked.after ?? "");
  const found: StoredObject[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  if (asked.limit === 0) return { objects: [], prefixes: [] };
  for (const [recordKey, object] of objects(market).list(`${bucket.name}/${prefix}`)) {
    const name = recordKey.slice(start);
    const common = commonPrefix(name, prefix, delimiter);
    // A group is one entry: the first key in it brings it, the others and later pages pass over it.
    const wasShown = common !== undefined && (common === last || common === after);
    if (name <= after || wasShown) continue;
    if (found.length + prefixes.length === asked.limit && last !== undefined) {
      return { objects: found, prefixes, next: fromByteOrdered(last) };
    }
    if (common === undefined) found.push(object);
    else prefixes.push(fromByteOrdered(common));
    last = common ?? name;
  }
  return { objects: found, prefixes };
}

function commonPrefix(name: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const end = name.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : name.slice(0, end + delimiter.length);
}

function fromByteOrdered(name: string): string {
  return Buffer.from(name, "latin1").toString();
}

/** With encoding-type `url`, names are form-encoded but for slashes, so that any key fits into XML. */
function nameWriter(encoding: string | undefined): (name: string) => string {
  if (encoding !== "url") return (name) => name;
  return (name) =>
    encodeURIComponent(name)
      .replaceAll("%2F", "/")
      .replaceAll("%20", "+")
      .replaceAll(/[!'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function objectAnswer(object: StoredObject, name: (key: string) => string, withOwner: boolean): _Object {
  return {
    Key: name(object.key),
    LastModified: new Date(object.modified),
    ETag: object.etag,
    Size: object.size,
    StorageClass: object.storageClass as _Object["StorageClass"],
    ChecksumAlgorithm: algorithmNames.filter((algorithm) => checksumIn(object.checksums, algorithm) !== undefined),
    ChecksumType: object.checksumType,
    Owner: withOwner ? { ID: canonicalId(object.owner) } : undefined,
  };
}
