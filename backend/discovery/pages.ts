import { type Listed, page } from "../catalog/paging";
import { AwsError } from "../service";
import { invalid } from "./refusals";

interface Paged {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** One page in the given order. A token works for the query that it came from, by the same caller, and for no other. */
export function pageOf<T>(
  items: readonly { readonly id: string; readonly item: T }[],
  request: Paged,
  most: number,
  operation: string,
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const { maxResults = most, nextToken, ...query } = request;
  const listed = items.map(({ id, item }, place): Listed<T> => ({ item, id, key: place }));
  try {
    const found = page(listed, { order: "ASCENDING", size: maxResults, token: nextToken, query: { operation, query } });
    return { items: found.items, nextToken: found.token?.replaceAll("-", "+").replaceAll("_", "/") };
  } catch (error) {
    if (nextToken === undefined || !(error instanceof AwsError)) throw error;
    throw invalid("INVALID_PAGINATION_TOKEN", "The nextToken is not one that this request returned.");
  }
}
