import type { Problem } from "../problem";
import { joinPath, quoted } from "../problem";
import type { Schema } from "./change-type";
import { inWords } from "./pattern-words";

type Check = (value: unknown, path: string) => Problem[];

const compiled = new WeakMap<Schema, Check>();

/**
 * Every way in which a value departs from a schema: code INVALID_INPUT, paths from the value's root
 * (`DeliveryOptions[0].Details`). Knows type, nullable, properties, required, additionalProperties, min- and
 * maxProperties, items, min- and maxItems, enum, pattern, min- and maxLength, minimum, maximum and oneOf; a keyword of
 * another name says nothing. Safe on any JSON: it goes no deeper than the schema does.
 */
export function checkSchema(schema: Schema, value: unknown): Problem[] {
  return checkOf(schema)(value, "");
}

function checkOf(schema: Schema): Check {
  let check = compiled.get(schema);
  if (!check) compiled.set(schema, (check = compile(schema)));
  return check;
}

function compile(schema: Schema): Check {
  if (Array.isArray(schema["oneOf"])) return compileChoice(schema["oneOf"] as readonly Schema[]);
  const type = schema["type"] as string | undefined;
  const rules = [
    enumRule(schema),
    ...textRules(schema),
    ...numberRules(schema),
    itemsRule(schema),
    membersRule(schema),
  ];
  const checks = rules.filter((rule): rule is Check => rule !== undefined);
  return (value, path) => {
    if (value === null && schema["nullable"] === true) return [];
    if (type !== undefined && !hasType(value, type)) {
      return [problem(path, `Expected ${article(type)}, found ${describe(value)}.`)];
    }
    return checks.flatMap((check) => check(value, path));
  };
}

/** Alternatives told apart by their `Type` member, as the catalog's terms are. */
function compileChoice(alternatives: readonly Schema[]): Check {
  const byType = new Map(alternatives.flatMap((one) => typesOf(one).map((name) => [name, one] as const)));
  return (value, path) => {
    if (!isObject(value)) return [problem(path, `Expected an object, found ${describe(value)}.`)];
    const type = Object.hasOwn(value, "Type") ? value["Type"] : undefined;
    const schema = typeof type === "string" ? byType.get(type) : undefined;
    if (schema) return checkOf(schema)(value, path);
    const found = type === undefined ? "it is missing" : `found ${describe(type)}`;
    return [problem(joinPath(path, "Type"), `Type must be one of ${quoted([...byType.keys()], 10)}; ${found}.`)];
  };
}

function typesOf(schema: Schema): readonly string[] {
  const properties = schema["properties"] as Readonly<Record<string, Schema>> | undefined;
  return (properties?.["Type"]?.["enum"] as readonly string[] | undefined) ?? [];
}

function enumRule(schema: Schema): Check | undefined {
  const values = schema["enum"] as readonly unknown[] | undefined;
  if (!values) return undefined;
  const shown = quoted(values.map(String), 40);
  return (value, path) =>
    values.includes(value) ? [] : [problem(path, `Expected one of ${shown}, found ${describe(value)}.`)];
}

function textRules(schema: Schema): (Check | undefined)[] {
  const { minLength, maxLength, pattern } = schema as { minLength?: number; maxLength?: number; pattern?: string };
  const form = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const most = maxLength ?? Number.POSITIVE_INFINITY;
  return [
    (value, path) => {
      if (typeof value !== "string") return [];
      const length = value.length > most ? [...value].length : value.length;
      if (length > most) return [problem(path, `At most ${most} characters are allowed; there are ${length}.`)];
      if (minLength !== undefined && length < minLength) {
        return [problem(path, `At least ${minLength} characters are needed; there are ${length}.`)];
      }
      if (form && !form.test(value)) {
        return [problem(path, `Expected ${inWords(form)}, found ${describe(value)}.`)];
      }
      return [];
    },
  ];
}

function numberRules(schema: Schema): (Check | undefined)[] {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  return [
    minimum === undefined
      ? undefined
      : (value, path) =>
          typeof value === "number" && value < minimum
            ? [problem(path, `Must be ${minimum} or more, not ${value}.`)]
            : [],
    maximum === undefined
      ? undefined
      : (value, path) =>
          typeof value === "number" && value > maximum
            ? [problem(path, `Must be ${maximum} or less, not ${value}.`)]
            : [],
  ];
}

function itemsRule(schema: Schema): Check | undefined {
  const { items, minItems, maxItems } = schema as { items?: Schema; minItems?: number; maxItems?: number };
  const least = minItems ?? 0;
  const most = maxItems ?? Number.POSITIVE_INFINITY;
  return (value, path) => {
    if (!Array.isArray(value)) return [];
    if (value.length < least) return [problem(path, `At least ${least} items are needed; there are ${value.length}.`)];
    if (value.length > most) return [problem(path, `At most ${most} items are allowed; there are ${value.length}.`)];
    return items ? value.flatMap((item, i) => checkOf(items)(item, `${path}[${i}]`)) : [];
  };
}

function membersRule(schema: Schema): Check | undefined {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema["required"] ?? []) as readonly string[];
  const closed = schema["additionalProperties"] === false;
  const { minProperties, maxProperties } = schema as { minProperties?: number; maxProperties?: number };
  return (value, path) => {
    if (!isObject(value)) return [];
    const names = Object.keys(value);
    const extra = closed ? names.filter((name) => !Object.hasOwn(properties, name)) : [];
    const missing = required.filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.map((name) => problem(joinPath(path, name), `${name} is required.`)),
      ...extra.slice(0, 20).map((name) => problem(joinPath(path, shortened(name)), unexpected(name, properties))),
      ...countProblems(names.length, path, minProperties, maxProperties),
      ...names
        .filter((name) => Object.hasOwn(properties, name))
        .flatMap((name) => checkOf(properties[name] ?? {})(value[name], joinPath(path, name))),
    ];
  };
}

function countProblems(count: number, path: string, least = 0, most = Number.POSITIVE_INFINITY): Problem[] {
  if (count < least) return [problem(path, `At least ${least} of its members must be given.`)];
  return count > most ? [problem(path, `At most ${most} of its members may be given; there are ${count}.`)] : [];
}

function unexpected(name: string, properties: Readonly<Record<string, Schema>>): string {
  const allowed = Object.keys(properties);
  const hint = allowed.length === 0 ? "Nothing is allowed here." : `Allowed are ${quoted(allowed, 20)}.`;
  return `${JSON.stringify(shortened(name))} is not a known property. ${hint}`;
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isSafeInteger(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return JSON.stringify(shortened(value));
  return typeof value === "object" ? "an object" : String(value);
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}...` : value;
}

function article(type: string): string {
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function problem(path: string, message: string): Problem {
  return { code: "INVALID_INPUT", path, message };
}
