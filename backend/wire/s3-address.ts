import type { WireRequest } from "./message";

/** `bucket.s3.us-east-1.amazonaws.com`, `bucket.s3.localhost`, `bucket.localhost`; a bare `s3.…` names no bucket. */
const virtualHost = /^(?!s3[.-])(.+?)\.(?:s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com|localhost)|localhost)$/i;

/** Bucket and rest of an S3 address: the bucket is the first part of the path, or of the host. */
export function s3Address(
  host: string | undefined,
  rawPath: string,
): { readonly routePath: string; readonly labels: Readonly<Record<string, string>> } {
  const [, virtual] = virtualHost.exec(host?.replace(/:\d+$/, "") ?? "") ?? [];
  if (virtual !== undefined) return { routePath: rawPath, labels: { Bucket: virtual } };
  const slash = rawPath.indexOf("/", 1);
  const bucket = decodeURIComponent(slash < 0 ? rawPath.slice(1) : rawPath.slice(1, slash));
  if (bucket === "") return { routePath: rawPath, labels: {} };
  return { routePath: slash < 0 ? "/" : rawPath.slice(slash), labels: { Bucket: bucket } };
}

/** Clients that presign an address move x-amz headers into its query, where S3 takes them just as well. */
export function withHoistedHeaders(request: WireRequest): WireRequest {
  const hoisted = request.query.filter(([name]) => /^x-amz-/i.test(name) && !signatureParameters.test(name));
  if (hoisted.length === 0) return request;
  const headers = Object.fromEntries(
    hoisted.map(([name, value]) => [name.toLowerCase(), Buffer.from(value).toString("latin1")]),
  );
  return { ...request, headers: { ...headers, ...request.headers } };
}

const signatureParameters = /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token)$/i;
