import { AwsError } from "../service";
import type { StoredObject } from "./objects";

/** Conditions of a request on the object as it is (RFC 9110, section 13). */
export interface Conditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** Refuses to read an object that the conditions leave out: PreconditionFailed, or NotModified (304). */
export function checkReadConditions(object: StoredObject, asked: Conditions): void {
  const modified = Math.floor(Date.parse(object.modified) / 1000) * 1000;
  if (asked.IfMatch !== undefined) {
    if (!etagIsAmong(object.etag, asked.IfMatch)) throw preconditionFailed("If-Match");
  } else if (asked.IfUnmodifiedSince && modified > asked.IfUnmodifiedSince.getTime()) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (asked.IfNoneMatch !== undefined) {
    if (etagIsAmong(object.etag, asked.IfNoneMatch)) throw notModified();
  } else if (asked.IfModifiedSince && modified <= asked.IfModifiedSince.getTime()) throw notModified();
}

/** The same for the source of a copy, where every failed condition is a PreconditionFailed. */
export function checkCopyConditions(object: StoredObject, asked: Conditions): void {
  try {
    checkReadConditions(object, asked);
  } catch (refusal) {
    if (refusal instanceof AwsError && refusal.code === "NotModified")
      throw preconditionFailed("x-amz-copy-source-If-");
    throw refusal;
  }
}

/** Refuses to write: `If-None-Match: *` where an object is, If-Match where it is another or none. */
export function checkWriteConditions(
  current: StoredObject | undefined,
  asked: Pick<Conditions, "IfMatch" | "IfNoneMatch">,
): void {
  if (asked.IfNoneMatch !== undefined && asked.IfNoneMatch !== "*") {
    throw new AwsError("NotImplemented", "A header you provided implies functionality that is not implemented", {
      status: 501,
      members: { Header: "If-None-Match" },
    });
  }
  if (asked.IfNoneMatch === "*" && current) throw preconditionFailed("If-None-Match");
  if (asked.IfMatch === undefined) return;
  if (!current) throw new AwsError("NoSuchKey", "The specified key does not exist.", { status: 404 });
  if (!etagIsAmong(current.etag, asked.IfMatch)) throw preconditionFailed("If-Match");
}

function etagIsAmong(etag: string, list: string): boolean {
  const bare = etag.replaceAll('"', "");
  return list
    .split(",")
    .map((each) => each.trim().replace(/^W\//, "").replaceAll('"', ""))
    .some((each) => each === "*" || each === bare);
}

function preconditionFailed(condition: string): AwsError {
  return new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    status: 412,
    members: { Condition: condition },
  });
}

function notModified(): AwsError {
  return new AwsError("NotModified", "Not Modified", { status: 304 });
}
