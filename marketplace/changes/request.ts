import type { Problem } from "../problem";
import { at, joinPath, quoted, repeated, unless } from "../problem";
import type { Change, Json } from "./change-type";
import { findChangeType } from "./index";
import { isReference } from "./references";
import { checkSchema } from "./schema";

/** Changes that one change set may hold (API reference, StartChangeSet). */
export const mostChanges = 20;

/**
 * What is refused at once when a change set is asked for, before anything of it is looked up: how many changes, their
 * names, identifiers and documents. Paths start at the request (`ChangeSet[0].DetailsDocument.Regions`).
 */
export function checkRequest(changes: readonly Change[]): Problem[] {
  const names = changes.flatMap(({ changeName }) => changeName ?? []);
  return [
    ...unless(
      changes.length >= 1 && changes.length <= mostChanges,
      "INVALID_INPUT",
      "ChangeSet",
      `A change set holds 1 to ${mostChanges} changes; there are ${changes.length}.`,
    ),
    ...repeated(names).map((name) => ({
      code: "INVALID_INPUT",
      path: "ChangeSet",
      message: `The ChangeName ${quoted([name])} is given twice; references need it to be unique.`,
    })),
    ...changes.flatMap((change, i) => at(`ChangeSet[${i}]`, checkChange(change))),
  ];
}

/** The same for one change: type, identifier and document. Paths start at the change. */
export function checkChange(change: Change): Problem[] {
  const { changeType, entity, details, changeName, entityTags } = change;
  const type = findChangeType(entity.type, changeType);
  if (!type) {
    const message = `${changeType} is not a change type of ${entity.type} that is supported.`;
    return unless(false, "UNSUPPORTED_CHANGE_TYPE", "ChangeType", message);
  }
  const named = entity.identifier !== undefined;
  return [
    ...(type.creates
      ? unless(!named, "INVALID_INPUT", "Entity.Identifier", `${changeType} creates the entity; leave Identifier out.`)
      : unless(named, "INVALID_INPUT", "Entity.Identifier", `Say which ${entity.type} ${changeType} is for.`)),
    ...unless(
      changeName === undefined || /^[\w-]{1,72}$/.test(changeName),
      "INVALID_INPUT",
      "ChangeName",
      "A ChangeName has 1 to 72 letters, digits, hyphens and underscores.",
    ),
    ...unless(
      type.creates !== undefined || entityTags === undefined,
      "INVALID_INPUT",
      "EntityTags",
      `EntityTags belong to changes that create an entity; ${changeType} does not.`,
    ),
    ...checkDetails(change, details),
  ];
}

/** A reference stands for an id that is not known yet, so rules on the form of that text do not apply to it. */
function checkDetails({ entity, changeType }: Change, details: Json): Problem[] {
  const type = findChangeType(entity.type, changeType);
  if (!type) return [];
  const misshapen = checkSchema(type.schema, details);
  const found = misshapen.length === 0 ? (type.checkDocument?.(details) ?? []) : misshapen;
  const problems = found.filter(({ path }) => !isReference(valueAt(details, path)));
  return problems.map((problem) => ({ ...problem, path: joinPath("DetailsDocument", problem.path) }));
}

/** `valueAt(details, "DeliveryOptions[0].Id")`; undefined where the path leads nowhere. */
function valueAt(details: Json, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as Readonly<Record<string, unknown>>)[step];
  }, details);
}
