import { createHash } from "node:crypto";
import type { ChangeSetRequest } from "./change-set";

/** At most 100 characters of these: StartChangeSet, ChangeSetName, in the Catalog API reference. */
const unfitForName = /[^\w +=.:@-]+/g;

/**
 * `create Log Agent 3f9c0a1b2c3d4e5f`: a name to read, with a mark to find the same request again. What the changes say
 * does not count, so that a new listing is found even when its text was edited after a crash.
 */
export function nameOf(request: ChangeSetRequest): string {
  const mark = digest([request.purpose, ...request.identity]).slice(0, 16);
  const words = `${request.purpose} ${request.subject}`.replaceAll(unfitForName, " ").trim().slice(0, 80).trim();
  return `${words} ${mark}`;
}

/**
 * The ClientRequestToken: equal for equal requests, so that AWS answers a repeat with the first change set. `basis` is the
 * change set that came to nothing before this attempt, which would else be the answer for ever.
 */
export function tokenOf(request: ChangeSetRequest, basis: string): string {
  return digest([request.purpose, ...request.identity, JSON.stringify(request.changes), basis]);
}

/** 64 hexadecimal digits, as many characters as a token may have. */
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
