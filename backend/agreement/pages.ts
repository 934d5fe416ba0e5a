import { page, type SortKey } from "../catalog/paging";
import { AwsError } from "../service";
import { wrong } from "./refusals";

interface Paged {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** How many a page holds at most, and where nobody says how many. */
const MOST = 50;

/** One page, sorted by key and then id. A token works for the query that it came from and no other. */
export function pageOf<T>(
  listed: readonly { readonly id: string; readonly key: SortKey; readonly item: T }[],
  request: Paged,
  of: { readonly operation: string; readonly account: string; readonly order?: Listing["order"] },
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const { maxResults = MOST, nextToken, ...asked } = request;
  const { operation, account, order = "ASCENDING" } = of;
  try {
    const query = { operation, account, asked: JSON.stringify(asked) };
    const found = page(listed, { order, size: maxResults, token: nextToken, query });
    return { items: found.items, nextToken: found.token };
  } catch (error) {
    if (nextToken === undefined || !(error instanceof AwsError)) throw error;
    throw wrong("INVALID_NEXT_TOKEN", "nextToken", "The nextToken is not one that this request returned.");
  }
}

type Listing = Parameters<typeof page<unknown>>[1];
