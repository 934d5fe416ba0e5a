import { Malformed } from "./refusal";
import type { Member, Shape, Structure } from "./shape";
import { readEpochSeconds, readTimestampText, writeEpochSeconds, writeTimestampText } from "./timestamp";

type Read = (value: unknown) => unknown;
type Write = (value: never) => unknown;

/** Documents deeper than this are refused rather than walked. */
const deepest = 128;

/**
 * Reads and writes JSON values by shape: types are checked strictly, members that the shape does not know are ignored,
 * null means absent. `jsonName` says whether members go by that trait (REST) or by their own name (RPC).
 */
export class JsonFormat {
  private readonly readers = new WeakMap<Shape, Read>();
  private readonly writers = new WeakMap<Shape, Write>();

  constructor(private readonly options: { readonly jsonName: boolean }) {}

  /** Throws `Malformed` where the text is not JSON or a value is of the wrong type. */
  parse(shape: Shape, body: Uint8Array): unknown {
    return this.reader(shape)(parseJson(body));
  }

  read(shape: Shape, value: unknown): unknown {
    return this.reader(shape)(value);
  }

  stringify(shape: Shape, value: unknown): string {
    return JSON.stringify(this.value(shape, value)) ?? "{}";
  }

  /** The plain JSON value that stands for `value` on the wire. */
  value(shape: Shape, value: unknown): unknown {
    return this.writer(shape)(value as never);
  }

  private wireName(member: Member): string {
    return this.options.jsonName ? ((member.traits["jsonName"] as string | undefined) ?? member.name) : member.name;
  }

  private reader(shape: Shape): Read {
    const known = this.readers.get(shape);
    if (known) return known;
    // Shapes may contain themselves: what is being compiled is found through this detour.
    let compiled: Read | undefined;
    this.readers.set(shape, (value) => (compiled as Read)(value));
    compiled = this.compileReader(shape);
    this.readers.set(shape, compiled);
    return compiled;
  }

  private compileReader(shape: Shape): Read {
    switch (shape.kind) {
      case "structure":
        return this.structureReader(shape);
      case "list": {
        const read = this.reader(shape.member.shape);
        return (value) => {
          if (!Array.isArray(value)) throw unexpected(value, "a list");
          return value.map((element) => {
            if (element === null) throw new Malformed("A list may not contain null.");
            return read(element);
          });
        };
      }
      case "map": {
        const read = this.reader(shape.value.shape);
        return (value) => {
          const entries = Object.entries(object(value)).map(([key, element]) => {
            if (element === null) throw new Malformed("A map may not contain null.");
            return [key, read(element)] as const;
          });
          return Object.fromEntries(entries);
        };
      }
      case "timestamp":
        return (value) => {
          if (typeof value === "number") return readEpochSeconds(value);
          if (typeof value === "string") return readTimestampText(value, shape.format ?? "epoch-seconds");
          throw unexpected(value, "a timestamp");
        };
      case "string":
        return (value) => {
          if (typeof value !== "string") throw unexpected(value, "a string");
          return value;
        };
      case "boolean":
        return (value) => {
          if (typeof value !== "boolean") throw unexpected(value, "a boolean");
          return value;
        };
      case "number":
        return readNumber;
      case "blob":
        return (value) => {
          if (typeof value !== "string" || !base64.test(value)) throw unexpected(value, "base64 text");
          return new Uint8Array(Buffer.from(value, "base64"));
        };
      case "document":
        return (value) => {
          refuseDepth(value, 0);
          return value;
        };
      case "bigInteger":
        return (value) => BigInt(Math.trunc(readNumber(value)));
      case "bigDecimal":
        return (value) => String(readNumber(value));
    }
  }

  private structureReader(shape: Structure): Read {
    const members = shape.members.map((member) => ({
      name: member.name,
      wire: this.wireName(member),
      read: this.reader(member.shape),
    }));
    return (value) => {
      const source = object(value);
      const result: Record<string, unknown> = {};
      let set = 0;
      for (const { name, wire, read } of members) {
        const member = source[wire];
        if (member === undefined || member === null) continue;
        result[name] = read(member);
        set++;
      }
      if (shape.union && set !== 1) throw new Malformed(`Exactly one member of ${shape.name} must be set, not ${set}.`);
      return result;
    };
  }

  private writer(shape: Shape): Write {
    const known = this.writers.get(shape);
    if (known) return known;
    let compiled: Write | undefined;
    this.writers.set(shape, (value) => (compiled as Write)(value));
    compiled = this.compileWriter(shape);
    this.writers.set(shape, compiled);
    return compiled;
  }

  private compileWriter(shape: Shape): Write {
    switch (shape.kind) {
      case "structure": {
        const members = shape.members.map((member) => ({
          name: member.name,
          wire: this.wireName(member),
          write: this.writer(member.shape),
        }));
        return (value: Readonly<Record<string, unknown>>) => {
          const result: Record<string, unknown> = {};
          for (const { name, wire, write } of members) {
            const member = value[name];
            if (member !== undefined) result[wire] = member === null ? null : write(member as never);
          }
          return result;
        };
      }
      case "list": {
        const write = this.writer(shape.member.shape);
        return (value: Iterable<unknown>) => Array.from(value, (element) => write(element as never));
      }
      case "map": {
        const write = this.writer(shape.value.shape);
        return (value: object) =>
          Object.fromEntries(
            Object.entries(value)
              .filter(([, element]) => element !== undefined)
              .map(([key, element]) => [key, write(element as never)]),
          );
      }
      case "timestamp": {
        const format = shape.format ?? "epoch-seconds";
        return (value: Date) =>
          format === "epoch-seconds" ? writeEpochSeconds(value) : writeTimestampText(value, format);
      }
      case "blob":
        return (value: Uint8Array | string) => Buffer.from(value as Uint8Array).toString("base64");
      case "number":
        return (value: number) => (Number.isFinite(value) ? value : String(value));
      case "bigInteger":
      case "bigDecimal":
        return (value: bigint | string) => Number(value);
      case "string":
      case "boolean":
      case "document":
        return (value) => value;
    }
  }
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** JSON from bytes; an empty body is an empty object, as AWS takes it. */
export function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    throw new Malformed("The body is not valid JSON in UTF-8.");
  }
}

function readNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  throw unexpected(value, "a number");
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unexpected(value, "an object");
  return value as Readonly<Record<string, unknown>>;
}

function refuseDepth(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth === deepest) throw new Malformed(`Documents may nest ${deepest} levels deep at most.`);
  for (const element of Object.values(value)) refuseDepth(element, depth + 1);
}

function unexpected(value: unknown, wanted: string): Malformed {
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  return new Malformed(`Found ${found} where ${wanted} was expected.`);
}
