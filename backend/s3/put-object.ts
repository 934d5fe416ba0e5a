import type { PutObjectOutput, PutObjectRequest } from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { readObjectAcl } from "./acls";
import { bucketOf } from "./buckets";
import { verifiedChecksums } from "./checksums";
import { checkWriteConditions } from "./conditions";
import { readEncryption, encryptionAnswer } from "./encryption";
import { readObjectHeaders } from "./object-headers";
import { etagOf, findObject, keepBytes, putObjectRecord, type StoredObject } from "./objects";
import { readStorageClass } from "./storage-class";
import { readTagHeader } from "./tags";

/**
 * Stores an object, or puts it in the place of the one with that key. Checksums that the request claims are verified
 * first. Fails with PreconditionFailed for If-None-Match and If-Match.
 */
export function putObject(
  ctx: Context,
  input: Omit<PutObjectRequest, "Body"> & { Body?: Uint8Array },
): PutObjectOutput {
  const bucket = bucketOf(ctx, input);
  const body = input.Body ?? new Uint8Array();
  const key = input.Key ?? "";
  if (input.WriteOffsetBytes !== undefined) {
    throw new AwsError("NotImplemented", "Appending to objects works in directory buckets only", { status: 501 });
  }
  checkWriteConditions(findObject(ctx.market, bucket.name, key), input);
  const object: StoredObject = {
    bucket: bucket.name,
    key,
    owner: bucket.ownership === "ObjectWriter" ? ctx.caller.accountId : bucket.owner,
    size: body.byteLength,
    etag: etagOf(body),
    modified: ctx.market.clock.now().toISOString(),
    pieces: [],
    headers: readObjectHeaders(input),
    checksums: verifiedChecksums(input, body),
    checksumType: "FULL_OBJECT",
    acl: readObjectAcl(bucket, input),
    tags: readTagHeader(input.Tagging),
    storageClass: readStorageClass(input.StorageClass),
    encryption: readEncryption(ctx, input),
  };
  putObjectRecord(ctx.market, { ...object, pieces: [keepBytes(ctx.market, body)] });
  return { ETag: object.etag, ...object.checksums, ChecksumType: object.checksumType, ...encryptionAnswer(object) };
}
