import { type Listed, page } from "../catalog/paging";
import { AwsError, type Context } from "../service";
import { invalid } from "./refusals";

interface Paged {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * One page, sorted by key and then id, so that what comes and goes between two requests moves nothing else. A token
 * works for the query that it came from, by the same account, and for no other.
 */
export function pageOf<T>(
  { caller }: Context,
  operation: string,
  listed: readonly Listed<T>[],
  request: Paged,
  most: number,
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const { maxResults = most, nextToken, ...asked } = request;
  const query = { operation, account: caller.accountId, asked };
  try {
    const found = page(listed, { order: "ASCENDING", size: maxResults, token: nextToken, query });
    return { items: found.items, nextToken: found.token?.replaceAll("-", "+").replaceAll("_", "/") };
  } catch (error) {
    if (nextToken === undefined || !(error instanceof AwsError)) throw error;
    throw invalid("INVALID_PAGINATION_TOKEN", "The nextToken is not one that this request returned.");
  }
}
