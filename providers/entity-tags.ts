import type { CatalogCalls } from "./catalog-calls";

export type Tags = Readonly<Record<string, string>>;

/** Tags of entities in the catalog. */
export interface EntityTags {
  /** Sets and removes tags so that those of `before` become those of `wanted`; tags of others stay. */
  change(arn: string, before: Tags, wanted: Tags): Promise<void>;
  read(arn: string): Promise<Tags>;
}

export function entityTagsOf(call: CatalogCalls): EntityTags {
  return {
    change: async (ResourceArn, before, wanted) => {
      const { TagResourceCommand, UntagResourceCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const Tags = Object.entries(wanted)
        .filter(([name, value]) => before[name] !== value)
        .map(([Key, Value]) => ({ Key, Value }));
      const TagKeys = Object.keys(before).filter((name) => !Object.hasOwn(wanted, name));
      if (Tags.length > 0) {
        await call("TagResource", (client) => client.send(new TagResourceCommand({ ResourceArn, Tags })));
      }
      if (TagKeys.length > 0) {
        await call("UntagResource", (client) => client.send(new UntagResourceCommand({ ResourceArn, TagKeys })));
      }
    },
    read: async (ResourceArn) => {
      const { ListTagsForResourceCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const command = new ListTagsForResourceCommand({ ResourceArn });
      const { Tags = [] } = await call("ListTagsForResource", (client) => client.send(command));
      return Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
    },
  };
}

/** Tags that were declared, as they are now; those of others are none of ours. */
export async function declaredTags(tags: EntityTags, arn: string, declared: unknown): Promise<Tags | undefined> {
  if (typeof declared !== "object" || declared === null) return undefined;
  const names = new Set(Object.keys(declared));
  return Object.fromEntries(Object.entries(await tags.read(arn)).filter(([name]) => names.has(name)));
}
