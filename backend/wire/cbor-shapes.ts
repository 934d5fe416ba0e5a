import { CborTime } from "./cbor";
import { Malformed } from "./refusal";
import type { Shape } from "./shape";
import { readEpochSeconds, writeEpochSeconds } from "./timestamp";

type Convert = (value: unknown) => unknown;

const readers = new WeakMap<Shape, Convert>();
const writers = new WeakMap<Shape, Convert>();

/** Checks decoded CBOR against a shape. Unknown members are ignored, null means absent. Throws `Malformed`. */
export function readCbor(shape: Shape, value: unknown): unknown {
  return compiled(readers, shape, readerOf)(value);
}

/** What `encodeCbor` writes for a value of that shape. */
export function writeCbor(shape: Shape, value: unknown): unknown {
  return compiled(writers, shape, writerOf)(value);
}

function compiled(cache: WeakMap<Shape, Convert>, shape: Shape, compile: (shape: Shape) => Convert): Convert {
  const known = cache.get(shape);
  if (known) return known;
  let result: Convert | undefined;
  cache.set(shape, (value) => (result as Convert)(value));
  result = compile(shape);
  cache.set(shape, result);
  return result;
}

function readerOf(shape: Shape): Convert {
  switch (shape.kind) {
    case "structure": {
      const members = shape.members.map(({ name, shape: target }) => ({
        name,
        read: compiled(readers, target, readerOf),
      }));
      return (value) => {
        const source = dictionary(value);
        const result: Record<string, unknown> = {};
        let set = 0;
        for (const { name, read } of members) {
          const member = source[name];
          if (member === undefined || member === null) continue;
          result[name] = read(member);
          set++;
        }
        if (shape.union && set !== 1)
          throw new Malformed(`Exactly one member of ${shape.name} must be set, not ${set}.`);
        return result;
      };
    }
    case "list": {
      const read = compiled(readers, shape.member.shape, readerOf);
      return (value) => {
        if (!Array.isArray(value)) throw unexpected("a list");
        return value.map(read);
      };
    }
    case "map": {
      const read = compiled(readers, shape.value.shape, readerOf);
      return (value) =>
        Object.fromEntries(Object.entries(dictionary(value)).map(([key, element]) => [key, read(element)]));
    }
    case "timestamp":
      return (value) => {
        if (value instanceof CborTime) return readEpochSeconds(value.seconds);
        if (typeof value === "number") return readEpochSeconds(value);
        throw unexpected("a timestamp");
      };
    case "blob":
      return (value) => {
        if (!(value instanceof Uint8Array)) throw unexpected("a byte string");
        return new Uint8Array(value);
      };
    case "number":
      return (value) => {
        if (typeof value === "bigint") return Number(value);
        if (typeof value !== "number") throw unexpected("a number");
        return value;
      };
    case "bigInteger":
      return (value) => {
        if (typeof value === "bigint") return value;
        if (typeof value !== "number" || !Number.isInteger(value)) throw unexpected("an integer");
        return BigInt(value);
      };
    case "bigDecimal":
      return (value) => {
        if (typeof value !== "number" && typeof value !== "bigint") throw unexpected("a number");
        return String(value);
      };
    case "string":
      return (value) => {
        if (typeof value !== "string") throw unexpected("a string");
        return value;
      };
    case "boolean":
      return (value) => {
        if (typeof value !== "boolean") throw unexpected("a boolean");
        return value;
      };
    case "document":
      return (value) => value;
  }
}

function writerOf(shape: Shape): Convert {
  switch (shape.kind) {
    case "structure": {
      const members = shape.members.map(({ name, shape: target }) => ({
        name,
        write: compiled(writers, target, writerOf),
      }));
      return (value) => {
        const source = value as Readonly<Record<string, unknown>>;
        const result: Record<string, unknown> = {};
        for (const { name, write } of members) {
          const member = source[name];
          if (member !== undefined && member !== null) result[name] = write(member);
        }
        return result;
      };
    }
    case "list": {
      const write = compiled(writers, shape.member.shape, writerOf);
      return (value) => Array.from(value as Iterable<unknown>, write);
    }
    case "map": {
      const write = compiled(writers, shape.value.shape, writerOf);
      return (value) =>
        Object.fromEntries(Object.entries(value as object).map(([key, element]) => [key, write(element)]));
    }
    case "timestamp":
      return (value) => new CborTime(writeEpochSeconds(value as Date));
    default:
      return (value) => value;
  }
}

function dictionary(value: unknown): Readonly<Record<string, unknown>> {
  const plain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!plain) throw unexpected("a map");
  return value as Readonly<Record<string, unknown>>;
}

function unexpected(wanted: string): Malformed {
  return new Malformed(`A value is not ${wanted} where one was expected.`);
}
