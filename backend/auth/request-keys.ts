import type { Context } from "../service";
import type { ContextKeys } from "./policy";

/**
 * Condition keys that every request has, besides those of its caller: IAM User Guide, "AWS global condition context
 * keys". `aws:SecureTransport` is true: AWS is reached by TLS only, and so is it by a program that here speaks plain
 * HTTP to its own machine. Nobody signs in with a second factor: `aws:MultiFactorAuthPresent` is false for temporary
 * credentials and, as at AWS, absent for those that last.
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
    "aws:MultiFactorAuthPresent": caller.accessKeyId?.startsWith("ASIA") === true ? "false" : undefined,
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
