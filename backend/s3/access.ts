import { compiled } from "../auth/policies-of";
import { decide, RequestContext } from "../auth/policy";
import { mayDo } from "../auth/rights";
import type { Context } from "../service";
import { accessDenied, bucketOf, type Bucket } from "./buckets";
import { objectOf, type StoredObject } from "./objects";

interface ObjectRequest {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * Whether the caller may do this to the bucket, or to the key in it: its own account unless the bucket's policy denies
 * it; others when both that policy and their own policies allow it.
 */
export function mayAct(ctx: Context, bucket: Bucket, action: string, key?: string): boolean {
  const decision = mayDo(ctx.market, ctx.caller, action, arnOf(bucket, key), {}, bucketSide(bucket));
  return decision.allowed || (bucket.owner === ctx.caller.accountId && !decision.explicit);
}

/** The bucket of a request if the caller may do this to it, or to the request's key; AccessDenied otherwise. */
export function bucketFor(ctx: Context, input: ObjectRequest, action: string): Bucket {
  const bucket = bucketOf(ctx, input);
  if (mayAct(ctx, bucket, action, input.Key)) return bucket;
  throw accessDenied();
}

/**
 * The object of a request that the caller may read. Who may not list the bucket learns nothing of what is not there:
 * AccessDenied in place of NoSuchKey (GetObject, API reference, "Permissions").
 */
export function readableObject(ctx: Context, input: ObjectRequest, action = "s3:GetObject"): StoredObject {
  const bucket = bucketOf(ctx, input);
  const key = input.Key ?? "";
  const allowed = mayAct(ctx, bucket, action, key);
  if (allowed && mayAct(ctx, bucket, "s3:ListBucket")) return objectOf(ctx.market, bucket.name, key, input.VersionId);
  try {
    const object = objectOf(ctx.market, bucket.name, key, input.VersionId);
    if (allowed || (action === "s3:GetObject" && aclOpens(bucket, object, "signed"))) return object;
  } catch {
    throw accessDenied();
  }
  throw accessDenied();
}

/** Whether everybody may read the object, signed or not: through the bucket's policy or its ACL. */
export function isReadByAll(bucket: Bucket, object: StoredObject): boolean {
  const request = {
    requester: { kind: "anonymous" },
    action: "s3:GetObject",
    resource: arnOf(bucket, object.key),
    context: new RequestContext({}),
  } as const;
  const decision = decide(request, { identity: [], resource: bucketSide(bucket) });
  if (decision.explicit) return false;
  if (decision.allowed && !bucket.publicAccessBlock?.RestrictPublicBuckets) return true;
  return aclOpens(bucket, object, "anybody");
}

function aclOpens(bucket: Bucket, object: StoredObject, to: "signed" | "anybody"): boolean {
  if (bucket.ownership === "BucketOwnerEnforced" || bucket.publicAccessBlock?.IgnorePublicAcls) return false;
  if (object.acl === "public-read" || object.acl === "public-read-write") return true;
  return to === "signed" && object.acl === "authenticated-read";
}

function bucketSide(bucket: Bucket) {
  const policy = bucket.policy === undefined ? undefined : compiled(bucket.policy, "resource");
  return { accountId: bucket.owner, policy };
}

function arnOf(bucket: Bucket, key: string | undefined): string {
  return `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}`;
}
