import type { CreateBucketRequest } from "@aws-sdk/client-s3";
import { needOn } from "../../s3/access";
import { type Bucket, bucketAnywhere, bucketOf } from "../../s3/buckets";
import type { Context } from "../../service";
import type { Need, Needs, Rights } from "../need";
import { type Asked, keysOfListing, keysOfObject, writesAcl } from "./s3-keys";

/**
 * Amazon S3: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations". A bucket that is not there is
 * told before anything is decided. Handlers that read an object ask by themselves, as the answer depends on whether it is
 * there and on its ACL; that of DeleteObjects asks for each key.
 */
export const rights: Rights = {
  AbortMultipartUpload: onObject("AbortMultipartUpload"),
  CompleteMultipartUpload: onObject("PutObject"),
  CopyObject: writing,
  CreateBucket: creating,
  CreateMultipartUpload: writing,
  DeleteBucket: onBucket("DeleteBucket"),
  DeleteBucketOwnershipControls: onBucket("PutBucketOwnershipControls"),
  DeleteBucketPolicy: unlessRoot(onBucket("DeleteBucketPolicy")),
  DeleteBucketTagging: onBucket("PutBucketTagging"),
  DeleteObject: onObject("DeleteObject"),
  DeleteObjectTagging: atItsObject,
  DeleteObjects: atItsObject,
  DeletePublicAccessBlock: onBucket("PutBucketPublicAccessBlock"),
  GetBucketAcl: onBucket("GetBucketAcl"),
  GetBucketLocation: (ctx: Context, input: Asked) => [needOn(bucketAnywhere(ctx, input), "s3:GetBucketLocation")],
  GetBucketOwnershipControls: onBucket("GetBucketOwnershipControls"),
  GetBucketPolicy: unlessRoot(onBucket("GetBucketPolicy")),
  GetBucketPolicyStatus: onBucket("GetBucketPolicyStatus"),
  GetBucketTagging: onBucket("GetBucketTagging"),
  GetBucketVersioning: onBucket("GetBucketVersioning"),
  GetObject: atItsObject,
  GetObjectAcl: atItsObject,
  GetObjectTagging: atItsObject,
  GetPublicAccessBlock: onBucket("GetBucketPublicAccessBlock"),
  HeadBucket: onBucket("ListBucket"),
  HeadObject: atItsObject,
  ListBuckets: () => [{ action: "s3:ListAllMyBuckets", resource: "arn:aws:s3:::*" }],
  ListMultipartUploads: onBucket("ListBucketMultipartUploads"),
  ListObjects: listing,
  ListObjectsV2: listing,
  ListParts: onObject("ListMultipartUploadParts"),
  PutBucketAcl: onBucket("PutBucketAcl"),
  PutBucketOwnershipControls: onBucket("PutBucketOwnershipControls"),
  PutBucketPolicy: unlessRoot(onBucket("PutBucketPolicy")),
  PutBucketTagging: onBucket("PutBucketTagging"),
  PutObject: writing,
  PutObjectAcl: atItsObject,
  PutObjectTagging: atItsObject,
  PutPublicAccessBlock: onBucket("PutBucketPublicAccessBlock"),
  UploadPart: onObject("PutObject"),
  UploadPartCopy: onObject("PutObject"),
};

function atItsObject(): readonly Need[] {
  return [];
}

function onBucket(action: string): Needs<Asked> {
  return (ctx, input) => [needOn(bucketOf(ctx, input), `s3:${action}`, undefined, keysOfObject(input))];
}

function onObject(action: string): Needs<Asked> {
  return (ctx, input) => [objectNeed(bucketOf(ctx, input), action, input)];
}

function objectNeed(bucket: Bucket, action: string, input: Asked): Need {
  return needOn(bucket, `s3:${action}`, input.Key ?? "", keysOfObject(input));
}

/** An ACL or tags of the new object need rights of their own: API reference, "PutObject". */
function writing(ctx: Context, input: Asked): readonly Need[] {
  const bucket = bucketOf(ctx, input);
  return [
    objectNeed(bucket, "PutObject", input),
    ...(writesAcl(input) ? [objectNeed(bucket, "PutObjectAcl", input)] : []),
    ...(input.Tagging === undefined ? [] : [objectNeed(bucket, "PutObjectTagging", input)]),
  ];
}

function listing(ctx: Context, input: Asked): readonly Need[] {
  return [needOn(bucketOf(ctx, input), "s3:ListBucket", undefined, keysOfListing(input))];
}

/** Nobody owns what is not there yet: the caller's own policies decide. */
function creating(_ctx: Context, input: CreateBucketRequest & Asked): readonly Need[] {
  const keys = {
    ...keysOfObject(input),
    "s3:locationconstraint": input.CreateBucketConfiguration?.LocationConstraint,
    "s3:x-amz-object-ownership": input.ObjectOwnership,
  };
  const actions = [
    "CreateBucket",
    ...(writesAcl(input) ? ["PutBucketAcl"] : []),
    ...(input.ObjectOwnership === undefined ? [] : ["PutBucketOwnershipControls"]),
  ];
  return actions.map((action) => ({ action: `s3:${action}`, resource: `arn:aws:s3:::${input.Bucket}`, keys }));
}

/** A policy that shuts everybody out can still be mended by the owner's root: API reference, "PutBucketPolicy". */
function unlessRoot(needs: Needs<Asked>): Needs<Asked> {
  return (ctx, input) => {
    const owns = ctx.caller.kind === "root" && bucketOf(ctx, input).owner === ctx.caller.accountId;
    return owns ? [] : needs(ctx, input);
  };
}
