import { createHash } from "node:crypto";

/** The long id by which S3 speaks of an account: 64 hexadecimal digits, always the same. */
export function canonicalId(accountId: string): string {
  return createHash("sha256").update(`canonical user ${accountId}`).digest("hex");
}
