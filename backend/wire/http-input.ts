import type { HttpTemplate } from "./http-template";
import { parameter, type WireRequest } from "./message";
import { Malformed } from "./refusal";
import type { Member, Shape, Structure } from "./shape";
import { readText } from "./text";

/** How a REST protocol reads the part of the input that is in the body. */
export interface BodyReader {
  /** A structure spread over the body, or the one member that is the body. */
  (shape: Shape, body: Uint8Array, member?: Member): unknown;
}

type Place = (request: WireRequest, labels: Readonly<Record<string, string>>) => unknown;

/** Reads the input of one REST operation from path, query, headers and body. Compiled once for each operation. */
export function httpInputReader(
  input: Structure,
  template: HttpTemplate,
  readBody: BodyReader,
): (request: WireRequest) => Record<string, unknown> {
  const places: { readonly name: string; readonly place: Place }[] = [];
  const inBody: Member[] = [];
  let payload: Member | undefined;
  for (const member of input.members) {
    const place = placeOf(member, input);
    if (member.traits["httpPayload"]) payload = member;
    else if (place) places.push({ name: member.name, place });
    else inBody.push(member);
  }
  const body = payload
    ? payloadReader(payload, readBody)
    : inBody.length > 0
      ? bodyReader({ ...input, members: inBody }, readBody)
      : undefined;

  return (request) => {
    const labels = { ...request.labels, ...template.match(request.routePath) };
    const result: Record<string, unknown> = {};
    for (const { name, place } of places) {
      const value = place(request, labels);
      if (value !== undefined) result[name] = value;
    }
    if (body) Object.assign(result, body(request.body));
    return result;
  };
}

function placeOf(member: Member, input: Structure): Place | undefined {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = member.traits;
  const { shape } = member;
  if (httpLabel) {
    const label = (member.traits["label"] as string | undefined) ?? member.name;
    return (_request, labels) => {
      const text = labels[label];
      return text === undefined ? undefined : readText(shape, text, "date-time");
    };
  }
  if (typeof httpQuery === "string") {
    if (shape.kind !== "list") {
      return (request) => {
        const text = parameter(request, httpQuery);
        return text === undefined ? undefined : readText(shape, text, "date-time");
      };
    }
    return (request) => {
      const texts = request.query.filter(([name]) => name === httpQuery).map(([, value]) => value);
      return texts.length === 0 ? undefined : texts.map((text) => readText(shape.member.shape, text, "date-time"));
    };
  }
  if (httpQueryParams) {
    const bound = new Set(input.members.map((other) => other.traits["httpQuery"]));
    return (request) => Object.fromEntries(request.query.filter(([name]) => !bound.has(name)));
  }
  if (typeof httpHeader === "string") {
    const name = httpHeader.toLowerCase();
    return (request) => {
      const text = request.headers[name];
      if (text === undefined) return undefined;
      if (shape.kind !== "list") return readText(shape, fromHeader(text), "http-date");
      return text.split(",").map((part) => readText(shape.member.shape, fromHeader(part.trim()), "http-date"));
    };
  }
  if (typeof httpPrefixHeaders === "string") {
    const prefix = httpPrefixHeaders.toLowerCase();
    return (request) => {
      const found = Object.entries(request.headers).filter(([name]) => name.startsWith(prefix));
      if (found.length === 0) return undefined;
      return Object.fromEntries(found.map(([name, text]) => [name.slice(prefix.length), fromHeader(text as string)]));
    };
  }
  return undefined;
}

/** Header values arrive as bytes; text in them is UTF-8. */
function fromHeader(text: string): string {
  return /^[\t -~]*$/.test(text) ? text : Buffer.from(text, "latin1").toString("utf8");
}

function payloadReader(payload: Member, readBody: BodyReader): (body: Uint8Array) => Record<string, unknown> {
  const { name, shape } = payload;
  switch (shape.kind) {
    case "blob":
      return (body) => ({ [name]: body });
    case "string":
      return (body) => (body.length === 0 ? {} : { [name]: utf8(body) });
    default:
      return (body) => (body.length === 0 ? {} : { [name]: readBody(shape, body, payload) });
  }
}

function bodyReader(shape: Structure, readBody: BodyReader): (body: Uint8Array) => Record<string, unknown> {
  return (body) => (body.length === 0 ? {} : (readBody(shape, body) as Record<string, unknown>));
}

function utf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new Malformed("The body is not text in UTF-8.");
  }
}
