import { AuthenticationFailure } from "../auth/sigv4-failure";
import type { Seal } from "../auth/sigv4";
import { credentialScope, sameSignature, sha256, sign } from "../auth/sigv4-key";
import { AwsError } from "../service";
import type { WireRequest } from "./message";

const emptyHash = sha256("");

/**
 * Undoes the aws-chunked encoding that S3 clients stream uploads in, and holds signed chunks against their chain of
 * signatures. Trailers join the headers. Source: "Signature calculations for the authorization header: Transferring a
 * payload in multiple chunks" in the S3 API reference. Requests in one piece come back as they are.
 */
export function withoutChunks(request: WireRequest, seal: Seal | undefined): WireRequest {
  const mode = request.headers["x-amz-content-sha256"] ?? "";
  if (!mode.startsWith("STREAMING-")) return request;
  const signed = mode.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  if (!signed && mode !== "STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    throw new AwsError("NotImplemented", `The payload mode ${mode.slice(0, 64)} is not implemented.`, { status: 501 });
  const chain = signed && seal ? new Chain(seal) : undefined;
  const { chunks, end } = readChunks(request.body, chain);
  const body = Buffer.concat(chunks);
  const announced = request.headers["x-amz-decoded-content-length"];
  if (announced === undefined) {
    throw new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", { status: 411 });
  }
  if (Number(announced) !== body.length) throw incomplete();
  const trailers = mode.endsWith("-TRAILER") ? readTrailers(request.body, end, chain) : {};
  checkTrailers(request, trailers);
  const headers = {
    ...request.headers,
    ...trailers,
    "content-length": String(body.length),
    "content-encoding": remainingEncoding(request.headers["content-encoding"]),
  };
  return { ...request, headers, body };
}

/** Each chunk's signature covers the one before it. */
class Chain {
  private previous: string;

  constructor(private readonly seal: Seal) {
    this.previous = seal.claim.signature;
  }

  check(data: Uint8Array, signature: string): void {
    this.link("AWS4-HMAC-SHA256-PAYLOAD", `${emptyHash}\n${sha256(data)}`, signature);
  }

  checkTrailer(text: string, signature: string): void {
    this.link("AWS4-HMAC-SHA256-TRAILER", sha256(Buffer.from(text, "latin1")), signature);
  }

  private link(algorithm: string, hashes: string, signature: string): void {
    const { claim, key } = this.seal;
    const stringToSign = `${algorithm}\n${claim.amzDate}\n${credentialScope(claim)}\n${this.previous}\n${hashes}`;
    if (!sameSignature(sign(key, stringToSign), signature)) {
      throw new AuthenticationFailure("mismatch", "A chunk's signature does not match.", {
        StringToSign: stringToSign,
        SignatureProvided: signature.slice(0, 64),
      });
    }
    this.previous = signature;
  }
}

/** `400;chunk-signature=…\r\n` and so many bytes, until a chunk of none. `end` is where the trailers begin. */
function readChunks(
  body: Uint8Array,
  chain: Chain | undefined,
): { readonly chunks: Uint8Array[]; readonly end: number } {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at, "latin1");
    if (lineEnd < 0 || lineEnd - at > 256) throw incomplete();
    const head = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(bytes.toString("latin1", at, lineEnd));
    if (!head) throw incomplete();
    const size = Number.parseInt(head[1] as string, 16);
    const start = lineEnd + 2;
    if (start + size > bytes.length) throw incomplete();
    const data = bytes.subarray(start, start + size);
    chain?.check(data, head[2] ?? "");
    if (size === 0) return { chunks, end: start };
    if (bytes.toString("latin1", start + size, start + size + 2) !== "\r\n") throw incomplete();
    chunks.push(data);
    at = start + size + 2;
  }
}

function readTrailers(body: Uint8Array, start: number, chain: Chain | undefined): Record<string, string> {
  const trailers: Record<string, string> = {};
  let signature: string | undefined;
  let signedText = "";
  for (const line of Buffer.from(body).toString("latin1", start).split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    if (name === "x-amz-trailer-signature") signature = value;
    else if (/^x-amz-checksum-[a-z0-9]+$/.test(name)) {
      trailers[name] = value;
      signedText += `${name}:${value}\n`;
    }
  }
  chain?.checkTrailer(signedText, signature ?? "");
  return trailers;
}

function checkTrailers(request: WireRequest, trailers: Readonly<Record<string, string>>): void {
  const announced = request.headers["x-amz-trailer"]?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  if (announced.every((name) => name in trailers)) return;
  throw new AwsError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
    { status: 400 },
  );
}

function remainingEncoding(encoding: string | undefined): string | undefined {
  const left = encoding
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "aws-chunked" && part !== "");
  return left && left.length > 0 ? left.join(",") : undefined;
}

function incomplete(): AwsError {
  return new AwsError("IncompleteBody", "The request body terminated unexpectedly", { status: 400 });
}
