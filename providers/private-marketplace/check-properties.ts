import type { Problem } from "../../marketplace/problem";
import { checkNames } from "../property-names";
import type { CheckFailure, Properties } from "../provider";
import { holdsUnknown, isUnknown } from "../unknown";

/** What a resource takes: its own properties, and which of them are lists of ids or switches. */
export interface Shape {
  readonly type: string;
  readonly names: readonly string[];
  readonly lists?: readonly string[];
  readonly switches?: readonly string[];
  /** What it cannot be without. */
  readonly required?: readonly string[];
}

/**
 * Names, types and then what the rule book says; of what is not known yet, nothing.
 * @param judge called only when names and types are right.
 */
export function checkProperties(news: Properties, shape: Shape, judge: () => readonly Problem[]): CheckFailure[] {
  const { type, names, lists = [], switches = [], required = [] } = shape;
  const failures = [
    ...checkNames(news, names, type),
    ...required
      .filter((name) => news[name] === undefined)
      .map((property) => ({ property, reason: `${type} needs ${property}.` })),
    ...lists
      .filter((name) => news[name] !== undefined && !isUnknown(news[name]) && !isListOfTexts(news[name]))
      .map((property) => ({ property, reason: `${property} is a list of ids.` })),
    ...switches
      .filter((name) => news[name] !== undefined && !isUnknown(news[name]) && typeof news[name] !== "boolean")
      .map((property) => ({ property, reason: `${property} is true or false.` })),
  ];
  if (failures.length > 0) return failures;
  return judge()
    .filter(({ path }) => !holdsUnknown(news[path.split(/[.[]/)[0] ?? ""]))
    .map(({ path, message, code }) => ({ property: path, reason: `${message} [${code}]` }));
}

/** What of a list is known; ids that are not known yet are left out. */
export function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === "string" && !isUnknown(id)) : [];
}

export function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Lists of ids are sets: the same ids in another order are no change, and stay as they were declared. */
export function sameIds(left: unknown, right: unknown): boolean {
  if (holdsUnknown(left) || holdsUnknown(right)) return false;
  const [one, other] = [new Set(idsIn(left)), new Set(idsIn(right))];
  return one.size === other.size && [...one].every((id) => other.has(id));
}

/** The ids as they were declared where they are the same ones, else as AWS has them, sorted. */
export function asDeclared(declared: unknown, seen: readonly string[]): readonly string[] {
  return sameIds(declared, seen) && Array.isArray(declared) ? idsIn(declared) : seen.toSorted();
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}
