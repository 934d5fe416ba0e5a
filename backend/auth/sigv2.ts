import { createHmac } from "node:crypto";
import { parameter, type WireRequest } from "../wire/message";
import { checkKey, type Authenticated, type KnownKey, type Times } from "./sigv4";
import { AuthenticationFailure } from "./sigv4-failure";
import { sameText } from "./sigv4-key";

/** Parameters that name a part of a bucket or object, or change the reply's headers; signed with the path. */
const signedParameters = new Set(
  (
    "accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics notification " +
    "object-lock partNumber policy replication requestPayment response-cache-control response-content-disposition " +
    "response-content-encoding response-content-language response-content-type response-expires restore select " +
    "select-type storageClass tagging torrent uploadId uploads versionId versioning versions website"
  ).split(" "),
);

/**
 * Who presigned an address with version 2. Source: "Signing and authenticating REST requests (AWS signature version 2)"
 * in the S3 user guide.
 *
 * @throws AuthenticationFailure with the reason when nobody known did, or its time is over.
 */
export function authenticateSigV2(
  request: WireRequest,
  findKey: (accessKeyId: string) => KnownKey | undefined,
  times: Times,
): Authenticated {
  const accessKeyId = parameter(request, "AWSAccessKeyId") ?? "";
  const signature = parameter(request, "Signature");
  const expires = parameter(request, "Expires");
  if (signature === undefined || expires === undefined || !/^\d{1,12}$/.test(expires)) {
    throw new AuthenticationFailure(
      "unsigned-headers",
      "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    );
  }
  const end = Number(expires) * 1000;
  if (times.real.getTime() > end) {
    throw new AuthenticationFailure("expired-request", "Request has expired", {
      Expires: new Date(end).toISOString(),
      ServerTime: times.real.toISOString(),
    });
  }
  const known = findKey(accessKeyId);
  const details = { AWSAccessKeyId: accessKeyId };
  if (!known) throw new AuthenticationFailure("unknown-key", "The access key is not known.", details);
  const text = stringToSign(request, expires);
  const expected = createHmac("sha1", known.secretAccessKey).update(text, "latin1").digest("base64");
  if (!sameText(expected, signature)) {
    throw new AuthenticationFailure("mismatch", "The signature does not match.", {
      ...details,
      StringToSign: text,
      SignatureProvided: signature,
    });
  }
  checkKey(known, parameter(request, "x-amz-security-token") ?? request.headers["x-amz-security-token"], times.market);
  return { caller: known.caller, region: "us-east-1", signature: { version: "AWS", place: "address" } };
}

function stringToSign(request: WireRequest, expires: string): string {
  const given = new Map<string, string>();
  for (const [name, value] of request.query) given.set(name.toLowerCase(), Buffer.from(value).toString("latin1"));
  for (const [name, value] of Object.entries(request.headers)) given.set(name, value as string);
  const headers = [...given]
    .filter(([name]) => name.startsWith("x-amz-"))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join("");
  const [md5, type] = [given.get("content-md5") ?? "", given.get("content-type") ?? ""];
  return `${request.method}\n${md5}\n${type}\n${expires}\n${headers}${resource(request)}`;
}

/** The path with its bucket, wherever the address has it, and what of the query is signed. */
function resource(request: WireRequest): string {
  const bucket = request.labels?.["Bucket"];
  const inHost = bucket !== undefined && request.rawPath === request.routePath;
  const parameters = request.query
    .filter(([name]) => signedParameters.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  const path = inHost ? `/${bucket}${request.rawPath}` : request.rawPath;
  return parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
}
