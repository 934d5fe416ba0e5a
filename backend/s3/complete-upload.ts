import { createHash } from "node:crypto";
import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest, CompletedPart } from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { algorithmNames, checksumIn, checksumOf, compositeChecksum, type Checksums } from "./checksums";
import { checkWriteConditions } from "./conditions";
import { encryptionAnswer } from "./encryption";
import { bytesOf, findObject, putObjectRecord, type StoredObject } from "./objects";
import { endUpload, partsOf, uploadOf, type Part, type Upload } from "./uploads";

/** Parts but the last are at least this long: S3 user guide, "Multipart upload limits". */
const leastPartSize = 5 * 1024 * 1024;

/**
 * Makes the object of the parts that the request lists, in ascending order, and ends the upload. Parts that are not
 * listed are thrown away. Fails with InvalidPart, InvalidPartOrder, EntityTooSmall, or BadDigest for a wrong checksum.
 */
export function completeMultipartUpload(
  ctx: Context,
  input: CompleteMultipartUploadRequest,
): CompleteMultipartUploadOutput {
  const { upload, bucket } = uploadOf(ctx, input);
  checkWriteConditions(findObject(ctx.market, bucket.name, upload.key), input);
  const parts = chosenParts(partsOf(ctx.market, upload), input.MultipartUpload?.Parts ?? [], upload);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== size) {
    throw new AwsError(
      "InvalidRequest",
      "The provided 'x-amz-mp-object-size' header does not match what was computed.",
      {
        status: 400,
      },
    );
  }
  const object: StoredObject = {
    bucket: bucket.name,
    key: upload.key,
    owner: upload.owner,
    size,
    etag: multipartEtag(parts),
    modified: ctx.market.clock.now().toISOString(),
    pieces: parts.map(({ blob, size: length }) => ({ blob, size: length })),
    headers: upload.headers,
    checksums: {},
    checksumType: upload.checksumType,
    acl: upload.acl,
    tags: upload.tags,
    storageClass: upload.storageClass,
    encryption: upload.encryption,
  };
  const checksums = wholeChecksums(upload, parts, () => bytesOf(ctx.market, object));
  verifyWhole(input, checksums);
  endUpload(ctx.market, upload, new Set(parts.map((part) => part.blob)));
  putObjectRecord(ctx.market, { ...object, checksums });
  return {
    Location: `${ctx.market.endpoint}/${bucket.name}/${encodeURIComponent(upload.key)}`,
    Bucket: bucket.name,
    Key: upload.key,
    ETag: object.etag,
    ...checksums,
    ChecksumType: object.checksumType,
    ...encryptionAnswer(object),
  };
}

function chosenParts(stored: readonly Part[], asked: readonly CompletedPart[], upload: Upload): Part[] {
  if (asked.length === 0) {
    throw new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      { status: 400 },
    );
  }
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const chosen = asked.map((wanted, i) => {
    if (i > 0 && (wanted.PartNumber ?? 0) <= (asked[i - 1]?.PartNumber ?? 0)) {
      throw new AwsError(
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
        { status: 400, members: { UploadId: upload.id } },
      );
    }
    const part = byNumber.get(wanted.PartNumber ?? 0);
    if (part && isSame(part, wanted)) return part;
    throw new AwsError(
      "InvalidPart",
      "One or more of the specified parts could not be found. The part may not have been uploaded, " +
        "or the specified entity tag may not match the part's entity tag.",
      { status: 400, members: { UploadId: upload.id, PartNumber: wanted.PartNumber, ETag: wanted.ETag } },
    );
  });
  const small = chosen.slice(0, -1).find((part) => part.size < leastPartSize);
  if (!small) return chosen;
  throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
    status: 400,
    members: { ETag: small.etag, MinSizeAllowed: leastPartSize, ProposedSize: small.size, PartNumber: small.number },
  });
}

function isSame(part: Part, wanted: CompletedPart): boolean {
  if (wanted.ETag?.replaceAll('"', "") !== part.etag.replaceAll('"', "")) return false;
  return algorithmNames.every((algorithm) => {
    const claim = checksumIn(wanted, algorithm);
    return claim === undefined || claim === checksumIn(part.checksums, algorithm);
  });
}

/** The MD5 of the parts' MD5s and their number: what S3 gives an object that came in parts. */
function multipartEtag(parts: readonly Part[]): string {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag.replaceAll('"', ""), "hex")));
  return `"${createHash("md5").update(digests).digest("hex")}-${parts.length}"`;
}

function wholeChecksums(upload: Upload, parts: readonly Part[], bytes: () => Uint8Array): Checksums {
  if (!upload.algorithm) return checksumOf("CRC64NVME", bytes());
  if (upload.checksumType === "FULL_OBJECT") return checksumOf(upload.algorithm, bytes());
  return compositeChecksum(
    upload.algorithm,
    parts.map((part) => part.checksums),
  );
}

/** A claim about the whole may come with or without the number of parts. */
function verifyWhole(claims: Checksums, actual: Checksums): void {
  for (const algorithm of algorithmNames) {
    const claim = checksumIn(claims, algorithm);
    const computed = checksumIn(actual, algorithm);
    if (claim === undefined || claim === computed || claim === computed?.split("-")[0]) continue;
    throw new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`, {
      status: 400,
    });
  }
}
