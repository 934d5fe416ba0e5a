import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  Tag,
  TagDescription,
  TagSpecification,
} from "@aws-sdk/client-ec2";
import { AwsError, type Context } from "../service";
import { keepMatching } from "./filters";
import { checkResourceId, notFound, type IdPrefix } from "./ids";
import { mayLaunch } from "./image-access";
import { pageOf } from "./pages";
import { instanceOf } from "./instances/instance";
import { keyPairOf } from "./network/key-pair";
import { networkHas } from "./network/default-vpc";
import { securityGroupOf } from "./network/security-group";
import { mayUseSnapshot } from "./snapshot-access";
import { imagesIn, snapshotsIn, volumesIn } from "./things";

/** What one account wrote on one resource: tags on a shared or public image are seen by who wrote them only. */
interface StoredTags {
  readonly tags: Readonly<Record<string, string>>;
}

const resourceTypes = {
  ami: "image",
  snap: "snapshot",
  vol: "volume",
  i: "instance",
  sg: "security-group",
  key: "key-pair",
  vpc: "vpc",
  subnet: "subnet",
} as const;
type TaggedType = (typeof resourceTypes)[IdPrefix];

const tagTable = (ctx: Context) => ctx.market.store.table<StoredTags>("ec2-tags");
const tagKey = (ctx: Context, resourceId: string): string => `${ctx.region}/${ctx.caller.accountId}/${resourceId}`;

/** The caller's tags of a resource, by key. */
export function tagsOf(ctx: Context, resourceId: string): Tag[] {
  const stored = tagTable(ctx).get(tagKey(ctx, resourceId));
  return stored ? Object.entries(stored.tags).map(([Key, Value]) => ({ Key, Value })) : [];
}

/** Adds tags to what was just made, as TagSpecifications ask; `types` are the resource types that the operation makes. */
export function checkTagSpecifications(
  specifications: readonly TagSpecification[] | undefined,
  types: readonly TaggedType[],
): void {
  for (const { ResourceType, Tags } of specifications ?? []) {
    if (!types.some((type) => type === ResourceType)) {
      throw new AwsError(
        "InvalidParameterValue",
        `'${ResourceType}' is not a valid taggable resource type for this operation.`,
      );
    }
    if (!Tags?.length) throw new AwsError("InvalidParameterValue", "Tag specification must have at least one tag");
    readTags(Tags);
  }
}

/** Writes those of the specifications that are for this resource's type. */
export function tagNew(
  ctx: Context,
  specifications: readonly TagSpecification[] | undefined,
  type: TaggedType,
  resourceId: string,
): void {
  const tags = (specifications ?? []).filter((each) => each.ResourceType === type).flatMap((each) => each.Tags ?? []);
  if (tags.length > 0) addTags(ctx, resourceId, readTags(tags));
}

/** The account's tags go when the resource goes. */
export function forgetTags(ctx: Context, resourceId: string): void {
  tagTable(ctx).delete(tagKey(ctx, resourceId));
}

/** Writes tags on up to 1000 resources; a key that is there gets the new value. All or none. */
export function createTags(ctx: Context, input: CreateTagsRequest): object {
  const tags = readTags(input.Tags ?? []);
  for (const id of input.Resources ?? []) {
    refuseUnknownResource(ctx, id);
    addTags(ctx, id, tags);
  }
  return {};
}

/** Takes tags away: those whose key matches, and value too when one is given; without Tags all of them. */
export function deleteTags(ctx: Context, input: DeleteTagsRequest): object {
  for (const id of input.Resources ?? []) {
    refuseUnknownResource(ctx, id);
    const left = tagsOf(ctx, id).filter(
      (tag) => input.Tags?.length && !input.Tags.some((gone) => takesAway(gone, tag)),
    );
    writeTags(ctx, id, left);
  }
  return {};
}

function takesAway(gone: Tag, tag: Tag): boolean {
  return gone.Key === tag.Key && (gone.Value === undefined || gone.Value === tag.Value);
}

/** The caller's tags in the region. */
export function describeTags(ctx: Context, input: DescribeTagsRequest): DescribeTagsResult {
  const mine = tagKey(ctx, "");
  const all = [...tagTable(ctx).list(mine)].flatMap(([key, { tags }]) => {
    const resourceId = key.slice(mine.length);
    const type = resourceTypes[resourceId.split("-")[0] as IdPrefix];
    return Object.entries(tags).map(([Key, Value]): TagDescription => ({
      Key,
      Value,
      ResourceId: resourceId,
      ResourceType: type,
    }));
  });
  const matching = keepMatching(
    all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)),
    input.Filters,
    {
      key: (tag) => [tag.Key],
      "resource-id": (tag) => [tag.ResourceId],
      "resource-type": (tag) => [tag.ResourceType],
      value: (tag) => [tag.Value],
    },
    (tag) => [tag],
  );
  const page = pageOf(matching, order, input, { least: 5, most: 1000, usual: 1000 });
  return { Tags: page.items, NextToken: page.nextToken };
}

const order = (tag: TagDescription): string => `${tag.ResourceId} ${tag.Key}`;

function readTags(tags: readonly Tag[]): Map<string, string> {
  const read = new Map<string, string>();
  for (const { Key = "", Value = "" } of tags) {
    if (Key === "") throw new AwsError("InvalidParameterValue", "Tag key cannot be empty.");
    if (Key.length > 127) {
      throw new AwsError("InvalidParameterValue", `Tag key exceeds the maximum length of 127 characters: ${Key}`);
    }
    if (Value.length > 255) {
      throw new AwsError("InvalidParameterValue", `Tag value exceeds the maximum length of 255 characters: ${Value}`);
    }
    if (Key.toLowerCase().startsWith("aws:")) {
      throw new AwsError("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
    }
    if (read.has(Key)) throw new AwsError("InvalidParameterValue", `Duplicate tag key '${Key}' specified.`);
    read.set(Key, Value);
  }
  return read;
}

function addTags(ctx: Context, resourceId: string, tags: ReadonlyMap<string, string>): void {
  const merged = new Map([...tagsOf(ctx, resourceId).map((tag) => [tag.Key ?? "", tag.Value ?? ""] as const), ...tags]);
  if (merged.size > 50) throw new AwsError("TagLimitExceeded", "More than 50 tags specified");
  writeTags(
    ctx,
    resourceId,
    [...merged].map(([Key, Value]) => ({ Key, Value })),
  );
}

function writeTags(ctx: Context, resourceId: string, tags: readonly Tag[]): void {
  if (tags.length === 0) forgetTags(ctx, resourceId);
  else {
    tagTable(ctx).put(tagKey(ctx, resourceId), {
      tags: Object.fromEntries(tags.map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
    });
  }
}

function refuseUnknownResource(ctx: Context, id: string): void {
  const prefix = id.split("-")[0] ?? "";
  if (!Object.hasOwn(homes, prefix)) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
  const kind = prefix as IdPrefix;
  checkResourceId(kind, id);
  if (!homes[kind](ctx, id)) throw notFound(kind, id);
}

/** Whether there is a thing of that id that the caller may see: its own, or an image or snapshot that is shared with it. */
const homes: Readonly<Record<IdPrefix, (ctx: Context, id: string) => unknown>> = {
  ami: ({ market, region, caller }, id) => {
    const image = imagesIn(market, region).get(id);
    return image && mayLaunch(image, caller.accountId);
  },
  snap: ({ market, region, caller }, id) => {
    const snapshot = snapshotsIn(market, region).get(id);
    return snapshot && mayUseSnapshot(snapshot, caller.accountId);
  },
  vol: ({ market, region, caller }, id) => volumesIn(market, region).get(id)?.owner === caller.accountId,
  i: instanceOf,
  sg: securityGroupOf,
  key: keyPairOf,
  vpc: networkHas,
  subnet: networkHas,
};
