import { randomBytes } from "node:crypto";

/** Kinds of unique ids: IAM User Guide, "IAM identifiers". */
type Prefix = "AIDA" | "AGPA" | "AROA" | "ANPA" | "AIPA";

/** `AIDA` and 17 capitals and digits. */
export function newUniqueId(prefix: Prefix): string {
  return prefix + capitals(17);
}

/** `AKIA` for a key that lasts, `ASIA` for one of a session, and 16 capitals and digits. */
export function newAccessKeyId(prefix: "AKIA" | "ASIA"): string {
  return prefix + capitals(16);
}

/** 40 characters. */
export function newSecretAccessKey(): string {
  return randomBytes(30).toString("base64");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function capitals(count: number): string {
  return Array.from(randomBytes(count), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
