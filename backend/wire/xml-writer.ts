import type { Dictionary, List, Member, Shape, Structure } from "./shape";
import { writeText } from "./text";

type Write = (value: unknown) => string;

const writers = new WeakMap<Shape, Write>();

/** What is inside the element of a value. Absent members leave nothing. */
export function xmlContent(shape: Shape, value: unknown): string {
  return contentWriter(shape)(value);
}

/** An element with its content; attributes of a structure are in its start tag. */
export function xmlElement(name: string, shape: Shape, value: unknown, namespace?: string): string {
  return elementWriter(name, shape, namespace)(value);
}

/** Text that an XML parser reads back as it was; characters that XML cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replaceAll(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff\p{Surrogate}]/gu, "\ufffd")
    .replaceAll(/[&<>"\r]/g, (character) => entities[character] as string);
}

/** What XML cannot carry as it is: markup, control characters, halves of surrogate pairs. */
const special = /[&<>"\r\ufffe\uffff\p{Surrogate}]|[^\P{Cc}\t\n\u007f-\u009f]/u;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

function contentWriter(shape: Shape): Write {
  const known = writers.get(shape);
  if (known) return known;
  let compiled: Write | undefined;
  writers.set(shape, (value) => (compiled as Write)(value));
  compiled = compile(shape);
  writers.set(shape, compiled);
  return compiled;
}

function compile(shape: Shape): Write {
  switch (shape.kind) {
    case "structure":
      return structureWriter(shape);
    case "list":
      return listWriter(shape, (shape.member.traits["xmlName"] as string | undefined) ?? "member");
    case "map":
      return mapWriter(shape, "entry");
    default:
      return (value) => escapeXml(writeText(shape, value, "date-time"));
  }
}

function structureWriter(shape: Structure): Write {
  const members = shape.members
    .filter((member) => !member.traits["xmlAttribute"])
    .map((member) => ({ name: member.name, write: memberWriter(member) }));
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>;
    let text = "";
    for (const { name, write } of members) {
      const member = source[name];
      if (member !== undefined && member !== null) text += write(member);
    }
    return text;
  };
}

function memberWriter(member: Member): Write {
  const name = (member.traits["xmlName"] as string | undefined) ?? member.name;
  if (member.traits["xmlFlattened"]) {
    if (member.shape.kind === "list") return listWriter(member.shape, name);
    if (member.shape.kind === "map") return mapWriter(member.shape, name);
  }
  const [prefix, uri] = (member.traits["xmlNamespace"] as [string, string] | undefined) ?? [];
  return elementWriter(name, member.shape, uri, prefix);
}

function elementWriter(name: string, shape: Shape, namespace?: string, prefix?: string): Write {
  const content = contentWriter(shape);
  const declaration = namespace ? ` xmlns${prefix ? `:${prefix}` : ""}="${escapeXml(namespace)}"` : "";
  const attributes = shape.kind === "structure" ? shape.members.filter((member) => member.traits["xmlAttribute"]) : [];
  return (value) => {
    let start = `${name}${declaration}`;
    for (const member of attributes) {
      const attribute = (value as Readonly<Record<string, unknown>>)[member.name];
      const attributeName = (member.traits["xmlName"] as string | undefined) ?? member.name;
      if (attribute !== undefined && attribute !== null)
        start += ` ${attributeName}="${escapeXml(writeText(member.shape, attribute, "date-time"))}"`;
    }
    return `<${start}>${content(value)}</${name}>`;
  };
}

function listWriter(shape: List, name: string): Write {
  const write = elementWriter(name, shape.member.shape);
  return (value) => Array.from(value as Iterable<unknown>, write).join("");
}

function mapWriter(shape: Dictionary, name: string): Write {
  const key = elementWriter((shape.key.traits["xmlName"] as string | undefined) ?? "key", shape.key.shape);
  const element = elementWriter((shape.value.traits["xmlName"] as string | undefined) ?? "value", shape.value.shape);
  return (value) =>
    Object.entries(value as object)
      .map(([entry, content]) => `<${name}>${key(entry)}${element(content)}</${name}>`)
      .join("");
}
