import type { IncomingMessage } from "node:http";

/** A request as it arrived, body and all. */
export interface WireRequest {
  readonly method: string;
  /** The path, still percent-encoded. */
  readonly rawPath: string;
  /** What operations are found by: the path, still encoded; for S3 without the bucket, `/` and the object's key. */
  readonly routePath: string;
  /** In the order they came, decoded; a parameter without a value has the empty one. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case; what came several times is joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Members of the input that the address carries besides the path: S3's bucket. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

/** Headers by lower-case name. Bytes beyond ASCII stay as Latin-1 characters, as they must be for signatures. */
export function headersOf(message: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  const raw = message.rawHeaders;
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? raw[i + 1] : `${before},${raw[i + 1]}`;
  }
  return headers;
}

/** The value of a query parameter, the first one where there are several. */
export function parameter(request: Pick<WireRequest, "query">, name: string): string | undefined {
  for (const [key, value] of request.query) if (key === name) return value;
  return undefined;
}

/** Splits `a=1&b` as a form does: `+` is a space. Throws URIError where percent-encoding or UTF-8 is wrong. */
export function splitForm(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  if (text === "") return pairs;
  for (const part of text.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) pairs.push([decodeForm(part), ""]);
    else pairs.push([decodeForm(part.slice(0, equals)), decodeForm(part.slice(equals + 1))]);
  }
  return pairs;
}

function decodeForm(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
}
