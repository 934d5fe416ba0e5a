/** What `models/slice.py` keeps of a service's model. */
export interface ConstraintModel {
  /** The input shape of each operation that has anything to break. */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Limits>>;
}

export interface Limits {
  readonly type: string;
  /** Of numbers the range, of everything else the length. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** The member that is the whole body. */
  readonly payload?: string;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
}

export type Rule =
  | { readonly kind: "required" }
  | { readonly kind: "shortest" | "longest" | "least" | "most"; readonly limit: number }
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "integer" };

export interface Violation {
  /** Names of members, places in lists from 1. */
  readonly path: readonly (string | number)[];
  /** Absent where it is missing or nobody's business. */
  readonly value?: unknown;
  readonly rule: Rule;
}

type Path = readonly (string | number)[];
type Check = (value: unknown, path: Path, found: Violation[]) => void;

/** Reports no more than this; a list of ten thousand wrong values needs no ten thousand sentences. */
const most = 10;

/** Finds what an input breaks of its operation's model. Shapes are compiled when they are first needed. */
export function constraintsOf(model: ConstraintModel): (operation: string, input: unknown) => Violation[] {
  const compiled = new Map<string, Check>();
  const checkOf = (name: string): Check => {
    const known = compiled.get(name);
    if (known) return known;
    compiled.set(name, (value, path, found) => (compiled.get(name) as Check)(value, path, found));
    const check = compile(model.shapes[name] as Limits, checkOf);
    compiled.set(name, check);
    return check;
  };
  return (operation, input) => {
    const shape = Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
    if (shape === undefined) return [];
    const found: Violation[] = [];
    checkOf(shape)(input, [], found);
    return found;
  };
}

function compile(limits: Limits, checkOf: (name: string) => Check): Check {
  switch (limits.type) {
    case "structure":
      return structureCheck(limits, checkOf);
    case "list": {
      const length = lengthCheck(limits, (value) => (value as readonly unknown[]).length);
      const member = limits.member === undefined ? undefined : checkOf(limits.member);
      return (value, path, found) => {
        length(value, path, found);
        if (!member) return;
        for (const [i, element] of (value as readonly unknown[]).entries()) {
          if (found.length >= most) return;
          member(element, [...path, i + 1, "member"], found);
        }
      };
    }
    case "map": {
      const length = lengthCheck(limits, (value) => Object.keys(value as object).length);
      const key = limits.key === undefined ? undefined : checkOf(limits.key);
      const element = limits.value === undefined ? undefined : checkOf(limits.value);
      return (value, path, found) => {
        length(value, path, found);
        for (const [name, content] of Object.entries(value as object)) {
          if (found.length >= most) return;
          key?.(name, path, found);
          element?.(content, [...path, name, "member"], found);
        }
      };
    }
    case "string":
      return stringCheck(limits);
    case "blob":
      return lengthCheck(limits, (value) => (value as Uint8Array).length);
    case "integer":
    case "float":
    case "double":
      return numberCheck(limits);
    default:
      return () => undefined;
  }
}

function structureCheck(limits: Limits, checkOf: (name: string) => Check): Check {
  const required = limits.required ?? [];
  const members = Object.entries(limits.members ?? {}).map(([name, shape]) => [name, checkOf(shape)] as const);
  return (value, path, found) => {
    const structure = value as Readonly<Record<string, unknown>>;
    for (const name of required)
      if (structure[name] === undefined) found.push({ path: [...path, name], rule: { kind: "required" } });
    for (const [name, check] of members) {
      if (found.length >= most) return;
      const member = structure[name];
      if (member !== undefined) check(member, [...path, name], found);
    }
  };
}

function stringCheck(limits: Limits): Check {
  const length = lengthCheck(limits, (value) => (value as string).length);
  const pattern = limits.pattern === undefined ? undefined : { text: limits.pattern, regex: wholly(limits.pattern) };
  const values = limits.enum && new Set(limits.enum);
  return (value, path, found) => {
    const before = found.length;
    length(value, path, found);
    const shown = limits.sensitive ? {} : { value };
    // A string of the wrong length is not matched: patterns may be slow on long ones.
    if (found.length === before && pattern && !pattern.regex.test(value as string))
      found.push({ path, ...shown, rule: { kind: "pattern", pattern: pattern.text } });
    if (values && !values.has(value as string))
      found.push({ path, ...shown, rule: { kind: "enum", values: [...values] } });
  };
}

function lengthCheck({ min, max, sensitive }: Limits, lengthOf: (value: unknown) => number): Check {
  return (value, path, found) => {
    const length = min === undefined && max === undefined ? 0 : lengthOf(value);
    const shown = sensitive ? {} : { value };
    if (min !== undefined && length < min) found.push({ path, ...shown, rule: { kind: "shortest", limit: min } });
    if (max !== undefined && length > max) found.push({ path, ...shown, rule: { kind: "longest", limit: max } });
  };
}

function numberCheck({ type, min, max }: Limits): Check {
  return (value, path, found) => {
    const number = value as number;
    if (type === "integer" && !Number.isInteger(number)) found.push({ path, value, rule: { kind: "integer" } });
    if (min !== undefined && number < min) found.push({ path, value, rule: { kind: "least", limit: min } });
    if (max !== undefined && number > max) found.push({ path, value, rule: { kind: "most", limit: max } });
  };
}

/** Patterns hold for the whole value, whether they are anchored or not. Some are written for another dialect. */
function wholly(pattern: string): RegExp {
  const anchored = `^(?:${pattern})$`;
  try {
    return new RegExp(anchored, "u");
  } catch {
    return new RegExp(anchored);
  }
}
