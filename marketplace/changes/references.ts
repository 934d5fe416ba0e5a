import type { Problem } from "../problem";
import { joinPath, quoted } from "../problem";
import type { Change, ChangeType, Json, ResolvedChange } from "./change-type";

const reference = /^\$(.+)\.Entity\.Identifier$/s;

/** `$CreateProduct.Entity.Identifier` */
export function isReference(value: unknown): boolean {
  return typeof value === "string" && reference.test(value);
}

/** Changes with their references replaced by ids, and what is wrong with references and repeats, by change. */
export interface Resolution {
  readonly resolved: ResolvedChange[];
  readonly problems: Map<number, Problem[]>;
}

/**
 * Gives each creating change an id and puts it wherever the set says `$Name.Entity.Identifier`: as an identifier or as
 * any string inside a document, before or after the change of that name in the list (Catalog API, Working with change
 * sets). A change may not refer to itself, nor two creating changes to each other.
 */
export function resolveReferences(
  { newId }: { newId(prefix: string): string },
  changes: readonly Change[],
  types: readonly ChangeType[],
): Resolution {
  const typeOf = (change: Change) =>
    types.find((type) => type.changeType === change.changeType && type.entityType === change.entity.type);
  const ids = new Map<string, string>();
  const created = new Map<number, string>();
  const problems = new Map<number, Problem[]>();
  const report = (index: number, problem: Problem) => problems.set(index, [...(problems.get(index) ?? []), problem]);

  for (const index of creatingOrder(changes)) {
    const change = changes[index];
    const prefix = change && typeOf(change)?.creates;
    if (!change || prefix === undefined) continue;
    const id = newId(prefix);
    created.set(index, id);
    if (change.changeName !== undefined) ids.set(change.changeName, id);
  }

  const lookUp = (text: string, index: number, path: string): string => {
    const name = reference.exec(text)?.[1];
    if (name === undefined) return text;
    const id = ids.get(name);
    if (id === undefined) report(index, unknownName(name, path, [...ids.keys()]));
    else if (id === created.get(index)) report(index, circle(name, path));
    return id ?? text;
  };

  const resolved = changes.map((change, index): ResolvedChange => {
    const details = replaceIn(change.details, "", (text, path) => lookUp(text, index, joinPath("Details", path)));
    const identifier = change.entity.identifier ?? "";
    const entityId = created.get(index) ?? withoutRevision(lookUp(identifier, index, "Entity.Identifier"));
    return { ...change, details, index, entityId };
  });
  for (const index of circles(changes, ids, created)) {
    if (!problems.has(index)) report(index, circle(changes[index]?.changeName ?? "", "Details"));
  }
  for (const { index, ...change } of resolved) {
    if (!typeOf(change)) report(index, unsupported(change));
  }
  for (const repeat of repeats(resolved)) report(repeat.index, sameTypeTwice(repeat));
  return { resolved, problems };
}

/** `prod-abc@3` names revision 3 of `prod-abc`. */
export function withoutRevision(identifier: string): string {
  return identifier.replace(/@\d+$/, "");
}

/** Creating changes get their ids by name, so that the order of the list does not decide which gets which. */
function creatingOrder(changes: readonly Change[]): number[] {
  return changes
    .map((_, index) => index)
    .toSorted((a, b) => {
      const [left, right] = [sortKey(changes[a]), sortKey(changes[b])];
      return left < right ? -1 : left > right ? 1 : a - b;
    });
}

function sortKey(change: Change | undefined): string {
  return change ? `${change.entity.type} ${change.changeType} ${change.changeName ?? ""}` : "";
}

function replaceIn(value: Json, path: string, replace: (text: string, path: string) => string): Json {
  if (typeof value === "string") return value.startsWith("$") ? replace(value, path) : value;
  if (typeof value !== "object" || value === null || !mentionsReference(value)) return value;
  if (Array.isArray(value)) return value.map((item: Json, i) => replaceIn(item, `${path}[${i}]`, replace));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaceIn(member as Json, joinPath(path, name), replace)]),
  );
}

/** Looks into a document without recursion, so that its depth cannot exhaust the stack. */
function mentionsReference(root: Json): boolean {
  const rest: { readonly value: Json; readonly depth: number }[] = [{ value: root, depth: 0 }];
  let found = false;
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, depth } = next;
    // No document of the catalog nests this deep: its schema refuses it, references or not.
    if (depth > 64) return false;
    if (typeof value === "string") found ||= reference.test(value);
    else if (typeof value === "object" && value !== null) {
      for (const member of Object.values(value)) rest.push({ value: member as Json, depth: depth + 1 });
    }
  }
  return found;
}

/** Creating changes that refer to each other in a ring: none of them could come first. */
function circles(
  changes: readonly Change[],
  ids: ReadonlyMap<string, string>,
  created: ReadonlyMap<number, string>,
): number[] {
  const indexOf = new Map([...created].map(([index, id]) => [id, index]));
  const uses = new Map<number, number[]>();
  for (const index of created.keys()) {
    const found: number[] = [];
    replaceIn(changes[index]?.details ?? null, "", (text) => {
      const other = indexOf.get(ids.get(reference.exec(text)?.[1] ?? "") ?? "");
      if (other !== undefined && other !== index) found.push(other);
      return text;
    });
    uses.set(index, found);
  }
  return [...uses.keys()].filter((start) => reaches(uses, start));
}

function reaches(uses: ReadonlyMap<number, readonly number[]>, start: number): boolean {
  const seen = new Set<number>();
  const rest = [...(uses.get(start) ?? [])];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    rest.push(...(uses.get(next) ?? []));
  }
  return false;
}

/** Changes of a type that an earlier one of the list already has for the same entity. */
function repeats(resolved: readonly ResolvedChange[]): ResolvedChange[] {
  const seen = new Set<string>();
  return resolved.filter((change) => {
    const key = `${change.entityId} ${change.changeType}`;
    return seen.has(key) || !seen.add(key);
  });
}

function unknownName(name: string, path: string, names: readonly string[]): Problem {
  const hint =
    names.length > 0 ? `Named creating changes are ${quoted(names)}.` : "No creating change has a ChangeName.";
  return {
    code: "INVALID_REFERENCE",
    path,
    message: `No change named "${name}" creates an entity in this set. ${hint}`,
  };
}

function circle(name: string, path: string): Problem {
  return { code: "INVALID_REFERENCE", path, message: `"${name}" refers to itself, so it could never be created.` };
}

function unsupported({ changeType, entity }: Change): Problem {
  const message = `${changeType} is not a change type of ${entity.type} that is supported.`;
  return { code: "UNSUPPORTED_CHANGE_TYPE", path: "ChangeType", message };
}

function sameTypeTwice({ changeType, entityId }: ResolvedChange): Problem {
  const message = `${changeType} is asked twice of ${entityId}. Put both into one change, or into two change sets.`;
  return { code: "DUPLICATE_CHANGE_TYPE", path: "ChangeType", message };
}
