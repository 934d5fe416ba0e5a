import type { ChecksumType, ObjectCannedACL, StorageClass } from "@aws-sdk/client-s3";
import { AwsError, type Context, type Market } from "../service";
import { bucketOf, type Bucket } from "./buckets";
import type { Algorithm, Checksums } from "./checksums";
import type { ObjectHeaders, Piece, StoredObject } from "./objects";

/** A multipart upload that is going on. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly started: string;
  /** ARN of who began it. */
  readonly initiator: string;
  readonly owner: string;
  readonly headers: ObjectHeaders;
  readonly acl: ObjectCannedACL;
  readonly tags: Readonly<Record<string, string>>;
  readonly storageClass: StorageClass;
  readonly encryption: StoredObject["encryption"];
  readonly algorithm?: Algorithm;
  readonly checksumType: ChecksumType;
}

/** A part of an upload, from 1 to 10000. */
export interface Part extends Piece {
  readonly number: number;
  readonly etag: string;
  readonly modified: string;
  readonly checksums: Checksums;
}

export const uploads = (market: Market) => market.store.table<Upload>("s3-uploads");
const parts = (market: Market) => market.store.table<Part>("s3-upload-parts");

const uploadKey = (bucket: string, id: string): string => `${bucket}/${id}`;
const partKey = (uploadId: string, number: number): string => `${uploadId}/${String(number).padStart(5, "0")}`;

interface UploadRequest {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The upload of a request and its bucket. Fails with NoSuchUpload for another key's or one that has ended. */
export function uploadOf(ctx: Context, input: UploadRequest): { upload: Upload; bucket: Bucket } {
  const bucket = bucketOf(ctx, input);
  const upload = uploads(ctx.market).get(uploadKey(bucket.name, input.UploadId ?? ""));
  if (upload && upload.key === input.Key) return { upload, bucket };
  throw new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    { status: 404, members: { UploadId: input.UploadId } },
  );
}

export function putUpload(market: Market, upload: Upload): void {
  uploads(market).put(uploadKey(upload.bucket, upload.id), upload);
}

/** The parts of an upload by number. */
export function partsOf(market: Market, upload: Upload): Part[] {
  return [...parts(market).list(`${upload.id}/`)].map(([, part]) => part);
}

/** Keeps a part; bytes of one with its number are let go. */
export function putPart(market: Market, upload: Upload, part: Part): void {
  const before = parts(market).get(partKey(upload.id, part.number));
  if (before) market.store.blobs.delete(before.blob);
  parts(market).put(partKey(upload.id, part.number), part);
}

/** Ends an upload; bytes of its parts go, but for the blobs in `kept`. */
export function endUpload(market: Market, upload: Upload, kept: ReadonlySet<string> = new Set()): void {
  for (const part of partsOf(market, upload)) {
    if (!kept.has(part.blob)) market.store.blobs.delete(part.blob);
    parts(market).delete(partKey(upload.id, part.number));
  }
  uploads(market).delete(uploadKey(upload.bucket, upload.id));
}

/** Uploads of a bucket by key, then by beginning. */
export function uploadsOf(market: Market, bucket: string): Upload[] {
  return [...uploads(market).list(`${bucket}/`)]
    .map(([, upload]) => upload)
    .toSorted((a, b) => compare(a.key, b.key) || compare(a.started, b.started) || compare(a.id, b.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Ends every upload of a bucket that goes. */
export function dropUploads(market: Market, bucket: string): void {
  for (const upload of uploadsOf(market, bucket)) endUpload(market, upload);
}
