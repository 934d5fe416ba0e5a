import type { Alias } from "./goal";
import { makeUrn, nameOf, qualifiedType, ROOT_STACK_TYPE, typeOf } from "../state/urn";

interface Named {
  readonly name: string;
  readonly type: string;
  readonly parent: string;
  readonly aliases: readonly Alias[];
}

/**
 * Every URN a resource may have had before: its own aliases, and, when its parent goes by a new name,
 * the names it had as that parent's child.
 * @param matched the old URN that each renamed resource of this run was found under
 */
export function formerUrns(
  goal: Named,
  stack: string,
  project: string,
  matched: ReadonlyMap<string, string>,
): string[] {
  const own = goal.aliases.map((alias) => collapse(alias, goal, stack, project, matched));
  const found = new Set(own);
  const oldParent = goal.parent && matched.get(goal.parent);
  if (!oldParent) return [...found];
  const asChild = (type: string, name: string) => {
    const parentName = nameOf(goal.parent);
    const oldName = name.startsWith(parentName) ? nameOf(oldParent) + name.slice(parentName.length) : name;
    return makeUrn(stack, project, oldParent, type, oldName);
  };
  found.add(asChild(goal.type, goal.name));
  for (const urn of own) found.add(asChild(typeOf(urn), nameOf(urn)));
  return [...found];
}

function collapse(
  alias: Alias,
  goal: Named,
  stack: string,
  project: string,
  matched: ReadonlyMap<string, string>,
): string {
  if (alias.urn) return alias.urn;
  let parent = alias.parent ? (matched.get(alias.parent) ?? alias.parent) : goal.parent;
  if (alias.noParent || qualifiedType(parent) === ROOT_STACK_TYPE) parent = "";
  return makeUrn(
    alias.stack || stack,
    alias.project || project,
    parent,
    alias.type || goal.type,
    alias.name || goal.name,
  );
}
