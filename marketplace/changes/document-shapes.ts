import type { Schema } from "./change-type";

/** The words that the schemas of the change types are written in. */
const startsWithoutSpace = "^\\S+[\\S\\s]*";

export const date =
  "^([1-9]\\d{3}-((0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|([1-9]\\d(0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29)$";
export const duration = "^P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?$";

/** An object of exactly these members; those named in `required` must be there. */
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** An object of which all members are required. */
export function whole(properties: Readonly<Record<string, Schema>>): Schema {
  return object(properties, Object.keys(properties));
}

export function list(items: Schema, minItems?: number, maxItems?: number): Schema {
  return defined({ type: "array", items, minItems, maxItems });
}

/** A text that does not start with a space. */
export function text(maxLength?: number): Schema {
  return defined({ type: "string", maxLength, pattern: startsWithoutSpace });
}

export function anyText(maxLength?: number, minLength?: number): Schema {
  return defined({ type: "string", maxLength, minLength });
}

export function matching(pattern: string, maxLength?: number, minLength?: number): Schema {
  return defined({ type: "string", pattern, maxLength, minLength });
}

export function oneOf(...values: readonly string[]): Schema {
  return { type: "string", enum: values };
}

export function integer(minimum: number, maximum?: number): Schema {
  return defined({ type: "integer", minimum, maximum });
}

/** Lets a member be null as well, which unsets it. */
export function nullable(schema: Schema): Schema {
  return { ...schema, nullable: true };
}

function defined(schema: Record<string, unknown>): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
