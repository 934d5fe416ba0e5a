import { Malformed } from "./refusal";

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** The text directly inside. */
  readonly text: string;
}

interface OpenNode extends XmlNode {
  readonly children: XmlNode[];
  text: string;
}

const deepest = 64;
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** One after the other: comment, CDATA, processing instruction, end tag, start tag, text. */
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/=!?]+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The small part of XML that clients send: no document types, no entities but the five and character references. */
export function parseXml(body: Uint8Array): XmlNode {
  const source = decode(body);
  const top: OpenNode = { name: "", attributes: {}, children: [], text: "" };
  const open: OpenNode[] = [top];
  token.lastIndex = 0;
  let position = 0;
  while (position < source.length) {
    token.lastIndex = position;
    const found = token.exec(source);
    if (!found) throw malformed();
    position = token.lastIndex;
    const [, data, end, start, attributes, empty, text] = found;
    const parent = open.at(-1) as OpenNode;
    if (data !== undefined) parent.text += data;
    else if (text !== undefined) parent.text += references(text);
    else if (start !== undefined) {
      if (open.length > deepest || (parent === top && top.children.length > 0)) throw malformed();
      const node: OpenNode = { name: local(start), attributes: attributesOf(attributes ?? ""), children: [], text: "" };
      parent.children.push(node);
      if (!empty) open.push(node);
    } else if (end !== undefined && (open.length === 1 || (open.pop() as OpenNode).name !== local(end)))
      throw malformed();
  }
  const [root] = top.children;
  if (!root || open.length > 1 || top.text.trim() !== "") throw malformed();
  return root;
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw malformed();
  }
}

function attributesOf(source: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(source.matchAll(attribute), ([, name, double, single]) => [
      name as string,
      references((double ?? single) as string),
    ]),
  );
}

function references(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));|&/g,
    (_, hex?: string, dec?: string, name?: string) => {
      const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(dec);
      const character =
        name !== undefined ? named[name] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
      if (character === undefined) throw malformed();
      return character;
    },
  );
}

/** Names without their prefix: clients bind the service's namespace as they like. */
function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function malformed(): Malformed {
  return new Malformed("The XML you provided was not well-formed or did not validate against our published schema");
}
