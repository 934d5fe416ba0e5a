import { createHash, randomUUID } from "node:crypto";
import type { ObjectCannedACL, ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import { AwsError, type Market } from "../service";
import type { Checksums } from "./checksums";

/** Headers that S3 keeps with an object and gives back. */
export interface ObjectHeaders {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  /** RFC 3339. */
  readonly Expires?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata: Readonly<Record<string, string>>;
}

/** An object as it is kept; its bytes are blobs. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly owner: string;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  readonly modified: string;
  readonly pieces: readonly Piece[];
  readonly headers: ObjectHeaders;
  readonly checksums: Checksums;
  readonly checksumType: "FULL_OBJECT" | "COMPOSITE";
  readonly acl: ObjectCannedACL;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: StorageClass;
  readonly encryption: { readonly method: ServerSideEncryption; readonly key?: string | undefined };
}

/** A run of an object's bytes: the whole of it, or one part of a multipart upload. */
export interface Piece {
  readonly blob: string;
  readonly size: number;
}

export const objects = (market: Market) => market.store.table<StoredObject>("s3-objects");

/** A name as S3 sorts it, by its UTF-8 bytes: one character for each byte. The store sorts by character. */
export function byteOrdered(name: string): string {
  return Buffer.from(name).toString("latin1");
}

const recordKey = (bucket: string, key: string): string => `${bucket}/${byteOrdered(key)}`;

export function findObject(market: Market, bucket: string, key: string): StoredObject | undefined {
  return objects(market).get(recordKey(bucket, key));
}

/** The object, else NoSuchKey. */
export function objectOf(market: Market, bucket: string, key: string, versionId?: string): StoredObject {
  if (versionId !== undefined && versionId !== "null") {
    throw new AwsError("InvalidArgument", "Invalid version id specified", {
      status: 400,
      members: { ArgumentName: "versionId", ArgumentValue: versionId },
    });
  }
  const object = findObject(market, bucket, key);
  if (object) return object;
  throw new AwsError("NoSuchKey", "The specified key does not exist.", { status: 404, members: { Key: key } });
}

/** Keeps bytes, for an object or a part that then names them. */
export function keepBytes(market: Market, bytes: Uint8Array): Piece {
  const blob = `s3/${randomUUID()}`;
  market.store.blobs.put(blob, bytes);
  return { blob, size: bytes.byteLength };
}

/** Stores an object; bytes of the one that it replaces are let go. At most 1024 bytes of key. */
export function putObjectRecord(market: Market, object: StoredObject): void {
  if (Buffer.byteLength(object.key) > 1024) {
    throw new AwsError("KeyTooLongError", "Your key is too long", {
      status: 400,
      members: { MaxSizeAllowed: 1024, Size: Buffer.byteLength(object.key) },
    });
  }
  const kept = new Set(object.pieces.map((piece) => piece.blob));
  for (const piece of findObject(market, object.bucket, object.key)?.pieces ?? []) {
    if (!kept.has(piece.blob)) market.store.blobs.delete(piece.blob);
  }
  objects(market).put(recordKey(object.bucket, object.key), object);
}

export function deleteObjectRecord(market: Market, bucket: string, key: string): void {
  const object = findObject(market, bucket, key);
  if (!object) return;
  for (const piece of object.pieces) market.store.blobs.delete(piece.blob);
  objects(market).delete(recordKey(bucket, key));
}

/** Bytes of an object from `start` up to and without `end`; only the pieces that they lie in are read. */
export function bytesOf(market: Market, object: StoredObject, start = 0, end = object.size): Uint8Array {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const piece of object.pieces) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, piece.size);
    if (from < to) chunks.push((market.store.blobs.get(piece.blob) ?? new Uint8Array()).subarray(from, to));
    at += piece.size;
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** The entity tag of bytes: their MD5 in quotes. */
export function etagOf(bytes: Uint8Array): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
