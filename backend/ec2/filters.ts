import type { Filter, Tag } from "@aws-sdk/client-ec2";
import { AwsError } from "../service";

/** What a filter looks at: the values that an item has for its name. One that matches is enough. */
export type FilterFields<Item> = Readonly<
  Record<string, (item: Item) => readonly (string | number | boolean | undefined)[]>
>;

/**
 * The items that every filter lets through. A filter passes what has one of its values; `*` and `?` are wildcards unless
 * a backslash stands before them (EC2 user guide, "Filtering considerations"). With `tagsOf` the filters `tag:KEY`,
 * `tag-key` and `tag-value` work too. Fails with InvalidParameterValue for a name that the operation does not know.
 */
export function keepMatching<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  fields: FilterFields<Item>,
  tagsOf?: (item: Item) => readonly Tag[],
): Item[] {
  const tests = (filters ?? []).map((filter) => filterTest(filter, fields, tagsOf));
  return items.filter((item) => tests.every((test) => test(item)));
}

function filterTest<Item>(
  filter: Filter,
  fields: FilterFields<Item>,
  tagsOf?: (item: Item) => readonly Tag[],
): (item: Item) => boolean {
  const name = filter.Name ?? "";
  if (!filter.Values?.length) {
    throw new AwsError("InvalidParameterValue", `The filter '${name}' must have at least one value.`);
  }
  const read = tagField(name, tagsOf) ?? (Object.hasOwn(fields, name) ? fields[name] : undefined);
  if (!read) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
  const patterns = filter.Values.map(wildcardTest);
  return (item) =>
    read(item).some((value) => value !== undefined && patterns.some((matches) => matches(String(value))));
}

function tagField<Item>(
  name: string,
  tagsOf?: (item: Item) => readonly Tag[],
): ((item: Item) => (string | undefined)[]) | undefined {
  if (!tagsOf) return undefined;
  if (name === "tag-key") return (item) => tagsOf(item).map((tag) => tag.Key);
  if (name === "tag-value") return (item) => tagsOf(item).map((tag) => tag.Value);
  if (!name.startsWith("tag:")) return undefined;
  const key = name.slice("tag:".length);
  return (item) => tagsOf(item).flatMap((tag) => (tag.Key === key ? [tag.Value] : []));
}

/** Whether a text fits a pattern with `*` (any text) and `?` (one character). Runs in linear space, no backtracking blow-up. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const parts = patternParts(pattern);
  if (parts.every((part) => typeof part === "string")) {
    const literal = parts.join("");
    return (text) => text === literal;
  }
  return (text) => fits(parts, text);
}

const anyText = Symbol("*");
const anyOne = Symbol("?");
type PatternPart = string | typeof anyText | typeof anyOne;

function patternParts(pattern: string): PatternPart[] {
  const parts: PatternPart[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === "\\" && i + 1 < pattern.length) parts.push(pattern.charAt(++i));
    else if (char === "*") parts.push(anyText);
    else parts.push(char === "?" ? anyOne : char);
  }
  return parts;
}

/** The classic two-finger match: remembers the last `*` and lets it swallow one character more when what follows fails. */
function fits(parts: readonly PatternPart[], text: string): boolean {
  let at = 0;
  let part = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === anyText) {
      star = part++;
      resume = at;
    } else if (wanted === anyOne || (wanted !== undefined && wanted === text.charAt(at))) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++resume;
    } else return false;
  }
  while (parts[part] === anyText) part++;
  return part === parts.length;
}
