import { type Client, type Context, isTemporary } from "../service";
import type { ContextKeys } from "./policy";

/**
 * Condition keys that every request has, besides those of its caller: IAM User Guide, "AWS global condition context
 * keys". `aws:SecureTransport` is true: AWS is reached by TLS only, and so is it by a program that here speaks plain
 * HTTP to its own machine. Nobody signs in with a second factor: `aws:MultiFactorAuthPresent` is false for temporary
 * credentials and, as at AWS, absent for those that last; its age is always absent.
 *
 * Accounts here are in no organization, requests come through no endpoint of a VPC, and no service makes them for
 * somebody, so that `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`, `aws:ResourceOrgID`, `aws:SourceVpc`, `aws:SourceVpce`,
 * `aws:CalledVia`, `aws:SourceArn` and `aws:SourceAccount` are absent.
 */
export function keysOfRequest({ caller, client, region }: Context): ContextKeys {
  return {
    "aws:SourceIp": client?.address,
    "aws:UserAgent": client?.agent,
    "aws:Referer": client?.referer,
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": region,
    "aws:PrincipalIsAWSService": "false",
    "aws:ViaAWSService": "false",
    "aws:MultiFactorAuthPresent": isTemporary(caller) ? "false" : undefined,
    ...keysOfSignature(client),
  };
}

/** Amazon S3 User Guide, "Amazon S3 Signature Version 4 authentication specific policy keys". */
function keysOfSignature({ signature, contentHash }: Client = {}): ContextKeys {
  if (signature === undefined) return {};
  const presigned = signature.place === "address";
  return {
    "s3:authType": presigned ? "REST-QUERY-STRING" : "REST-HEADER",
    "s3:signatureversion": signature.version,
    "s3:signatureAge": presigned && signature.age !== undefined ? String(signature.age) : undefined,
    "s3:x-amz-content-sha256": contentHash,
  };
}

/** The tags that a request would set: `aws:RequestTag/team` and `aws:TagKeys`. */
export function keysOfRequestTags(tags: readonly TagPair[] | undefined): ContextKeys {
  if (tags === undefined || tags.length === 0) return {};
  const named = tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value] as const);
  return { ...Object.fromEntries(named), "aws:TagKeys": tags.map(({ Key = "" }) => Key) };
}

/** The tags that a resource has: `aws:ResourceTag/team`, and under a service's own name (`ec2:ResourceTag/team`). */
export function keysOfResourceTags(
  tags: Readonly<Record<string, string>>,
  prefixes: readonly string[] = ["aws"],
): ContextKeys {
  const entries = Object.entries(tags);
  return Object.fromEntries(
    prefixes.flatMap((prefix) => entries.map(([key, value]) => [`${prefix}:ResourceTag/${key}`, value])),
  );
}

interface TagPair {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}
