import { randomBytes } from "node:crypto";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
const HEXADECIMAL = "0123456789abcdef";

/** `prod-4ct6fqn7k2mzs`: what AWS puts after an entity's prefix; images get EC2's own form, `ami-` and 17 hex digits. */
export function newEntityId(prefix: string): string {
  if (prefix === "ami") return `ami-${pick(HEXADECIMAL, 17)}`;
  return `${prefix}-${pick(LETTERS_AND_DIGITS, 13)}`;
}

/** About 25 lower-case letters and digits, as in AWS's published examples. */
export function newChangeSetId(): string {
  return pick(LETTERS_AND_DIGITS, 25);
}

function pick(alphabet: string, length: number): string {
  let id = "";
  while (id.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Bytes past the last whole multiple would favour the alphabet's beginning.
      if (byte < 256 - (256 % alphabet.length) && id.length < length) id += alphabet[byte % alphabet.length];
    }
  }
  return id;
}
