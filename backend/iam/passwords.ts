import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

import { AwsError } from "../service";

/** A password that can be checked and not be read. */
export interface SealedPassword {
  readonly salt: string;
  readonly hash: string;
}

const HASH_BYTES = 32;

export function sealPassword(password: string): SealedPassword {
  const salt = randomBytes(16).toString("base64");
  return { salt, hash: hashOf(password, salt).toString("base64") };
}

export function isPassword({ salt, hash }: SealedPassword, password: string): boolean {
  return timingSafeEqual(hashOf(password, salt), Buffer.from(hash, "base64"));
}

/** Eight characters, of three kinds: IAM User Guide, "Default password policy". */
export function checkPassword(password: string): string {
  const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(password)).length;
  if (password.length >= 8 && password.length <= 128 && kinds >= 3) return password;
  throw new AwsError(
    "PasswordPolicyViolation",
    "Password does not conform to the account password policy. It needs 8 to 128 characters, and of capitals, small " +
      "letters, digits and symbols three kinds.",
    { status: 400 },
  );
}

function hashOf(password: string, salt: string): Buffer {
  return scryptSync(password, Buffer.from(salt, "base64"), HASH_BYTES);
}
