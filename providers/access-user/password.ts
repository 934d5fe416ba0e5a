import { randomInt } from "node:crypto";

/** Without letters and digits that are easily taken for one another. */
const kinds = ["abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!@#$%^*()_+-=[]{}"] as const;
const length = 32;

/**
 * 32 characters with some of every kind that an account's password policy can ask for: IAM User Guide, "Set an account
 * password policy for IAM users".
 * @param pick a number from 0 up to the limit; hard to guess, unless a test says otherwise.
 */
export function newPassword(pick: (limit: number) => number = randomInt): string {
  const one = (letters: string) => letters.charAt(pick(letters.length));
  const drawn = [...kinds.map(one), ...Array.from({ length: length - kinds.length }, () => one(kinds.join("")))];
  for (let i = drawn.length - 1; i > 0; i -= 1) {
    const j = pick(i + 1);
    [drawn[i], drawn[j]] = [drawn[j] ?? "", drawn[i] ?? ""];
  }
  return drawn.join("");
}
