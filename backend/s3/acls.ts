import type {
  GetBucketAclOutput,
  GetBucketAclRequest,
  GetObjectAclOutput,
  GetObjectAclRequest,
  Grant,
  ObjectCannedACL,
  PutBucketAclRequest,
  PutObjectAclRequest,
} from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { readableObject } from "./access";
import { canonicalId } from "./accounts";
import { accessDenied, bucketOf, buckets, ownBucket, type Bucket } from "./buckets";
import { putObjectRecord } from "./objects";

interface AclInput {
  readonly ACL?: ObjectCannedACL | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/**
 * The canned ACL of a new object. Where the bucket enforces its owner (every new one does) there are no ACLs but
 * bucket-owner-full-control: AccessControlListNotSupported. Where it blocks public ACLs, a public one is AccessDenied.
 */
export function readObjectAcl(bucket: Bucket, input: AclInput): ObjectCannedACL {
  const granted = [input.GrantFullControl, input.GrantRead, input.GrantReadACP, input.GrantWriteACP];
  if (granted.some((each) => each !== undefined)) {
    if (bucket.ownership === "BucketOwnerEnforced") throw aclsAreOff();
    throw new AwsError("NotImplemented", "Grants by header are not implemented; use a canned ACL", { status: 501 });
  }
  const acl = input.ACL ?? "private";
  if (bucket.ownership === "BucketOwnerEnforced" && acl !== "bucket-owner-full-control" && input.ACL !== undefined) {
    throw aclsAreOff();
  }
  const isPublic = acl === "public-read" || acl === "public-read-write" || acl === "authenticated-read";
  if (isPublic && bucket.publicAccessBlock?.BlockPublicAcls) throw accessDenied();
  return acl;
}

function aclsAreOff(): AwsError {
  return new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs", { status: 400 });
}

export function putObjectAcl(ctx: Context, input: PutObjectAclRequest): object {
  const bucket = bucketOf(ctx, input);
  const object = readableObject(ctx, input, "s3:PutObjectAcl");
  if (input.AccessControlPolicy) refuseAclDocuments(bucket);
  putObjectRecord(ctx.market, { ...object, acl: readObjectAcl(bucket, input) });
  return {};
}

export function getObjectAcl(ctx: Context, input: GetObjectAclRequest): GetObjectAclOutput {
  const object = readableObject(ctx, input, "s3:GetObjectAcl");
  return { Owner: { ID: canonicalId(object.owner) }, Grants: grantsOf(object.owner, object.acl) };
}

export function putBucketAcl(ctx: Context, input: PutBucketAclRequest): object {
  const bucket = ownBucket(ctx, input);
  if (input.AccessControlPolicy) refuseAclDocuments(bucket);
  const acl = readObjectAcl(bucket, input) as Bucket["acl"];
  buckets(ctx.market).put(bucket.name, { ...bucket, acl });
  return {};
}

function refuseAclDocuments(bucket: Bucket): never {
  if (bucket.ownership === "BucketOwnerEnforced") throw aclsAreOff();
  throw new AwsError("NotImplemented", "ACL documents are not implemented; use a canned ACL", { status: 501 });
}

export function getBucketAcl(ctx: Context, input: GetBucketAclRequest): GetBucketAclOutput {
  const bucket = ownBucket(ctx, input);
  return { Owner: { ID: canonicalId(bucket.owner) }, Grants: grantsOf(bucket.owner, bucket.acl) };
}

function grantsOf(owner: string, acl: ObjectCannedACL): Grant[] {
  const own: Grant = { Grantee: { Type: "CanonicalUser", ID: canonicalId(owner) }, Permission: "FULL_CONTROL" };
  switch (acl) {
    case "public-read":
      return [own, group("AllUsers", "READ")];
    case "public-read-write":
      return [own, group("AllUsers", "READ"), group("AllUsers", "WRITE")];
    case "authenticated-read":
      return [own, group("AuthenticatedUsers", "READ")];
    default:
      return [own];
  }
}

function group(name: string, Permission: "READ" | "WRITE"): Grant {
  return { Grantee: { Type: "Group", URI: `http://acs.amazonaws.com/groups/global/${name}` }, Permission };
}
