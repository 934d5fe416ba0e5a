import { type Asked as ObjectRequest, keysOfObject } from "../auth/actions/s3-keys";
import { decisionOn } from "../auth/authorize";
import { denial } from "../auth/denial";
import type { Need } from "../auth/need";
import { compiled } from "../auth/policies-of";
import { type ContextKeys, decide, RequestContext } from "../auth/policy";
import type { Context } from "../service";
import { bucketOf, type Bucket } from "./buckets";
import { findObject, objectOf, type StoredObject } from "./objects";

/** The right to do this to the bucket, or to the key in it; the bucket's policy has its say. */
export function needOn(bucket: Bucket, action: string, key?: string, keys: ContextKeys = {}): Need {
  const policy = bucket.policy === undefined ? undefined : compiled(bucket.policy, "resource");
  const owned = { "s3:ResourceAccount": bucket.owner, ...keys };
  return { action, resource: arnOf(bucket, key), keys: owned, resourceSide: { accountId: bucket.owner, policy } };
}

/** Whether the caller may do this to the bucket, or to the key in it. */
export function mayAct(ctx: Context, bucket: Bucket, action: string, key?: string): boolean {
  return decisionOn(ctx, needOn(bucket, action, key)).allowed;
}

/**
 * The object of a request that the caller may treat so. Who may not list the bucket learns nothing of what is not there:
 * AccessDenied in place of NoSuchKey (GetObject, API reference, "Permissions").
 */
export function readableObject(ctx: Context, input: ObjectRequest, action = "s3:GetObject"): StoredObject {
  const bucket = bucketOf(ctx, input);
  const key = input.Key ?? "";
  const keys = {
    ...keysOfObject(input),
    ...keysOfExistingTags(findObject(ctx.market, bucket.name, key)),
  };
  const need = needOn(bucket, action, key, keys);
  const decision = decisionOn(ctx, need);
  const refusal = () => denial("restXml", ctx, need, decision);
  let object: StoredObject;
  try {
    object = objectOf(ctx.market, bucket.name, key, input.VersionId);
  } catch (missing) {
    throw decision.allowed && mayAct(ctx, bucket, "s3:ListBucket") ? missing : refusal();
  }
  const open = action === "s3:GetObject" && !decision.explicit && aclOpens(bucket, object, "signed");
  if (decision.allowed || open) return object;
  throw refusal();
}

function keysOfExistingTags(object: StoredObject | undefined): ContextKeys {
  const tags = Object.entries(object?.tags ?? {});
  return Object.fromEntries(tags.map(([key, value]) => [`s3:ExistingObjectTag/${key}`, value]));
}

/** Whether everybody may read the object, signed or not: through the bucket's policy or its ACL. */
export function isReadByAll(bucket: Bucket, object: StoredObject): boolean {
  const { action, resource, resourceSide } = needOn(bucket, "s3:GetObject", object.key);
  const requester = { kind: "anonymous" } as const;
  const context = new RequestContext({});
  const decision = decide({ requester, action, resource, context }, { identity: [], resource: resourceSide });
  if (decision.explicit) return false;
  if (decision.allowed && !bucket.publicAccessBlock?.RestrictPublicBuckets) return true;
  return aclOpens(bucket, object, "anybody");
}

function aclOpens(bucket: Bucket, object: StoredObject, to: "signed" | "anybody"): boolean {
  if (bucket.ownership === "BucketOwnerEnforced" || bucket.publicAccessBlock?.IgnorePublicAcls) return false;
  if (object.acl === "public-read" || object.acl === "public-read-write") return true;
  return to === "signed" && object.acl === "authenticated-read";
}

function arnOf(bucket: Bucket, key: string | undefined): string {
  return `arn:aws:s3:::${bucket.name}${key === undefined ? "" : `/${key}`}`;
}
