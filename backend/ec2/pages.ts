import { AwsError } from "../service";

/** One page of a listing, with the token that continues it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextToken?: string;
}

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * Cuts a page from items in the order of their keys. A token names the last key shown, so that things which come and go
 * between two pages neither repeat nor hide others. Fails with InvalidParameterValue for MaxResults outside the limits
 * and for a token that is not one of ours.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  request: PageRequest,
  limits: { readonly least: number; readonly most: number; readonly usual: number },
): Page<Item> {
  const size = pageSize(request.MaxResults, limits);
  const after = request.NextToken === undefined ? undefined : readToken(request.NextToken);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return rest.length > page.length && last !== undefined
    ? { items: page, nextToken: writeToken(keyOf(last)) }
    : { items: page };
}

function pageSize(asked: number | undefined, limits: { least: number; most: number; usual: number }): number {
  if (asked === undefined) return limits.usual;
  if (asked >= limits.least && asked <= limits.most) return asked;
  throw new AwsError(
    "InvalidParameterValue",
    `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value between ${limits.least} and ${limits.most}.`,
  );
}

const mark = "after:";

function writeToken(key: string): string {
  return Buffer.from(mark + key).toString("base64url");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (text.startsWith(mark)) return text.slice(mark.length);
  throw new AwsError("InvalidParameterValue", "Unable to parse pagination token");
}
