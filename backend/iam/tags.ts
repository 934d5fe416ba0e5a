import type { Tag } from "@aws-sdk/client-iam";

import { invalidInput, keepWithin } from "./errors";
import type { Tags } from "./records";

const MOST_TAGS = 50;

/** The tags with some more, or other values for some. Keys are the same whatever their case: IAM User Guide, "Tags for IAM resources". */
export function withTags(tags: Tags, more: readonly Tag[] | undefined): Tags {
  const added = (more ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const);
  const keys = added.map(([key]) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (keys.some((key) => key.startsWith("aws:"))) throw invalidInput("Tag keys beginning with aws: are reserved.");
  const kept = Object.entries(tags).filter(([key]) => !keys.includes(key.toLowerCase()));
  const all = Object.fromEntries([...kept, ...added]);
  keepWithin(Object.keys(all).length, MOST_TAGS, "The number of tags has reached the maximum limit.");
  return all;
}

/** The tags but those. */
export function withoutTags(tags: Tags, keys: readonly string[] | undefined): Tags {
  const gone = new Set((keys ?? []).map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

/** As replies carry them. */
export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
