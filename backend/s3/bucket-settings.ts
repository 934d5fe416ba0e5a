import type {
  DeleteBucketOwnershipControlsRequest,
  DeleteBucketPolicyRequest,
  DeletePublicAccessBlockRequest,
  GetBucketOwnershipControlsOutput,
  GetBucketOwnershipControlsRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  GetBucketPolicyStatusOutput,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PutBucketOwnershipControlsRequest,
  PutBucketPolicyRequest,
  PutPublicAccessBlockRequest,
} from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { checkBucketPolicy, opensToAll } from "./bucket-policy";
import { accessDenied, buckets, ownBucket, type Bucket } from "./buckets";

/** Sets the bucket's policy. Where the bucket blocks public policies, one that lets everybody in is AccessDenied. */
export function putBucketPolicy(ctx: Context, input: PutBucketPolicyRequest): object {
  const bucket = ownBucket(ctx, input);
  const policy = input.Policy ?? "";
  checkBucketPolicy(bucket.name, policy);
  if (bucket.publicAccessBlock?.BlockPublicPolicy && opensToAll(policy)) {
    throw accessDenied(
      `User: ${ctx.caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" ` +
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
    );
  }
  change(ctx, bucket, { policy });
  return {};
}

export function getBucketPolicy(ctx: Context, input: GetBucketPolicyRequest): GetBucketPolicyOutput {
  return { Policy: policyOf(ownBucket(ctx, input)) };
}

/** Whether the bucket's policy lets everybody in. */
export function getBucketPolicyStatus(ctx: Context, input: GetBucketPolicyRequest): GetBucketPolicyStatusOutput {
  return { PolicyStatus: { IsPublic: opensToAll(policyOf(ownBucket(ctx, input))) } };
}

function policyOf(bucket: Bucket): string {
  if (bucket.policy !== undefined) return bucket.policy;
  throw missing("NoSuchBucketPolicy", "The bucket policy does not exist", bucket);
}

export function deleteBucketPolicy(ctx: Context, input: DeleteBucketPolicyRequest): object {
  change(ctx, ownBucket(ctx, input), { policy: undefined });
  return {};
}

/** Sets which kinds of public access the bucket blocks; what is not named is not blocked. */
export function putPublicAccessBlock(ctx: Context, input: PutPublicAccessBlockRequest): object {
  const wanted = input.PublicAccessBlockConfiguration ?? {};
  change(ctx, ownBucket(ctx, input), {
    publicAccessBlock: {
      BlockPublicAcls: wanted.BlockPublicAcls ?? false,
      IgnorePublicAcls: wanted.IgnorePublicAcls ?? false,
      BlockPublicPolicy: wanted.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: wanted.RestrictPublicBuckets ?? false,
    },
  });
  return {};
}

export function getPublicAccessBlock(ctx: Context, input: GetPublicAccessBlockRequest): GetPublicAccessBlockOutput {
  const bucket = ownBucket(ctx, input);
  if (bucket.publicAccessBlock) return { PublicAccessBlockConfiguration: bucket.publicAccessBlock };
  throw missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", bucket);
}

export function deletePublicAccessBlock(ctx: Context, input: DeletePublicAccessBlockRequest): object {
  change(ctx, ownBucket(ctx, input), { publicAccessBlock: undefined });
  return {};
}

/** Says who owns new objects, and with that whether ACLs work. */
export function putBucketOwnershipControls(ctx: Context, input: PutBucketOwnershipControlsRequest): object {
  const rules = input.OwnershipControls?.Rules ?? [];
  const ownership = rules[0]?.ObjectOwnership;
  if (rules.length !== 1 || ownership === undefined) {
    throw new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      { status: 400 },
    );
  }
  change(ctx, ownBucket(ctx, input), { ownership });
  return {};
}

export function getBucketOwnershipControls(
  ctx: Context,
  input: GetBucketOwnershipControlsRequest,
): GetBucketOwnershipControlsOutput {
  return { OwnershipControls: { Rules: [{ ObjectOwnership: ownBucket(ctx, input).ownership }] } };
}

/** Without controls a bucket is as before 2021: objects belong to who writes them. */
export function deleteBucketOwnershipControls(ctx: Context, input: DeleteBucketOwnershipControlsRequest): object {
  change(ctx, ownBucket(ctx, input), { ownership: "ObjectWriter" });
  return {};
}

function change(ctx: Context, bucket: Bucket, settings: Partial<Bucket>): void {
  buckets(ctx.market).put(bucket.name, { ...bucket, ...settings });
}

function missing(code: string, message: string, bucket: Bucket): AwsError {
  return new AwsError(code, message, { status: 404, members: { BucketName: bucket.name } });
}
