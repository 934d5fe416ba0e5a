import type { WireRequest } from "../wire/message";
import type { Claim } from "./sigv4-claim";

/**
 * The canonical form of a request, which both sides sign: "Create a signed AWS API request" in the IAM guide. Characters
 * beyond ASCII are single bytes (Latin-1), as they were on the wire.
 */
export function canonicalRequest(request: WireRequest, claim: Claim, payloadHash: string): string {
  const headers = claim.signedHeaders
    .map((name) => `${name}:${canonicalValue(request.headers[name] ?? "")}\n`)
    .join("");
  return `${request.method}\n${canonicalPath(request.rawPath, claim.service)}\n${canonicalQuery(request.query)}\n${headers}\n${claim.signedHeaders.join(";")}\n${payloadHash}`;
}

/** S3 signs the path as sent, every other service the path encoded once more and without dot segments. */
function canonicalPath(rawPath: string, service: string): string {
  if (rawPath === "/") return "/";
  if (service === "s3")
    return rawPath
      .split("/")
      .map((part) => encode(decode(part)))
      .join("/");
  return withoutDots(rawPath).split("/").map(encode).join("/") || "/";
}

function withoutDots(path: string): string {
  if (!path.includes("//") && !path.includes("/.")) return path;
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return `/${kept.join("/")}${path.endsWith("/") && kept.length > 0 ? "/" : ""}`;
}

function canonicalQuery(query: WireRequest["query"]): string {
  if (query.length === 0) return "";
  return query
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function canonicalValue(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes("  ") ? trimmed.replaceAll(/ +/g, " ") : trimmed;
}

function encode(text: string): string {
  if (/^[A-Za-z0-9\-._~]*$/.test(text)) return text;
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A path that cannot be decoded was refused before; what is left decodes. */
function decode(part: string): string {
  return part.includes("%") ? decodeURIComponent(part) : part;
}
