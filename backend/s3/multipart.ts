import { randomBytes } from "node:crypto";
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
  UploadPartCopyOutput,
  UploadPartCopyRequest,
  UploadPartOutput,
  UploadPartRequest,
} from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { canonicalId } from "./accounts";
import { readObjectAcl } from "./acls";
import { bucketOf } from "./buckets";
import { isAlgorithm, verifiedChecksums } from "./checksums";
import { copySource } from "./copy-object";
import { encryptionAnswer, readEncryption } from "./encryption";
import { readLimit } from "./marks";
import { readObjectHeaders } from "./object-headers";
import { bytesOf, etagOf, keepBytes } from "./objects";
import { readRange } from "./ranges";
import { readStorageClass } from "./storage-class";
import { readTagHeader } from "./tags";
import { endUpload, partsOf, putPart, putUpload, uploadOf, uploadsOf, type Part, type Upload } from "./uploads";

/** Begins an upload in parts; the object's headers, tags and ACL are set now. */
export function createMultipartUpload(ctx: Context, input: CreateMultipartUploadRequest): CreateMultipartUploadOutput {
  const bucket = bucketOf(ctx, input);
  const algorithm = isAlgorithm(input.ChecksumAlgorithm) ? input.ChecksumAlgorithm : undefined;
  const whole = algorithm === undefined || algorithm === "CRC64NVME";
  if (algorithm === "CRC64NVME" && input.ChecksumType === "COMPOSITE") {
    throw new AwsError(
      "InvalidRequest",
      "The COMPOSITE checksum type cannot be used with the CRC64NVME checksum algorithm.",
    );
  }
  const upload: Upload = {
    id: randomBytes(48).toString("base64url"),
    bucket: bucket.name,
    key: input.Key ?? "",
    started: ctx.market.clock.now().toISOString(),
    initiator: ctx.caller.arn,
    owner: bucket.ownership === "ObjectWriter" ? ctx.caller.accountId : bucket.owner,
    headers: readObjectHeaders(input),
    acl: readObjectAcl(bucket, input),
    tags: readTagHeader(input.Tagging),
    storageClass: readStorageClass(input.StorageClass),
    encryption: readEncryption(ctx, input),
    algorithm,
    checksumType: input.ChecksumType ?? (whole ? "FULL_OBJECT" : "COMPOSITE"),
  };
  putUpload(ctx.market, upload);
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    ChecksumAlgorithm: algorithm,
    ChecksumType: algorithm && upload.checksumType,
    ...encryptionAnswer(upload),
  };
}

/** Takes a part, in the place of one with the same number. Its checksums are verified. */
export function uploadPart(
  ctx: Context,
  input: Omit<UploadPartRequest, "Body"> & { readonly Body?: Uint8Array },
): UploadPartOutput {
  const { upload } = uploadOf(ctx, input);
  const body = input.Body ?? new Uint8Array();
  const part = keepPart(ctx, upload, input.PartNumber, body, input);
  return { ETag: part.etag, ...part.checksums, ...encryptionAnswer(upload) };
}

/** Takes a part from an object, or from a range of its bytes. */
export function uploadPartCopy(ctx: Context, input: UploadPartCopyRequest): UploadPartCopyOutput {
  const { upload } = uploadOf(ctx, input);
  const source = copySource(ctx, input);
  const range = readRange(input.CopySourceRange, source.size);
  const part = keepPart(ctx, upload, input.PartNumber, bytesOf(ctx.market, source, range?.start, range?.end), {});
  return {
    CopyPartResult: { ETag: part.etag, LastModified: new Date(part.modified), ...part.checksums },
    ...encryptionAnswer(upload),
  };
}

function keepPart(
  ctx: Context,
  upload: Upload,
  number: number | undefined,
  body: Uint8Array,
  claims: Parameters<typeof verifiedChecksums>[0],
): Part {
  if (number === undefined || number < 1 || number > 10_000) {
    throw new AwsError("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", {
      status: 400,
      members: { ArgumentName: "partNumber", ArgumentValue: number },
    });
  }
  const part: Part = {
    number,
    etag: etagOf(body),
    modified: ctx.market.clock.now().toISOString(),
    checksums: verifiedChecksums(claims, body, upload.algorithm),
    ...keepBytes(ctx.market, body),
  };
  putPart(ctx.market, upload, part);
  return part;
}

export function abortMultipartUpload(ctx: Context, input: AbortMultipartUploadRequest): object {
  const { upload } = uploadOf(ctx, input);
  endUpload(ctx.market, upload);
  return {};
}

/** The parts that an upload has so far, by number, up to 1000 a page. */
export function listParts(ctx: Context, input: ListPartsRequest): ListPartsOutput {
  const { upload } = uploadOf(ctx, input);
  const after = Number(input.PartNumberMarker ?? 0) || 0;
  const limit = readLimit("max-parts", input.MaxParts);
  const rest = partsOf(ctx.market, upload).filter((part) => part.number > after);
  const page = rest.slice(0, limit);
  return {
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
    MaxParts: limit,
    IsTruncated: limit > 0 && rest.length > page.length,
    Parts: page.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified),
      ETag: part.etag,
      Size: part.size,
      ...part.checksums,
    })),
    Initiator: { ID: upload.initiator },
    Owner: { ID: canonicalId(upload.owner) },
    StorageClass: upload.storageClass,
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.algorithm && upload.checksumType,
  };
}

/** Uploads that are going on in the bucket, by key, up to 1000 a page. */
export function listMultipartUploads(ctx: Context, input: ListMultipartUploadsRequest): ListMultipartUploadsOutput {
  const bucket = bucketOf(ctx, input);
  const limit = readLimit("max-uploads", input.MaxUploads);
  const all = uploadsOf(ctx.market, bucket.name).filter((upload) => upload.key.startsWith(input.Prefix ?? ""));
  const seen = all.findIndex((upload) => upload.key === input.KeyMarker && upload.id === input.UploadIdMarker);
  const rest = seen >= 0 ? all.slice(seen + 1) : all.filter((upload) => upload.key > (input.KeyMarker ?? ""));
  const page = rest.slice(0, limit);
  const truncated = limit > 0 && rest.length > page.length;
  return {
    Bucket: bucket.name,
    KeyMarker: input.KeyMarker ?? "",
    UploadIdMarker: input.UploadIdMarker ?? "",
    NextKeyMarker: truncated ? page.at(-1)?.key : undefined,
    NextUploadIdMarker: truncated ? page.at(-1)?.id : undefined,
    Prefix: input.Prefix,
    MaxUploads: limit,
    IsTruncated: truncated,
    Uploads: page.map((upload) => ({
      UploadId: upload.id,
      Key: upload.key,
      Initiated: new Date(upload.started),
      StorageClass: upload.storageClass,
      Owner: { ID: canonicalId(upload.owner) },
      Initiator: { ID: upload.initiator },
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.algorithm && upload.checksumType,
    })),
  };
}
