import type { Schema } from "../changes/change-type";
import { joinPath, type Problem } from "../problem";

/** A value in which everything has the type that its shape says, and what had to be put in its place for that. */
export interface Completed {
  readonly value: unknown;
  /** Where a stand-in was put. */
  readonly blind: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Fills in, for a value and its shape, what is unknown, missing or of the wrong type, so that rules can look at the rest.
 * Unknown values are no problem; missing ones and wrong types are.
 */
export function complete(shape: Schema, value: unknown, isUnknown: (value: unknown) => boolean, path = ""): Completed {
  if (isUnknown(value)) return { value: sampleOf(shape), blind: [path], problems: [] };
  switch (shape["type"]) {
    case "array":
      return Array.isArray(value) ? completeList(shape, value, isUnknown, path) : wrong(shape, value, path, "a list");
    case "object":
      return isRecord(value) ? completeMembers(shape, value, isUnknown, path) : wrong(shape, value, path, "an object");
    case "integer":
      return Number.isSafeInteger(value) ? fine(value) : wrong(shape, value, path, "a whole number");
    case "boolean":
      return typeof value === "boolean" ? fine(value) : wrong(shape, value, path, "true or false");
    default:
      return completeText(shape, value, path);
  }
}

function completeText(shape: Schema, value: unknown, path: string): Completed {
  if (typeof value !== "string") return wrong(shape, value, path, "a text");
  const choices = shape["enum"] as readonly string[] | undefined;
  return !choices || choices.includes(value) ? fine(value) : wrong(shape, value, path, `one of ${choices.join(", ")}`);
}

function completeList(
  shape: Schema,
  value: readonly unknown[],
  isUnknown: (value: unknown) => boolean,
  path: string,
): Completed {
  const items = (shape["items"] ?? {}) as Schema;
  if (value.length < ((shape["minItems"] as number | undefined) ?? 0)) {
    const problem = { code: "INVALID_INPUT", path, message: `${lastOf(path)} needs at least one item.` };
    return { value: sampleOf(shape), blind: [path], problems: [problem] };
  }
  const parts = value.map((item, i) => complete(items, item, isUnknown, `${path}[${i}]`));
  return together(
    parts.map((part) => part.value),
    parts,
  );
}

function completeMembers(
  shape: Schema,
  value: Readonly<Record<string, unknown>>,
  isUnknown: (value: unknown) => boolean,
  path: string,
): Completed {
  if (shape["pricesOf"] !== undefined) return completePrices(value, isUnknown, path);
  const properties = (shape["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (shape["required"] ?? []) as readonly string[];
  const parts = Object.entries(properties).flatMap(([name, member]) => {
    const at = joinPath(path, name);
    if (value[name] !== undefined && Object.hasOwn(value, name)) {
      return [[name, complete(member, value[name], isUnknown, at)] as const];
    }
    if (!required.includes(name)) return [];
    const problem = { code: "INVALID_INPUT", path: at, message: `${name} is required.` };
    return [[name, { value: sampleOf(member), blind: [at], problems: [problem] }] as const];
  });
  const extra =
    shape["additionalProperties"] === false
      ? Object.keys(value).filter((name) => !Object.hasOwn(properties, name) && value[name] !== undefined)
      : [];
  const unexpected = extra.map((name) => ({
    code: "INVALID_INPUT",
    path: joinPath(path, name),
    message: `${JSON.stringify(name)} is not a property here; there are ${Object.keys(properties).join(", ")}.`,
  }));
  const whole = together(
    Object.fromEntries(parts.map(([name, part]) => [name, part.value])),
    parts.map(([, part]) => part),
  );
  return { ...whole, problems: [...whole.problems, ...unexpected] };
}

/** A record of texts under keys of the seller's choice. */
function completePrices(
  value: Readonly<Record<string, unknown>>,
  isUnknown: (value: unknown) => boolean,
  path: string,
): Completed {
  const price: Schema = { type: "string", sample: "1" };
  const parts = Object.entries(value).map(
    ([key, text]) => [key, complete(price, text, isUnknown, `${path}[${JSON.stringify(key)}]`)] as const,
  );
  return together(
    Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    parts.map(([, part]) => part),
  );
}

function together(value: unknown, parts: readonly Completed[]): Completed {
  return { value, blind: parts.flatMap((part) => part.blind), problems: parts.flatMap((part) => part.problems) };
}

function fine(value: unknown): Completed {
  return { value, blind: [], problems: [] };
}

function wrong(shape: Schema, value: unknown, path: string, expected: string): Completed {
  const found = typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : kindOf(value);
  const message = `${lastOf(path)} must be ${expected}, not ${found}.`;
  return { value: sampleOf(shape), blind: [path], problems: [{ code: "INVALID_INPUT", path, message }] };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`;
}

function lastOf(path: string): string {
  return path === "" ? "The listing" : path.slice(path.lastIndexOf(".") + 1);
}

/** Something of the right type: of a list one item, of an object the required members. */
function sampleOf(shape: Schema): unknown {
  if (shape["sample"] !== undefined) return shape["sample"];
  if (shape["enum"] !== undefined) return (shape["enum"] as readonly unknown[])[0];
  if (shape["type"] === "array") return [sampleOf(shape["items"] as Schema)];
  const properties = (shape["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (shape["required"] ?? []) as readonly string[];
  return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
