import type { GetObjectOutput, GetObjectRequest, HeadObjectOutput, HeadObjectRequest } from "@aws-sdk/client-s3";
import { AwsError, type Context, type Market } from "../service";
import { isReadByAll, readableObject } from "./access";
import { bucketAnywhere } from "./buckets";
import { checkReadConditions } from "./conditions";
import { encryptionAnswer } from "./encryption";
import { headerAnswer } from "./object-headers";
import { bytesOf, findObject, type StoredObject } from "./objects";
import { readRange, type ByteRange } from "./ranges";

/** An object's answer, its body being bytes: the server writes them out. */
type GetObjectReply = Omit<GetObjectOutput, "Body"> & { readonly Body: Uint8Array };

/** An object, or a range or part of it, with its headers. Checksums are told when asked for and whole. */
export function getObject(ctx: Context, input: GetObjectRequest): GetObjectReply {
  const object = readableObject(ctx, input);
  const { range, answer } = describe(object, input);
  return { ...answer, ...overrides(input), Body: bytesOf(ctx.market, object, range?.start, range?.end) };
}

/** What GetObject would say of the object, without its bytes. */
export function headObject(ctx: Context, input: HeadObjectRequest): HeadObjectOutput {
  return { ...describe(readableObject(ctx, input), input).answer, ...overrides(input) };
}

/** An object for whoever asks without signing, as browsers do; undefined where not everybody may read it. */
export function getPublicObject(market: Market, input: GetObjectRequest): GetObjectReply | undefined {
  const object = openObject(market, input);
  if (!object) return undefined;
  const { range, answer } = describe(object, input);
  return { ...answer, Body: bytesOf(market, object, range?.start, range?.end) };
}

/** What getPublicObject would say of the object, without its bytes. */
export function headPublicObject(market: Market, input: HeadObjectRequest): HeadObjectOutput | undefined {
  const object = openObject(market, input);
  return object && describe(object, input).answer;
}

/** Overrides of headers are for signed requests alone: GetObject, API reference, "Overriding response header values". */
function openObject(market: Market, input: GetObjectRequest): StoredObject | undefined {
  const bucket = bucketAnywhere({ market }, input);
  const object = findObject(market, bucket.name, input.Key ?? "");
  if (!object || !isReadByAll(bucket, object)) return undefined;
  if (Object.keys(overrides(input)).length === 0) return object;
  throw new AwsError("InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests.", {
    status: 400,
  });
}

function describe(object: StoredObject, input: GetObjectRequest & HeadObjectRequest) {
  checkReadConditions(object, input);
  const range =
    input.PartNumber === undefined ? readRange(input.Range, object.size) : partRange(object, input.PartNumber);
  const answer: HeadObjectOutput = {
    AcceptRanges: "bytes",
    LastModified: new Date(object.modified),
    ContentLength: range ? range.end - range.start : object.size,
    ContentRange: range && `bytes ${range.start}-${range.end - 1}/${object.size}`,
    ETag: object.etag,
    ...(input.ChecksumMode === "ENABLED" && !range ? { ...object.checksums, ChecksumType: object.checksumType } : {}),
    ...headerAnswer(object.headers),
    ...encryptionAnswer(object),
    StorageClass: object.storageClass === "STANDARD" ? undefined : object.storageClass,
    TagCount: Object.keys(object.tags).length || undefined,
    PartsCount: input.PartNumber !== undefined && isMultipart(object) ? object.pieces.length : undefined,
  };
  return { range, answer };
}

const isMultipart = (object: StoredObject): boolean => object.etag.includes("-");

function partRange(object: StoredObject, part: number): ByteRange | undefined {
  const piece = object.pieces[part - 1];
  if (!piece) {
    throw new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", { status: 416 });
  }
  if (!isMultipart(object)) return undefined;
  const start = object.pieces.slice(0, part - 1).reduce((sum, each) => sum + each.size, 0);
  return { start, end: start + piece.size };
}

/** Headers that the request wants in place of the stored ones: for links that download under a name, say. */
function overrides(input: GetObjectRequest) {
  const expires = input.ResponseExpires;
  const wanted = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: expires,
    ExpiresString: expires?.toUTCString(),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
