import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
  UntagResourceResponse,
} from "@aws-sdk/client-marketplace-catalog";
import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { invalid } from "./refusals";
import { ownResource } from "./resources";

/** Access control for the AWS Marketplace Catalog API: 1 to 50 tags for each entity and change set. */
const MOST_TAGS = 50;

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** The tags of an entity or change set, in the order of their keys. */
export function listTagsForResource(ctx: Context, request: ListTagsForResourceRequest): ListTagsForResourceResponse {
  const { id } = ownResource(ctx, request.ResourceArn ?? "");
  const tags = Object.entries(tagsOf(ctx.market.store, id)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ResourceArn: request.ResourceArn, Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
}

/** Adds tags, and replaces the values of those that are there. */
export function tagResource(ctx: Context, request: TagResourceRequest): TagResourceResponse {
  const { id } = ownResource(ctx, request.ResourceArn ?? "");
  const added = readTags(request.Tags ?? []);
  putTags(ctx.market.store, id, { ...tagsOf(ctx.market.store, id), ...added });
  return {};
}

/** Takes tags away; keys that it does not have are no error. */
export function untagResource(ctx: Context, request: UntagResourceRequest): UntagResourceResponse {
  const { id } = ownResource(ctx, request.ResourceArn ?? "");
  const gone = new Set(request.TagKeys ?? []);
  const kept = Object.entries(tagsOf(ctx.market.store, id)).filter(([key]) => !gone.has(key));
  putTags(ctx.market.store, id, Object.fromEntries(kept));
  return {};
}

/** A request's tags by key; ValidationException for a key that comes twice, is AWS's own, or is one too many. */
export function readTags(list: readonly Tag[]): Tags {
  const tags = new Map<string, string>();
  for (const { Key = "", Value = "" } of list) {
    if (Key.toLowerCase().startsWith("aws:")) throw invalid(`The tag key ${Key} begins with aws:, which is reserved.`);
    if (tags.has(Key)) throw invalid(`The tag key ${Key} is given twice.`);
    tags.set(Key, Value);
  }
  if (tags.size > MOST_TAGS) throw invalid(`A resource has at most ${MOST_TAGS} tags, not ${tags.size}.`);
  return Object.fromEntries(tags);
}

/** Replaces all tags of an entity or change set; ValidationException when there are too many. */
export function putTags(store: Store, id: string, tags: Tags): void {
  const count = Object.keys(tags).length;
  if (count > MOST_TAGS) throw invalid(`A resource has at most ${MOST_TAGS} tags. ${id} would have ${count}.`);
  if (count === 0) tagTable(store).delete(id);
  else tagTable(store).put(id, tags);
}

/** The tags of an entity or change set by key; none for what is not there. */
export function tagsOf(store: Store, id: string): Tags {
  return tagTable(store).get(id) ?? {};
}

function tagTable(store: Store): Table<Tags> {
  return store.table("catalog.tags");
}
