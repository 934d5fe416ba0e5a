import { createHash } from "node:crypto";
import type { Wanted } from "./wanted";

/** What an instance is launched with and keeps. */
export type Kept = "image" | "subnetId" | "keyName" | "instanceProfile" | "userData";

const kept: readonly Kept[] = ["image", "subnetId", "keyName", "instanceProfile", "userData"];

/**
 * A launch's client token in three parts: whose it is, what is kept of what was asked, and which attempt. EC2 shows an
 * instance's token for as long as it lives, so the instance can be told again. At most 64 characters.
 */
export function launchToken(owner: string, wanted: Wanted, attempt: number): string {
  return [owner, marksOf(wanted).join(""), attempt.toString(36)].join("-");
}

/** The resource's part of its tokens. */
export function ownerOf(stack: string, name: string): string {
  return digest([stack, name], 24);
}

export function isOwnedBy(owner: string, token: string): boolean {
  return token.startsWith(`${owner}-`);
}

/** What the token's launch asked for otherwise. */
export function differing(token: string, wanted: Wanted): Kept[] {
  const marks = token.split("-")[1] ?? "";
  return marksOf(wanted).flatMap((mark, i) => {
    const property = kept[i];
    return property === undefined || marks.slice(i * mark.length, (i + 1) * mark.length) === mark ? [] : [property];
  });
}

function marksOf(wanted: Wanted): string[] {
  return kept.map((property) => digest(wanted[property] ?? null, 6));
}

function digest(value: unknown, digits: number): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, digits);
}
