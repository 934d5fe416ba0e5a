import { Malformed } from "./refusal";
import type { Dictionary, List, Member, Shape, Structure } from "./shape";
import { readText } from "./text";
import type { XmlNode } from "./xml-parser";

type Read = (node: XmlNode) => unknown;

const readers = new WeakMap<Shape, Read>();

/** The value that an element holds. Throws `Malformed`. */
export function readXml(shape: Shape, node: XmlNode): unknown {
  return reader(shape)(node);
}

function reader(shape: Shape): Read {
  const known = readers.get(shape);
  if (known) return known;
  let compiled: Read | undefined;
  readers.set(shape, (node) => (compiled as Read)(node));
  compiled = compile(shape);
  readers.set(shape, compiled);
  return compiled;
}

function compile(shape: Shape): Read {
  switch (shape.kind) {
    case "structure":
      return structureReader(shape);
    case "list": {
      const read = listReader(shape);
      const name = elementName(shape);
      return (node) => read(childrenOf(node, name));
    }
    case "map": {
      const read = mapReader(shape);
      return (node) => read(childrenOf(node, "entry"));
    }
    default:
      return (node) => {
        if (node.children.length > 0) throw new Malformed(`${node.name} holds elements where text was expected.`);
        return readText(shape, node.text, "date-time");
      };
  }
}

function structureReader(shape: Structure): Read {
  const members = shape.members.map((member) => ({ name: member.name, read: memberReader(member) }));
  return (node) => {
    const result: Record<string, unknown> = {};
    let set = 0;
    for (const { name, read } of members) {
      const value = read(node);
      if (value === undefined) continue;
      result[name] = value;
      set++;
    }
    if (shape.union && set !== 1) throw new Malformed(`Exactly one member of ${shape.name} must be set, not ${set}.`);
    return result;
  };
}

function memberReader(member: Member): Read {
  const name = (member.traits["xmlName"] as string | undefined) ?? member.name;
  if (member.traits["xmlAttribute"]) {
    return (node) => {
      const text = node.attributes[name];
      return text === undefined ? undefined : readText(member.shape, text, "date-time");
    };
  }
  const flat = member.traits["xmlFlattened"];
  if (flat && (member.shape.kind === "list" || member.shape.kind === "map")) {
    const read = member.shape.kind === "list" ? listReader(member.shape) : mapReader(member.shape);
    return (node) => {
      const found = childrenOf(node, name);
      return found.length === 0 ? undefined : read(found);
    };
  }
  const read = reader(member.shape);
  return (node) => {
    const child = node.children.find((candidate) => candidate.name === name);
    return child && read(child);
  };
}

function elementName(shape: List): string {
  return (shape.member.traits["xmlName"] as string | undefined) ?? "member";
}

function listReader(shape: List): (nodes: readonly XmlNode[]) => unknown {
  const read = reader(shape.member.shape);
  return (nodes) => nodes.map(read);
}

function mapReader(shape: Dictionary): (nodes: readonly XmlNode[]) => unknown {
  const keyName = (shape.key.traits["xmlName"] as string | undefined) ?? "key";
  const valueName = (shape.value.traits["xmlName"] as string | undefined) ?? "value";
  const read = reader(shape.value.shape);
  return (nodes) =>
    Object.fromEntries(
      nodes.map((node) => {
        const key = node.children.find((child) => child.name === keyName);
        const value = node.children.find((child) => child.name === valueName);
        if (!key || !value) throw new Malformed("A map has an entry without key or value.");
        return [key.text, read(value)];
      }),
    );
}

function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}
