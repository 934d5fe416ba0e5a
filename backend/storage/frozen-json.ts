/**
 * A deeply frozen copy of a JSON value; the value itself stays as it was. Members that are `undefined` are left out, as
 * JSON does. Always a copy: remembering which values are frozen already costs more than copying them again.
 *
 * @throws TypeError for what JSON cannot hold: a Date, bytes, NaN, a class instance, a cycle.
 */
export function frozenJson<T>(value: T): T;
export function frozenJson(value: unknown): unknown {
  return copy(value, 0);
}

const DEEPEST = 500;

function copy(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`A document holds JSON only, not the number ${value}.`);
      return value;
    case "object":
      if (value === null) return value;
      if (depth > DEEPEST)
        throw new TypeError(`A document is nested more than ${DEEPEST} levels deep, or holds itself.`);
      return Object.freeze(Array.isArray(value) ? copyArray(value, depth) : copyObject(value, depth));
    default:
      throw new TypeError(`A document holds JSON only, not ${typeof value}.`);
  }
}

function copyArray(value: readonly unknown[], depth: number): unknown[] {
  return value.map((item) => copy(item, depth + 1));
}

function copyObject(value: object, depth: number): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`A document holds JSON only, not a ${value.constructor.name}.`);
  }
  const result: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    // A plain assignment to `__proto__` would set the prototype instead of a member.
    if (key === "__proto__") Object.defineProperty(result, key, { value: copy(member, depth + 1), enumerable: true });
    else result[key] = copy(member, depth + 1);
  }
  return result;
}
