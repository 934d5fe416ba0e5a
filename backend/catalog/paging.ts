import { createHash } from "node:crypto";
import { canonical } from "./documents";
import { invalid } from "./refusals";

/** What a list is sorted by; an item without a value stands before all that have one. */
export type SortKey = string | number | undefined;

export interface Listed<T> {
  readonly item: T;
  readonly key: SortKey;
  /** Tells items with the same key apart. */
  readonly id: string;
}

export interface Paging {
  readonly order: "ASCENDING" | "DESCENDING";
  readonly size: number;
  readonly token: string | undefined;
  /** Everything that decides what is listed and how: a token works for the same query only. */
  readonly query: unknown;
}

/**
 * One page of the sorted list, and the token that continues after it. The token remembers the last item rather than a
 * number, so nothing is shown twice or left out because of what is added or removed in between.
 */
export function page<T>(listed: readonly Listed<T>[], paging: Paging): { items: T[]; token: string | undefined } {
  const direction = paging.order === "ASCENDING" ? 1 : -1;
  const query = createHash("sha256").update(canonical(paging.query)).digest("base64url").slice(0, 16);
  const sorted = listed.toSorted((a, b) => direction * compare(a, b));
  const last = paging.token === undefined ? undefined : readToken(paging.token, query);
  const from = last === undefined ? 0 : firstIndex(sorted, (entry) => direction * compare(entry, last) > 0);
  const entries = sorted.slice(from, from + paging.size);
  const end = entries.at(-1);
  const more = end !== undefined && from + entries.length < sorted.length;
  return { items: entries.map((entry) => entry.item), token: more ? writeToken(end, query) : undefined };
}

type Place = Pick<Listed<unknown>, "key" | "id">;

function compare(a: Place, b: Place): number {
  return compareValues(a.key, b.key) || compareValues(a.id, b.id);
}

function compareValues(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

/** In a list whose items turn from not holding to holding, the first that holds. */
function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  const index = items.findIndex(holds);
  return index < 0 ? items.length : index;
}

function writeToken(place: Place, query: string): string {
  return Buffer.from(JSON.stringify([query, place.id, place.key])).toString("base64url");
}

function readToken(token: string, query: string): Place {
  const parts = parseToken(token);
  if (parts?.[0] !== query) {
    throw invalid("The NextToken is not one that this request returned. Repeat the request without a NextToken.");
  }
  return { id: parts[1], key: parts[2] };
}

function parseToken(token: string): [query: string, id: string, key: SortKey] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (!Array.isArray(parts) || parts.length < 2) return undefined;
    const [query, id, key] = parts as unknown[];
    if (typeof query !== "string" || typeof id !== "string") return undefined;
    if (typeof key === "string" || typeof key === "number") return [query, id, key];
    return key === undefined || key === null ? [query, id, undefined] : undefined;
  } catch {
    return undefined;
  }
}
