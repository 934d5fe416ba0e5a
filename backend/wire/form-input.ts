import { formTree, numbered, type FormNode } from "./form";
import { Malformed } from "./refusal";
import type { Dictionary, List, Member, Shape } from "./shape";
import { readText } from "./text";

type Read = (node: FormNode) => unknown;

/** Where the two query protocols differ: names of members, and whether lists have a level of their own. */
export interface FormDialect {
  memberName(member: Member): string;
  readonly flatLists: boolean;
  /** The refusal for a value of the wrong type. */
  wrongType(value: string, name: string): Error;
}

/** Reads inputs from forms by shape, in one dialect. */
export class FormFormat {
  private readonly readers = new WeakMap<Shape, Read>();

  constructor(private readonly dialect: FormDialect) {}

  read(shape: Shape, parameters: readonly (readonly [name: string, value: string])[]): unknown {
    return this.reader(shape)(formTree(parameters));
  }

  private reader(shape: Shape): Read {
    const known = this.readers.get(shape);
    if (known) return known;
    let compiled: Read | undefined;
    this.readers.set(shape, (node) => (compiled as Read)(node));
    compiled = this.compile(shape);
    this.readers.set(shape, compiled);
    return compiled;
  }

  private compile(shape: Shape): Read {
    switch (shape.kind) {
      case "structure": {
        const members = shape.members.map((member) => ({
          name: member.name,
          wire: this.dialect.memberName(member),
          read: this.memberReader(member),
        }));
        return (node) => {
          const result: Record<string, unknown> = {};
          for (const { name, wire, read } of members) {
            const child = node.children?.get(wire);
            const value = child && read(child);
            if (value !== undefined) result[name] = value;
          }
          return result;
        };
      }
      case "list":
        return this.listReader(shape, this.dialect.flatLists);
      case "map":
        return this.mapReader(shape, false);
      default:
        return (node) => (node.value === undefined ? undefined : readText(shape, node.value, "date-time"));
    }
  }

  private memberReader(member: Member): Read {
    const flat = Boolean(member.traits["xmlFlattened"]);
    const { shape } = member;
    if (shape.kind === "list") return this.listReader(shape, flat || this.dialect.flatLists);
    if (shape.kind === "map") return this.mapReader(shape, flat);
    const read = this.reader(shape);
    if (shape.kind === "structure") return (node) => (node.children ? read(node) : undefined);
    const name = this.dialect.memberName(member);
    return (node) => {
      try {
        return read(node);
      } catch (error) {
        throw error instanceof Malformed ? this.dialect.wrongType(node.value ?? "", name) : error;
      }
    };
  }

  /** An empty list is the bare name: `Tags=`. */
  private listReader(shape: List, flat: boolean): Read {
    const element = (shape.member.traits["xmlName"] as string | undefined) ?? "member";
    let read: Read | undefined;
    return (node) => {
      const elements = flat ? node : node.children?.get(element);
      if (!elements) return node.value === "" ? [] : undefined;
      const found = numbered(elements);
      if (found.length === 0) return elements.value === "" ? [] : undefined;
      read ??= this.memberReader(shape.member);
      const each = read;
      return found.map((child) => {
        const value = each(child);
        if (value === undefined) throw new Malformed("A list has an element of the wrong type.");
        return value;
      });
    };
  }

  private mapReader(shape: Dictionary, flat: boolean): Read {
    const keyName = (shape.key.traits["xmlName"] as string | undefined) ?? "key";
    const valueName = (shape.value.traits["xmlName"] as string | undefined) ?? "value";
    let read: Read | undefined;
    return (node) => {
      const entries = flat ? node : node.children?.get("entry");
      if (!entries) return node.value === "" ? {} : undefined;
      read ??= this.memberReader(shape.value);
      const each = read;
      return Object.fromEntries(
        numbered(entries).map((entry) => {
          const key = entry.children?.get(keyName)?.value;
          const value = entry.children?.get(valueName);
          if (key === undefined || !value) throw new Malformed("A map has an entry without key or value.");
          return [key, each(value)];
        }),
      );
    };
  }
}
