import { AwsError } from "../service";

/** What list operations take and answer besides their items. */
export interface PageRequest {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

export interface PageEnd {
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** A page of items that are in the order of their keys; the marker is the key of the last one, so that items may come and go meanwhile. */
export function page<T>(
  items: Iterable<T>,
  { Marker, MaxItems = 100 }: PageRequest,
  keyOf: (item: T) => string,
): { readonly items: T[]; readonly end: PageEnd } {
  const after = Marker === undefined ? undefined : readMarker(Marker);
  const rest = [...items].filter((item) => after === undefined || keyOf(item) > after);
  const shown = rest.slice(0, MaxItems);
  const last = shown.at(-1);
  if (last === undefined || rest.length === shown.length) return { items: shown, end: { IsTruncated: false } };
  return { items: shown, end: { IsTruncated: true, Marker: writeMarker(keyOf(last)) } };
}

function writeMarker(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString("base64url");
}

function readMarker(marker: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(marker, "base64url").toString()) as { after?: unknown };
    if (typeof after === "string") return after;
  } catch {
    // Not one of ours: the same answer as for one that is.
  }
  throw new AwsError("ValidationError", `Invalid Marker: ${marker}`, { status: 400 });
}
