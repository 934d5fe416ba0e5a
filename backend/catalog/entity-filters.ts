import type { EntityTypeFilters, Filter } from "@aws-sdk/client-marketplace-catalog";
import type { EntityFacts } from "./entity-facts";
import { instant } from "./moments";
import { invalid } from "./refusals";

/** Holds for the entities that a list shall show. */
export type EntityFilter = (facts: EntityFacts) => boolean;

/** One field of a typed filter: `{ ValueList }`, `{ WildCardValue }` or `{ DateRange }`. */
interface FieldFilter {
  readonly ValueList?: readonly string[];
  readonly WildCardValue?: string;
  readonly DateRange?: { readonly AfterValue?: string; readonly BeforeValue?: string };
}

/** The old mechanism, by name: API reference, Filter. Several filters must all hold. */
export function byFilterList(filters: readonly Filter[]): EntityFilter {
  const parts = filters.map(({ Name, ValueList }): EntityFilter => {
    if (ValueList === undefined) throw invalid(`The filter ${Name} needs a ValueList.`);
    if (Name === "EntityId" || Name === "Visibility") return (facts) => someOf(facts[Name], ValueList);
    // A delegated administrator sees its organization's private marketplace so; nobody can delegate here.
    if (Name === "Scope" && ValueList.every((scope) => scope === "SharedWithMe")) return () => false;
    throw invalid(
      `ListEntities has no filter ${Name}=${ValueList.join(",")}. Use EntityId, Visibility or Scope=SharedWithMe.`,
    );
  });
  return (facts) => parts.every((part) => part(facts));
}

/** The typed mechanism: one member, that of the listed type; each of its fields must hold. */
export function byEntityType(type: string, filters: EntityTypeFilters): EntityFilter {
  const fields = onlyMember(type, filters, "Filters");
  const parts = Object.entries(fields).flatMap(([name, field]): EntityFilter[] =>
    field === undefined || field === null ? [] : [fieldFilter(name, field as FieldFilter)],
  );
  return (facts) => parts.every((part) => part(facts));
}

/** The one member that a union may have, which must be the one for the listed type: `AmiProductFilters`. */
export function onlyMember(type: string, union: object, suffix: "Filters" | "Sort"): object {
  const members = Object.entries(union).filter(([, value]) => value !== undefined && value !== null);
  const [name, value] = members[0] ?? [];
  if (members.length !== 1 || name !== `${type}${suffix}` || typeof value !== "object") {
    const given = members.map(([member]) => member).join(", ") || "none";
    throw invalid(
      `EntityType${suffix} must have exactly the member ${type}${suffix}, for EntityType ${type}; it has ${given}.`,
    );
  }
  return value as object;
}

function fieldFilter(name: string, { ValueList, WildCardValue, DateRange }: FieldFilter): EntityFilter {
  const matches = WildCardValue === undefined ? undefined : wildcard(WildCardValue);
  const inRange = DateRange === undefined ? undefined : dateRange(name, DateRange);
  return (facts) =>
    (ValueList === undefined || someOf(facts[name], ValueList)) &&
    (matches === undefined || valuesOf(facts[name]).some(matches)) &&
    (inRange === undefined || valuesOf(facts[name]).some(inRange));
}

/** The text holds what is asked for, in any case; `*` stands for anything in between. */
function wildcard(asked: string): (text: string) => boolean {
  const parts = asked.toLowerCase().split("*");
  return (text) => {
    const lower = text.toLowerCase();
    let from = 0;
    return parts.every((part) => {
      const found = lower.indexOf(part, from);
      from = found + part.length;
      return found >= 0;
    });
  };
}

/** After the one and before the other moment, either of which may be left out. */
function dateRange(name: string, range: NonNullable<FieldFilter["DateRange"]>): (text: string) => boolean {
  const after = range.AfterValue === undefined ? Number.NEGATIVE_INFINITY : moment(name, range.AfterValue);
  const before = range.BeforeValue === undefined ? Number.POSITIVE_INFINITY : moment(name, range.BeforeValue);
  return (text) => instant(text) > after && instant(text) < before;
}

/** The moment that a filter asks for; ValidationException when it is none. */
export function moment(name: string, value: string): number {
  const milliseconds = instant(value);
  if (Number.isNaN(milliseconds)) {
    throw invalid(`The filter ${name} takes a moment such as 2026-03-01T12:00:00Z, not ${value}.`);
  }
  return milliseconds;
}

function someOf(fact: EntityFacts[string], wanted: readonly string[]): boolean {
  return valuesOf(fact).some((value) => wanted.includes(value));
}

function valuesOf(fact: EntityFacts[string]): readonly string[] {
  if (fact === undefined) return [];
  return typeof fact === "string" ? [fact] : fact;
}
