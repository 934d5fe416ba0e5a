import type { StepEventMetadata } from "@pulumi/pulumi/automation";
import { isInternalProperty, isPropertyMap, isSecret, type PropertyMap } from "./property-value";

/** One property that differs: whole, or (with `inner`) in the parts listed. */
export interface PropertyChange {
  readonly key: string | number;
  readonly kind: "add" | "delete" | "update";
  readonly old?: unknown;
  readonly new?: unknown;
  readonly inner?: readonly PropertyChange[];
  /** The resource has to be replaced because of it. */
  readonly replaces?: boolean;
}

/**
 * What a step changes, property by property, sorted by name. For an update the provider's answer decides which properties
 * count; their values come from the inputs, or from the outputs where AWS has drifted from unchanged inputs. For a
 * refresh it is what AWS shows now against what the state remembered.
 */
export function changesOf(step: StepEventMetadata, refreshed = false): PropertyChange[] {
  const { old, new: next } = step;
  if (!old || !next || step.op === "same") return [];
  if (refreshed) return changedEntries(old.outputs ?? {}, next.outputs ?? {});
  const named = namedProperties(step);
  const counts = ({ key }: PropertyChange): boolean => named === undefined || named.has(String(key));
  const declared = changedEntries(old.inputs ?? {}, next.inputs ?? {}).filter(counts);
  const seen = new Set(declared.map(({ key }) => String(key)));
  const secrets = [...(named ?? [])].filter((key) => !seen.has(key) && isSecret(next.inputs?.[key]));
  const hidden = secrets.map((key) => ({ key, kind: "update" as const, old: "[secret]", new: "[secret]" }));
  const drifted = changedEntries(old.outputs ?? {}, next.inputs ?? {}).filter(
    ({ key }) => named?.has(String(key)) && !seen.has(String(key)) && !secrets.includes(String(key)),
  );
  const replacing = new Set((step.keys ?? []).map(topLevel));
  return [...declared, ...hidden, ...drifted]
    .map((change) => (replacing.has(String(change.key)) ? { ...change, replaces: true } : change))
    .toSorted((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
}

/** The top-level properties the provider named, or undefined when it named none. */
function namedProperties(step: StepEventMetadata): ReadonlySet<string> | undefined {
  const paths = [...Object.keys(step.detailedDiff ?? {}), ...(step.diffs ?? [])];
  return paths.length === 0 ? undefined : new Set([...paths, ...(step.keys ?? [])].map(topLevel));
}

/** `pricing.hourly["m5.large"]` is part of `pricing`. */
function topLevel(path: string): string {
  return (
    /^(?:\["(?<quoted>[^"]*)"\]|(?<plain>[^.[]+))/u
      .exec(path)
      ?.slice(1)
      .find((part) => part !== undefined) ?? path
  );
}

/** The entries of two maps that differ, without the ones Pulumi keeps for itself. */
export function changedEntries(old: PropertyMap, next: PropertyMap): PropertyChange[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((key) => !isInternalProperty(key))
    .toSorted();
  return keys.flatMap((key) => {
    if (!Object.hasOwn(old, key)) return [{ key, kind: "add" as const, new: next[key] }];
    if (!Object.hasOwn(next, key)) return [{ key, kind: "delete" as const, old: old[key] }];
    return changed(key, old[key], next[key]);
  });
}

function changed(key: string | number, old: unknown, next: unknown): PropertyChange[] {
  if (isPropertyMap(old) && isPropertyMap(next)) {
    const inner = changedEntries(old, next);
    return inner.length === 0 ? [] : [{ key, kind: "update", old, new: next, inner }];
  }
  if (Array.isArray(old) && Array.isArray(next)) {
    const inner = changedElements(old, next);
    return inner.length === 0 ? [] : [{ key, kind: "update", old, new: next, inner }];
  }
  // Events carry every secret in the same disguise: whether it changed, nobody here can know.
  if (isSecret(old) && isSecret(next)) return [];
  return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ key, kind: "update", old, new: next }];
}

/** Plain lists are compared as what came and went; lists of objects position by position. */
function changedElements(old: readonly unknown[], next: readonly unknown[]): PropertyChange[] {
  if ([...old, ...next].every((value) => typeof value !== "object")) return changedScalars(old, next);
  return Array.from({ length: Math.max(old.length, next.length) }, (_, i) => {
    if (i >= old.length) return [{ key: i, kind: "add" as const, new: next[i] }];
    if (i >= next.length) return [{ key: i, kind: "delete" as const, old: old[i] }];
    return changed(i, old[i], next[i]);
  }).flat();
}

/** Where one value took another's place it reads as a change; a list that only changed its order is shown by position. */
function changedScalars(old: readonly unknown[], next: readonly unknown[]): PropertyChange[] {
  const added = (value: unknown): boolean => !old.includes(value);
  const removed = (value: unknown): boolean => !next.includes(value);
  const byPlace = !next.some(added) && !old.some(removed);
  return Array.from({ length: Math.max(old.length, next.length) }, (_, key): PropertyChange[] => {
    const gone = key < old.length && (byPlace || removed(old[key]));
    const come = key < next.length && (byPlace || added(next[key]));
    if (gone && come) return old[key] === next[key] ? [] : [{ key, kind: "update", old: old[key], new: next[key] }];
    if (gone) return [{ key, kind: "delete", old: old[key] }];
    return come ? [{ key, kind: "add", new: next[key] }] : [];
  }).flat();
}

/** Every changed leaf with its full path, for machines: `pricing.hourly["m5.large"]`. */
export function flattened(
  changes: readonly PropertyChange[],
  prefix = "",
): (PropertyChange & { readonly path: string })[] {
  return changes.flatMap((change) => {
    const path = childPath(prefix, change.key);
    return change.inner === undefined ? [{ ...change, path }] : flattened(change.inner, path);
  });
}

function childPath(prefix: string, key: string | number): string {
  if (typeof key === "number") return `${prefix}[${key}]`;
  if (!/^[\w$]+$/u.test(key)) return `${prefix}[${JSON.stringify(key)}]`;
  return prefix === "" ? key : `${prefix}.${key}`;
}
