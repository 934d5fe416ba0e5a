import { parameter, type WireRequest } from "../wire/message";
import { AuthenticationFailure } from "./sigv4-failure";

/** What a request says about its signature; nothing in it is proven yet. */
export interface Claim {
  readonly accessKeyId: string;
  /** `20260102` */
  readonly date: string;
  readonly region: string;
  /** The signing name: `aws-marketplace`, `s3`. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260102T030405Z` */
  readonly amzDate: string;
  readonly sessionToken?: string;
  /** Signed in the address; then it is valid for so many seconds. */
  readonly presignedFor?: number;
}

type Signed = Pick<WireRequest, "headers" | "query">;

const algorithm = "AWS4-HMAC-SHA256";
const week = 604_800;

/** Service and region that a request claims to be signed for, read before anything else is known. */
export function claimedScope(request: Signed): { readonly service: string; readonly region: string } | undefined {
  const { authorization } = request.headers;
  if (hasSigV2(request)) return { service: "s3", region: "us-east-1" };
  const credential =
    authorization === undefined
      ? parameter(request, "X-Amz-Credential")
      : /Credential=([^\s,]+)/.exec(authorization.slice(0, 4096))?.[1];
  const parts = credential?.split("/") ?? [];
  const [region, service] = parts.slice(-3);
  return parts.length >= 5 && region && service ? { region, service } : undefined;
}

/** Whether an address carries a signature of version 2, as boto3 and the aws CLI presign for S3 in us-east-1. */
export function hasSigV2(request: Signed): boolean {
  return request.headers["authorization"] === undefined && parameter(request, "AWSAccessKeyId") !== undefined;
}

/** Whether a request does not even claim to be signed. */
export function isUnsigned(request: Signed): boolean {
  const signs = ["X-Amz-Algorithm", "X-Amz-Credential", "AWSAccessKeyId"];
  return (
    request.headers["authorization"] === undefined && signs.every((name) => parameter(request, name) === undefined)
  );
}

/**
 * The claim of a request, from its Authorization header or its query parameters. Sources: "Authenticating Requests (AWS
 * Signature Version 4)" in the S3 API reference and "AWS Signature Version 4 for API requests" in the IAM guide.
 *
 * @throws AuthenticationFailure when there is none or it lacks a part.
 */
export function readClaim(request: Signed): Claim {
  const { authorization } = request.headers;
  if (authorization !== undefined) return fromHeader(authorization, request.headers);
  if (parameter(request, "X-Amz-Algorithm") !== undefined || parameter(request, "X-Amz-Credential") !== undefined)
    return fromQuery(request);
  throw new AuthenticationFailure("missing", "Missing Authentication Token");
}

function fromHeader(authorization: string, headers: WireRequest["headers"]): Claim {
  if (!authorization.startsWith(`${algorithm} `)) {
    throw new AuthenticationFailure(
      "incomplete",
      `Unsupported authorization type: only ${algorithm} signatures are understood. Authorization=${authorization.split(" ", 1)[0]?.slice(0, 64)}`,
    );
  }
  const fields = new Map<string, string>();
  for (const part of authorization.slice(algorithm.length + 1).split(",")) {
    const equals = part.indexOf("=");
    if (equals > 0) fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const amzDate = headers["x-amz-date"] ?? compact(headers["date"]);
  const lacking = [
    ...["Credential", "Signature", "SignedHeaders"]
      .filter((name) => !fields.get(name))
      .map((name) => `Authorization header requires '${name}' parameter.`),
    ...(amzDate === undefined
      ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]
      : []),
  ];
  if (lacking.length > 0) throw new AuthenticationFailure("incomplete", lacking.join(" "));
  return {
    ...scopeOf(fields.get("Credential") as string, "incomplete"),
    signedHeaders: (fields.get("SignedHeaders") as string).toLowerCase().split(";"),
    signature: fields.get("Signature") as string,
    amzDate: amzDate as string,
    sessionToken: headers["x-amz-security-token"],
  };
}

function fromQuery(request: Signed): Claim {
  const names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"];
  const values = names.map((name) => parameter(request, name));
  const [method, credential, amzDate, signedHeaders, signature] = values;
  if (!method || !credential || !amzDate || !signedHeaders || !signature) {
    throw new AuthenticationFailure(
      "malformed-parameters",
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  }
  if (method !== algorithm)
    throw new AuthenticationFailure("malformed-parameters", `X-Amz-Algorithm only supports "${algorithm}"`);
  return {
    ...scopeOf(credential, "malformed-parameters"),
    signedHeaders: signedHeaders.toLowerCase().split(";"),
    signature,
    amzDate,
    sessionToken: parameter(request, "X-Amz-Security-Token"),
    presignedFor: lifetime(parameter(request, "X-Amz-Expires")),
  };
}

/** Services other than S3 let clients leave it out. */
function lifetime(expires: string | undefined): number {
  if (expires === undefined) return 900;
  if (!/^-?\d{1,15}$/.test(expires))
    throw new AuthenticationFailure("malformed-parameters", "X-Amz-Expires should be a number");
  const seconds = Number(expires);
  if (seconds < 0) throw new AuthenticationFailure("malformed-parameters", "X-Amz-Expires must be non-negative");
  if (seconds > week) {
    throw new AuthenticationFailure(
      "malformed-parameters",
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    );
  }
  return seconds;
}

function scopeOf(
  credential: string,
  reason: "incomplete" | "malformed-parameters",
): Pick<Claim, "accessKeyId" | "date" | "region" | "service"> {
  const parts = credential.split("/");
  const [date, region, service, terminator] = parts.slice(-4);
  const accessKeyId = parts.slice(0, -4).join("/");
  if (!accessKeyId || !date || !/^\d{8}$/.test(date) || !region || !service || terminator !== "aws4_request") {
    throw new AuthenticationFailure(
      reason,
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential.slice(0, 128)}'`,
    );
  }
  return { accessKeyId, date, region, service };
}

/** `Fri, 02 Jan 2026 03:04:05 GMT` as `20260102T030405Z`. */
function compact(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  if (/^\d{8}T\d{6}Z$/.test(date)) return date;
  const time = Date.parse(date);
  if (Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
}
