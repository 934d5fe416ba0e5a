/**
 * Schema objects of the AWS SDK (tuples of numbers, names and references) unfolded into shapes that readers and writers
 * are compiled from. Each schema is unfolded once; shapes may refer to themselves.
 */
export type Traits = Readonly<Record<string, unknown>>;

export interface Structure {
  readonly kind: "structure";
  readonly namespace: string;
  readonly name: string;
  readonly traits: Traits;
  readonly members: readonly Member[];
  /** Exactly one member may be set. */
  readonly union: boolean;
}

export interface List {
  readonly kind: "list";
  readonly traits: Traits;
  readonly member: Member;
}

export interface Dictionary {
  readonly kind: "map";
  readonly traits: Traits;
  readonly key: Member;
  readonly value: Member;
}

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

export interface Timestamp {
  readonly kind: "timestamp";
  readonly traits: Traits;
  /** Absent: the protocol decides. */
  readonly format?: TimestampFormat;
}

export interface Simple {
  readonly kind: "string" | "number" | "boolean" | "blob" | "document" | "bigInteger" | "bigDecimal";
  readonly traits: Traits;
}

export type Shape = Structure | List | Dictionary | Timestamp | Simple;

/** A member of a structure, the element of a list, the key or value of a map. */
export interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** Its own traits over those of its shape. */
  readonly traits: Traits;
  /** A structure cannot do without it. */
  readonly required: boolean;
}

const none: Traits = Object.freeze({});
const unfolded = new WeakMap<object, Shape>();

/** The shape that a schema describes; `undefined` for the unit type, which has nothing on the wire. */
export function shapeOf(schema: unknown): Shape | undefined {
  const resolved = deref(schema);
  return resolved === "unit" || resolved === undefined ? undefined : unfold(resolved);
}

/** Like `shapeOf`, of an operation's input, output or error. */
export function structureOf(schema: unknown): Structure | undefined {
  const shape = shapeOf(schema);
  if (shape === undefined || shape.kind === "structure") return shape;
  throw new TypeError(`A structure was expected, not a ${shape.kind}.`);
}

function unfold(schema: unknown): Shape {
  if (typeof schema === "number") return simple(schema, none);
  if (!Array.isArray(schema)) throw new TypeError(`Not a schema: ${String(schema)}.`);
  const known = unfolded.get(schema);
  if (known) return known;
  const [id, namespace, name, traits] = schema as [number, string, string, unknown];
  const own = traitsOf(traits);
  switch (id) {
    case 0: {
      const target = unfold(deref(schema[4]));
      const shape = { ...target, traits: { ...target.traits, ...own } };
      unfolded.set(schema, shape);
      return shape;
    }
    case 1: {
      const shape = { kind: "list" as const, traits: own, member: undefined as unknown as Member };
      unfolded.set(schema, shape);
      shape.member = memberOf("member", schema[4]);
      return shape;
    }
    case 2: {
      const unset = undefined as unknown as Member;
      const shape = { kind: "map" as const, traits: own, key: unset, value: unset };
      unfolded.set(schema, shape);
      shape.key = memberOf("key", schema[4] ?? 0);
      shape.value = memberOf("value", schema[5]);
      return shape;
    }
    case 3:
    case -3:
    case 4: {
      const members: Member[] = [];
      const shape: Structure = { kind: "structure", namespace, name, traits: own, members, union: id === 4 };
      unfolded.set(schema, shape);
      const schemas = schema[5] as unknown[];
      // Required members come first; the seventh part counts them.
      const required = (schema[6] as number | undefined) ?? 0;
      for (const [i, member] of (schema[4] as string[]).entries())
        members.push(memberOf(member, schemas[i], i < required));
      return shape;
    }
    default:
      throw new TypeError(`Unknown kind of schema: ${id}.`);
  }
}

function memberOf(name: string, schema: unknown, required = false): Member {
  let target = schema;
  let own: Traits = none;
  while (Array.isArray(target) && target.length === 2) {
    own = { ...traitsOf(target[1]), ...own };
    target = target[0];
  }
  const shape = unfold(deref(target));
  return { name, shape, traits: { ...shape.traits, ...own }, required };
}

const listOf = 0b0100_0000;
const mapOf = 0b1000_0000;
const modifiers = listOf | mapOf;

function simple(code: number, traits: Traits): Shape {
  if (code & mapOf)
    return { kind: "map", traits, key: memberOf("key", 0), value: memberOf("value", code & ~modifiers) };
  if (code & listOf) return { kind: "list", traits, member: memberOf("member", code & ~modifiers) };
  switch (code) {
    case 0:
      return { kind: "string", traits };
    case 1:
      return { kind: "number", traits };
    case 2:
      return { kind: "boolean", traits };
    case 4:
      return { kind: "timestamp", traits };
    case 5:
      return { kind: "timestamp", traits, format: "date-time" };
    case 6:
      return { kind: "timestamp", traits, format: "http-date" };
    case 7:
      return { kind: "timestamp", traits, format: "epoch-seconds" };
    case 15:
      return { kind: "document", traits };
    case 17:
      return { kind: "bigInteger", traits };
    case 19:
      return { kind: "bigDecimal", traits };
    case 21:
      return { kind: "blob", traits };
    case 42:
      return { kind: "blob", traits: { ...traits, streaming: 1 } };
    default:
      throw new TypeError(`Unknown simple schema: ${code}.`);
  }
}

/** In the order of their bits in a schema's compact form. */
const compactTraits = [
  "httpLabel",
  "idempotent",
  "idempotencyToken",
  "sensitive",
  "httpPayload",
  "httpResponseCode",
  "httpQueryParams",
];

function traitsOf(traits: unknown): Traits {
  if (typeof traits === "object" && traits !== null) return traits as Traits;
  if (typeof traits !== "number" || traits === 0) return none;
  return Object.fromEntries(compactTraits.filter((_, bit) => (traits >> bit) & 1).map((name) => [name, 1]));
}

function deref(schema: unknown): unknown {
  return typeof schema === "function" ? (schema as () => unknown)() : schema;
}
