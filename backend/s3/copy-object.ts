import type { CopyObjectOutput, CopyObjectRequest } from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { readableObject } from "./access";
import { readObjectAcl } from "./acls";
import { bucketOf } from "./buckets";
import { checksumOf, isAlgorithm } from "./checksums";
import { checkCopyConditions, checkWriteConditions } from "./conditions";
import { encryptionAnswer, readEncryption } from "./encryption";
import { readObjectHeaders } from "./object-headers";
import { bytesOf, etagOf, findObject, keepBytes, putObjectRecord, type StoredObject } from "./objects";
import { readStorageClass } from "./storage-class";
import { readTagHeader } from "./tags";

/**
 * Copies an object that the caller may read. Headers and tags come along unless their directive is REPLACE. Copying an
 * object onto itself must change something: InvalidRequest.
 */
export function copyObject(ctx: Context, input: CopyObjectRequest): CopyObjectOutput {
  const bucket = bucketOf(ctx, input);
  const key = input.Key ?? "";
  const source = copySource(ctx, input);
  checkWriteConditions(findObject(ctx.market, bucket.name, key), input);
  refuseNoChange(source, bucket.name, key, input);
  const bytes = bytesOf(ctx.market, source);
  const algorithm = isAlgorithm(input.ChecksumAlgorithm) ? input.ChecksumAlgorithm : undefined;
  const keeps = !algorithm && source.checksumType === "FULL_OBJECT";
  const copy: StoredObject = {
    ...source,
    bucket: bucket.name,
    key,
    owner: bucket.ownership === "ObjectWriter" ? ctx.caller.accountId : bucket.owner,
    etag: etagOf(bytes),
    modified: ctx.market.clock.now().toISOString(),
    pieces: [keepBytes(ctx.market, bytes)],
    headers: input.MetadataDirective === "REPLACE" ? readObjectHeaders(input) : source.headers,
    checksums: keeps ? source.checksums : checksumOf(algorithm ?? "CRC64NVME", bytes),
    checksumType: "FULL_OBJECT",
    acl: readObjectAcl(bucket, input),
    tags: input.TaggingDirective === "REPLACE" ? readTagHeader(input.Tagging) : source.tags,
    storageClass: readStorageClass(input.StorageClass),
    encryption: readEncryption(ctx, input),
  };
  putObjectRecord(ctx.market, copy);
  return {
    CopyObjectResult: {
      ETag: copy.etag,
      LastModified: new Date(copy.modified),
      ...copy.checksums,
      ChecksumType: copy.checksumType,
    },
    ...encryptionAnswer(copy),
  };
}

interface SourceInput {
  readonly CopySource?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** The object that `x-amz-copy-source` names: `bucket/key`, URL-encoded, with `?versionId=` if need be. */
export function copySource(ctx: Context, input: SourceInput): StoredObject {
  const [path = "", query] = (input.CopySource ?? "").split("?versionId=");
  const [bucket = "", ...rest] = decode(path).replace(/^\//, "").split("/");
  if (bucket === "" || rest.join("/") === "") throw badSource();
  const source = readableObject(ctx, {
    Bucket: bucket,
    Key: rest.join("/"),
    VersionId: query,
    ExpectedBucketOwner: input.ExpectedSourceBucketOwner,
  });
  checkCopyConditions(source, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  return source;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badSource();
  }
}

function badSource(): AwsError {
  return new AwsError("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", {
    status: 400,
    members: { ArgumentName: "x-amz-copy-source" },
  });
}

function refuseNoChange(source: StoredObject, bucket: string, key: string, input: CopyObjectRequest): void {
  const changes =
    input.MetadataDirective === "REPLACE" ||
    (input.StorageClass ?? source.storageClass) !== source.storageClass ||
    input.WebsiteRedirectLocation !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.ChecksumAlgorithm !== undefined;
  if (source.bucket !== bucket || source.key !== key || changes) return;
  throw new AwsError(
    "InvalidRequest",
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's " +
      "metadata, storage class, website redirect location or encryption attributes.",
    { status: 400 },
  );
}
