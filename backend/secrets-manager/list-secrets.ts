import { page } from "../catalog/paging";
import { AwsError, type Context } from "../service";
import { descriptionOf, entryOf } from "./describe-secret";
import { secretsIn, type StoredSecret } from "./secrets";

interface Filter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

interface ListSecretsRequest {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly Filters?: readonly Filter[];
  readonly SortOrder?: "asc" | "desc";
  readonly SortBy?: "created-date" | "last-accessed-date" | "last-changed-date" | "name";
}

const DEFAULT_PAGE = 100;

/** The secrets of the caller's account in a region, without their texts (Secrets Manager API reference, ListSecrets). */
export function listSecrets(ctx: Context, request: ListSecretsRequest): object {
  const { MaxResults = DEFAULT_PAGE, NextToken, Filters = [], SortOrder = "asc", SortBy = "created-date" } = request;
  const { market, caller, region } = ctx;
  const listed = secretsIn(market, caller.accountId, region)
    .list()
    .filter((secret) => Filters.every((filter) => passes(secret, filter)))
    .map((secret) => ({ id: secret.name, key: sortKey(secret, SortBy), item: entryOf(secret) }));
  const query = { Filters, SortOrder, SortBy, account: caller.accountId, region };
  const order = SortOrder === "asc" ? "ASCENDING" : "DESCENDING";
  try {
    const { items, token } = page(listed, { order, size: MaxResults, token: NextToken, query });
    return { SecretList: items, NextToken: token };
  } catch (error) {
    if (NextToken === undefined || !(error instanceof AwsError)) throw error;
    throw new AwsError("InvalidNextTokenException", "The NextToken value is invalid.", { status: 400 });
  }
}

function sortKey(secret: StoredSecret, by: NonNullable<ListSecretsRequest["SortBy"]>): string | undefined {
  switch (by) {
    case "name":
      return secret.name;
    case "last-changed-date":
      return secret.changed;
    case "last-accessed-date":
      return secret.accessed;
    case "created-date":
      return secret.created;
  }
}

/** One of the values is enough; a value that begins with `!` must not fit. */
function passes(secret: StoredSecret, { Key = "all", Values = [] }: Filter): boolean {
  const texts = textsOf(secret, Key);
  return Values.some((value) => {
    const negated = value.startsWith("!");
    return fits(texts, Key, negated ? value.slice(1) : value) !== negated;
  });
}

function fits(texts: readonly string[], key: string, value: string): boolean {
  switch (key) {
    case "all":
      return words(value).every((word) => texts.some((text) => text.toLowerCase().includes(word)));
    case "description":
      return texts.some((text) => text.toLowerCase().startsWith(value.toLowerCase()));
    default:
      return texts.some((text) => text.startsWith(value));
  }
}

function textsOf(secret: StoredSecret, key: string): string[] {
  const tagKeys = Object.keys(secret.tags);
  const tagValues = Object.values(secret.tags);
  switch (key) {
    case "name":
      return [secret.name];
    case "tag-key":
      return tagKeys;
    case "tag-value":
      return tagValues;
    case "description":
      return [descriptionOf(secret)];
    case "owning-service":
      return [secret.owningService];
    case "primary-region":
      return [secret.region];
    default:
      return [secret.name, descriptionOf(secret), secret.owningService, ...tagKeys, ...tagValues];
  }
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
