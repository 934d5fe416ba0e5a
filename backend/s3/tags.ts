import type {
  DeleteBucketTaggingRequest,
  DeleteObjectTaggingRequest,
  GetBucketTaggingOutput,
  GetBucketTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutBucketTaggingRequest,
  PutObjectTaggingRequest,
  Tag,
} from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { readableObject } from "./access";
import { buckets, ownBucket } from "./buckets";
import { putObjectRecord } from "./objects";

type Tags = Readonly<Record<string, string>>;

/** The `x-amz-tagging` header: `a=1&b=2`, URL-encoded, at most ten. */
export function readTagHeader(header: string | undefined): Tags {
  const tags = [...new URLSearchParams(header ?? "")].map(([Key, Value]) => ({ Key, Value }));
  return readTags(tags, 10, "Object tags cannot be greater than 10");
}

function readTags(tags: readonly Tag[], most: number, tooMany: string): Tags {
  if (tags.length > most) throw new AwsError("BadRequest", tooMany, { status: 400 });
  const read = new Map<string, string>();
  for (const { Key = "", Value = "" } of tags) {
    if (Key.length < 1 || Key.length > 128) throw invalidTag("The TagKey you have provided is invalid");
    if (Value.length > 256) throw invalidTag("The TagValue you have provided is invalid");
    if (Key.startsWith("aws:")) throw invalidTag("System tags cannot be added/updated by requester");
    if (read.has(Key)) throw invalidTag("Cannot provide multiple Tags with the same key");
    read.set(Key, Value);
  }
  return Object.fromEntries(read);
}

function invalidTag(message: string): AwsError {
  return new AwsError("InvalidTag", message, { status: 400 });
}

const tagSet = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export function putObjectTagging(ctx: Context, input: PutObjectTaggingRequest): object {
  const object = readableObject(ctx, input, "s3:PutObjectTagging");
  const tags = readTags(input.Tagging?.TagSet ?? [], 10, "Object tags cannot be greater than 10");
  putObjectRecord(ctx.market, { ...object, tags });
  return {};
}

export function getObjectTagging(ctx: Context, input: GetObjectTaggingRequest): GetObjectTaggingOutput {
  return { TagSet: tagSet(readableObject(ctx, input, "s3:GetObjectTagging").tags) };
}

export function deleteObjectTagging(ctx: Context, input: DeleteObjectTaggingRequest): object {
  const object = readableObject(ctx, input, "s3:DeleteObjectTagging");
  putObjectRecord(ctx.market, { ...object, tags: {} });
  return {};
}

export function putBucketTagging(ctx: Context, input: PutBucketTaggingRequest): object {
  const bucket = ownBucket(ctx, input);
  const tags = readTags(input.Tagging?.TagSet ?? [], 50, "Bucket tag count cannot be greater than 50");
  buckets(ctx.market).put(bucket.name, { ...bucket, tags });
  return {};
}

export function getBucketTagging(ctx: Context, input: GetBucketTaggingRequest): GetBucketTaggingOutput {
  const bucket = ownBucket(ctx, input);
  if (Object.keys(bucket.tags).length > 0) return { TagSet: tagSet(bucket.tags) };
  throw new AwsError("NoSuchTagSet", "The TagSet does not exist", {
    status: 404,
    members: { BucketName: bucket.name },
  });
}

export function deleteBucketTagging(ctx: Context, input: DeleteBucketTaggingRequest): object {
  const bucket = ownBucket(ctx, input);
  buckets(ctx.market).put(bucket.name, { ...bucket, tags: {} });
  return {};
}
