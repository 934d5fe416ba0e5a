import { formatPath, type PropertyPath } from "../values/property-path";
import { isMap, sameValue, SIGNATURE, withoutSecrets, type PropertyMap, type PropertyValue } from "../values/values";

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
  readonly kind: DiffKind;
  /** The change is between old and new inputs, not between the real state and the inputs. */
  readonly inputDiff: boolean;
}
export type DetailedDiff = Record<string, PropertyDiff>;

/** What changed between two sets of inputs, secrets unwrapped: the top-level keys and every path. */
export function diffInputs(olds: PropertyMap, news: PropertyMap): { keys: string[]; detailed: DetailedDiff } {
  const detailed: DetailedDiff = {};
  const before = withoutSecrets(olds);
  const after = withoutSecrets(news);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !sameValue(before[key], after[key]),
  );
  diffMaps([], before, after, detailed);
  return { keys: keys.toSorted(), detailed };
}

function diffMaps(path: PropertyPath, olds: PropertyMap, news: PropertyMap, found: DetailedDiff): void {
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    diffValue([...path, key], olds[key], news[key], found);
  }
}

function diffValue(
  path: PropertyPath,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  found: DetailedDiff,
): void {
  if (sameValue(before, after)) return;
  const note = (kind: DiffKind) => {
    found[formatPath(path)] = { kind, inputDiff: true };
  };
  if ((before ?? null) === null) return note("add");
  if ((after ?? null) === null) return note("delete");
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      diffValue([...path, i], before[i], after[i], found);
    }
  } else if (isPlainMap(before) && isPlainMap(after)) {
    diffMaps(path, before, after, found);
  } else {
    note("update");
  }
}

function isPlainMap(value: PropertyValue | undefined): value is PropertyMap {
  return isMap(value) && !(SIGNATURE in value);
}

export function toReplace(kind: DiffKind): DiffKind {
  return kind.endsWith("-replace") ? kind : (`${kind}-replace` as DiffKind);
}

export function isReplace(kind: DiffKind): boolean {
  return kind.endsWith("-replace");
}

/** The change seen from the other side: what a refresh found, rather than what an update would undo. */
export function invert(kind: DiffKind): DiffKind {
  if (kind.startsWith("add")) return kind.replace("add", "delete") as DiffKind;
  return kind.startsWith("delete") ? (kind.replace("delete", "add") as DiffKind) : kind;
}
