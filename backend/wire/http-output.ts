import type { Member, Shape, Structure } from "./shape";
import type { WireReply } from "./message";
import { writeText } from "./text";

/** How a REST protocol writes the part of the output that is in the body. */
export interface BodyWriter {
  readonly contentType: string;
  /** A structure spread over the body, or the one member that is the body. */
  write(shape: Shape, value: unknown, member?: Member): string;
}

type Place = (value: unknown, reply: { status: number; headers: Record<string, string> }) => void;

/** Writes the output of one REST operation to status, headers and body. Compiled once for each operation. */
export function httpOutputWriter(
  output: Structure | undefined,
  status: number,
  body: BodyWriter,
): (output: object) => WireReply {
  const places: { readonly name: string; readonly place: Place }[] = [];
  const inBody: Member[] = [];
  let payload: Member | undefined;
  for (const member of output?.members ?? []) {
    const place = placeOf(member);
    if (member.traits["httpPayload"]) payload = member;
    else if (place) places.push({ name: member.name, place });
    else inBody.push(member);
  }
  const bodyShape = output && inBody.length > 0 ? { ...output, members: inBody } : undefined;

  return (value) => {
    const members = value as Readonly<Record<string, unknown>>;
    const reply: { status: number; headers: Record<string, string>; body: string | Uint8Array } = {
      status,
      headers: {},
      body: "",
    };
    for (const { name, place } of places) {
      const member = members[name];
      if (member !== undefined && member !== null) place(member, reply);
    }
    if (payload) {
      const content = members[payload.name];
      if (content === undefined || content === null) return reply;
      if (payload.shape.kind === "blob" || payload.shape.kind === "string") {
        reply.body = content as string | Uint8Array;
        reply.headers["content-type"] ??= payload.shape.kind === "blob" ? "application/octet-stream" : "text/plain";
      } else {
        reply.body = body.write(payload.shape, content, payload);
        reply.headers["content-type"] = body.contentType;
      }
    } else if (bodyShape) {
      reply.body = body.write(bodyShape, value);
      reply.headers["content-type"] = body.contentType;
    }
    return reply;
  };
}

function placeOf(member: Member): Place | undefined {
  const { httpHeader, httpPrefixHeaders, httpResponseCode } = member.traits;
  const { shape } = member;
  if (typeof httpHeader === "string") {
    const name = httpHeader.toLowerCase();
    return (value, reply) => {
      reply.headers[name] = toHeader(
        shape.kind === "list"
          ? (value as unknown[]).map((element) => writeText(shape.member.shape, element, "http-date")).join(", ")
          : writeText(shape, value, "http-date"),
      );
    };
  }
  if (typeof httpPrefixHeaders === "string") {
    return (value, reply) => {
      for (const [key, text] of Object.entries(value as Record<string, string>))
        reply.headers[(httpPrefixHeaders + key).toLowerCase()] = toHeader(text);
    };
  }
  if (httpResponseCode) {
    return (value, reply) => {
      reply.status = value as number;
    };
  }
  return undefined;
}

/** Text as UTF-8 bytes, one character each, without what would end the header. */
function toHeader(text: string): string {
  const line = text.replaceAll(/\p{Cc}+/gu, " ");
  return /^[ -~]*$/.test(line) ? line : Buffer.from(line, "utf8").toString("latin1");
}
