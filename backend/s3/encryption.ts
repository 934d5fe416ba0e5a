import type { ServerSideEncryption } from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import type { StoredObject } from "./objects";

interface EncryptionInput {
  readonly ServerSideEncryption?: ServerSideEncryption | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
}

/** How a new object is encrypted, as far as S3 tells: AES256 unless a KMS key is asked for. */
export function readEncryption(ctx: Context, input: EncryptionInput): StoredObject["encryption"] {
  if (input.SSECustomerAlgorithm !== undefined || input.SSECustomerKey !== undefined) {
    throw new AwsError("NotImplemented", "Encryption with customer-provided keys is not implemented", { status: 501 });
  }
  const method = input.ServerSideEncryption ?? "AES256";
  if (method !== "aws:kms" && method !== "aws:kms:dsse") return { method };
  const key = input.SSEKMSKeyId ?? `arn:aws:kms:${ctx.region}:${ctx.caller.accountId}:alias/aws/s3`;
  return { method, key };
}

/** The encryption of an object as members of an answer. */
export function encryptionAnswer({ encryption }: Pick<StoredObject, "encryption">) {
  return { ServerSideEncryption: encryption.method, SSEKMSKeyId: encryption.key };
}
