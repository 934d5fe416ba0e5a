import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../service";
import { crc32c, crc64nvme } from "./crc";

/** The algorithms that this marketplace can compute, with the member of requests and answers that carries each. */
const algorithms = {
  CRC32: { member: "ChecksumCRC32", bytes: 4, of: (body: Uint8Array) => word(crc32(body)) },
  CRC32C: { member: "ChecksumCRC32C", bytes: 4, of: (body: Uint8Array) => word(crc32c(body)) },
  CRC64NVME: { member: "ChecksumCRC64NVME", bytes: 8, of: (body: Uint8Array) => longWord(crc64nvme(body)) },
  SHA1: { member: "ChecksumSHA1", bytes: 20, of: (body: Uint8Array) => createHash("sha1").update(body).digest() },
  SHA256: { member: "ChecksumSHA256", bytes: 32, of: (body: Uint8Array) => createHash("sha256").update(body).digest() },
  SHA512: { member: "ChecksumSHA512", bytes: 64, of: (body: Uint8Array) => createHash("sha512").update(body).digest() },
  MD5: { member: "ChecksumMD5", bytes: 16, of: (body: Uint8Array) => createHash("md5").update(body).digest() },
} as const;

export type Algorithm = keyof typeof algorithms;
type ChecksumMember = (typeof algorithms)[Algorithm]["member"];

/** Checksums as members of requests and answers: base64, or for a composite one base64, a dash and the number of parts. */
export type Checksums = { readonly [member in ChecksumMember]?: string | undefined };

export const algorithmNames = Object.keys(algorithms) as Algorithm[];

export function isAlgorithm(name: string | undefined): name is Algorithm {
  return name !== undefined && Object.hasOwn(algorithms, name);
}

/** The checksum of bytes, as the member that carries it. */
export function checksumOf(algorithm: Algorithm, body: Uint8Array): Checksums {
  const { member, of } = algorithms[algorithm];
  return { [member]: of(body).toString("base64") };
}

/** The value for an algorithm among checksums. */
export function checksumIn(checksums: Checksums, algorithm: Algorithm): string | undefined {
  return checksums[algorithms[algorithm].member];
}

interface Claims extends Checksums {
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

/**
 * Holds the body against every checksum that the request claims, and returns the one to keep: what was claimed, else of
 * the algorithm asked for, else CRC64NVME as S3 does by itself. Fails with BadDigest, or InvalidDigest and
 * InvalidRequest for claims that are no checksums.
 */
export function verifiedChecksums(claims: Claims, body: Uint8Array, usual?: Algorithm): Checksums {
  verifyMd5(claims.ContentMD5, body);
  const claimed = algorithmNames.filter((name) => checksumIn(claims, name) !== undefined);
  if (claimed.length > 1) {
    throw invalid("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }
  const asked = isAlgorithm(claims.ChecksumAlgorithm) ? claims.ChecksumAlgorithm : undefined;
  const algorithm = claimed[0] ?? asked ?? usual ?? "CRC64NVME";
  const actual = checksumOf(algorithm, body);
  const claim = checksumIn(claims, algorithm);
  if (claim !== undefined && claim !== checksumIn(actual, algorithm)) throw badChecksum(algorithm, claim);
  return actual;
}

function badChecksum(algorithm: Algorithm, claim: string): AwsError {
  const { bytes } = algorithms[algorithm];
  if (!isBase64(claim, bytes)) return invalid(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  return new AwsError("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`, {
    status: 400,
  });
}

function verifyMd5(claim: string | undefined, body: Uint8Array): void {
  if (claim === undefined) return;
  if (!isBase64(claim, 16)) {
    throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", {
      status: 400,
      members: { "Content-MD5": claim },
    });
  }
  const actual = createHash("md5").update(body).digest("base64");
  if (claim === actual) return;
  throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", {
    status: 400,
    members: { ExpectedDigest: claim, CalculatedDigest: actual },
  });
}

function isBase64(text: string, bytes: number): boolean {
  const read = Buffer.from(text, "base64");
  return read.length === bytes && read.toString("base64") === text;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidRequest", message, { status: 400 });
}

/** The checksum of a multipart object by the checksums of its parts: base64, a dash and their number. */
export function compositeChecksum(algorithm: Algorithm, parts: readonly Checksums[]): Checksums {
  const joined = Buffer.concat(parts.map((part) => Buffer.from(checksumIn(part, algorithm) ?? "", "base64")));
  const { member, of } = algorithms[algorithm];
  return { [member]: `${of(joined).toString("base64")}-${parts.length}` };
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function longWord(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}
