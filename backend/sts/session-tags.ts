import type { AssumeRoleRequest } from "@aws-sdk/client-sts";
import type { Tags } from "../iam/records";
import { AwsError } from "../service";
import type { Session } from "./sessions";

/** What a session is tagged with, and which of the tags go over to the next. */
export interface SessionTags {
  /** As the request passes them. */
  readonly passed: Tags;
  /** Those, and what the session before hands on. */
  readonly tags: Tags;
  readonly transitive: readonly string[];
}

/**
 * The tags of a session that begins, which another one may begin: IAM User Guide, "Pass session tags in AWS STS". A tag
 * that is handed on cannot be set anew.
 *
 * @throws AwsError for keys that are given twice, in whatever case; that are transitive without being passed; or that
 * the session before hands on.
 */
export function sessionTags(request: AssumeRoleRequest, before: Session | undefined): SessionTags {
  const { Tags: given = [], TransitiveTagKeys: transitive = [] } = request;
  const keys = given.map(({ Key = "" }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  const handed = (before?.transitiveTags ?? []).map((key): [string, string] => [key, before?.tags?.[key] ?? ""]);
  if (handed.some(([key]) => keys.includes(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const handedOn = transitive.map((key) => {
    const tag = given[keys.indexOf(key.toLowerCase())];
    if (tag?.Key !== undefined) return tag.Key;
    throw invalid(`The specified transitive tag key ${key} must be included in the requested tags.`);
  });
  const passed = Object.fromEntries(given.map(({ Key = "", Value = "" }) => [Key, Value]));
  return {
    passed,
    tags: { ...passed, ...Object.fromEntries(handed) },
    transitive: [...handed.map(([key]) => key), ...handedOn],
  };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message, { status: 400 });
}
