import type {
  CreateBucketOutput,
  CreateBucketRequest,
  DeleteBucketRequest,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  GetBucketVersioningOutput,
  GetBucketVersioningRequest,
  HeadBucketOutput,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
} from "@aws-sdk/client-s3";
import { regionIsEnabled } from "../ec2/regions";
import { AwsError, type Context } from "../service";
import { canonicalId } from "./accounts";
import { checkBucketName } from "./bucket-names";
import { bucketAnywhere, bucketOf, buckets, locationOf, ownBucket, type Bucket } from "./buckets";
import { readMark, writeMark } from "./marks";
import { objects } from "./objects";
import { dropUploads } from "./uploads";

/** What a new bucket blocks since April 2023: S3 user guide, "Blocking public access to your Amazon S3 storage". */
const everythingBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/**
 * Makes a bucket in the request's region, or from us-east-1 in the one that LocationConstraint names. As on the real
 * service it starts private: public access blocked, ACLs disabled. Fails with InvalidBucketName, BucketAlreadyExists,
 * BucketAlreadyOwnedByYou (except in us-east-1, where making it again is fine) and IllegalLocationConstraintException.
 */
export function createBucket(ctx: Context, input: CreateBucketRequest): CreateBucketOutput {
  const name = input.Bucket ?? "";
  checkBucketName(name);
  const region = wantedRegion(ctx, input.CreateBucketConfiguration?.LocationConstraint);
  const ownership = input.ObjectOwnership ?? "BucketOwnerEnforced";
  if (input.ACL !== undefined && input.ACL !== "private" && ownership === "BucketOwnerEnforced") {
    throw new AwsError(
      "InvalidBucketAclWithObjectOwnership",
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      { status: 400 },
    );
  }
  const there = buckets(ctx.market).get(name);
  if (there) return answerTaken(ctx, there, region);
  buckets(ctx.market).put(name, {
    name,
    region,
    ownership,
    owner: ctx.caller.accountId,
    created: ctx.market.clock.now().toISOString(),
    acl: "private",
    publicAccessBlock: everythingBlocked,
    tags: {},
  });
  return { Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}` };
}

function wantedRegion(ctx: Context, constraint: string | undefined): string {
  const wanted = constraint === "EU" ? "eu-west-1" : constraint;
  if (wanted === undefined || wanted === "") {
    if (ctx.region === "us-east-1") return ctx.region;
    throw illegalLocation(
      "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.",
    );
  }
  if (wanted === "us-east-1" || !regionIsEnabled(wanted)) {
    throw new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid", {
      status: 400,
      members: { LocationConstraint: wanted },
    });
  }
  if (ctx.region !== "us-east-1" && ctx.region !== wanted) {
    throw illegalLocation(
      `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return wanted;
}

function illegalLocation(message: string): AwsError {
  return new AwsError("IllegalLocationConstraintException", message, { status: 400 });
}

function answerTaken(ctx: Context, bucket: Bucket, region: string): CreateBucketOutput {
  if (bucket.owner !== ctx.caller.accountId) {
    throw new AwsError(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. " +
        "Please select a different name and try again.",
      { status: 409, members: { BucketName: bucket.name } },
    );
  }
  if (bucket.region === "us-east-1" && region === "us-east-1") return { Location: `/${bucket.name}` };
  throw new AwsError(
    "BucketAlreadyOwnedByYou",
    "Your previous request to create the named bucket succeeded and you already own it.",
    { status: 409, members: { BucketName: bucket.name } },
  );
}

/** Whether the bucket is there and the caller may list it; says its region. */
export function headBucket(ctx: Context, input: HeadBucketRequest): HeadBucketOutput {
  const bucket = bucketOf(ctx, input);
  return { BucketRegion: bucket.region, BucketArn: `arn:aws:s3:::${bucket.name}`, AccessPointAlias: false };
}

/** Where the bucket is; nothing stands for us-east-1. */
export function getBucketLocation(ctx: Context, input: GetBucketLocationRequest): GetBucketLocationOutput {
  const bucket = bucketAnywhere(ctx, input);
  return { LocationConstraint: locationOf(bucket) };
}

/** Buckets here keep one version of each object, so there is nothing to say. */
export function getBucketVersioning(ctx: Context, input: GetBucketVersioningRequest): GetBucketVersioningOutput {
  ownBucket(ctx, input);
  return {};
}

/** The caller's buckets in all regions, by name. */
export function listBuckets(ctx: Context, input: ListBucketsRequest): ListBucketsOutput {
  const after = input.ContinuationToken === undefined ? "" : readMark(input.ContinuationToken);
  const mine = [...buckets(ctx.market).list(input.Prefix ?? "")]
    .map(([, bucket]) => bucket)
    .filter((bucket) => bucket.owner === ctx.caller.accountId && bucket.name > after)
    .filter((bucket) => input.BucketRegion === undefined || bucket.region === input.BucketRegion);
  const page = mine.slice(0, input.MaxBuckets ?? 10_000);
  const last = page.at(-1);
  const paged = input.MaxBuckets !== undefined || input.ContinuationToken !== undefined;
  return {
    Buckets: page.map((bucket) => ({
      Name: bucket.name,
      CreationDate: new Date(bucket.created),
      BucketRegion: paged || input.BucketRegion !== undefined ? bucket.region : undefined,
    })),
    Owner: { ID: canonicalId(ctx.caller.accountId) },
    ContinuationToken: last && page.length < mine.length ? writeMark(last.name) : undefined,
    Prefix: input.Prefix,
  };
}

/** Deletes the caller's bucket. Fails with BucketNotEmpty while there are objects in it. */
export function deleteBucket(ctx: Context, input: DeleteBucketRequest): object {
  const bucket = ownBucket(ctx, input);
  for (const _ of objects(ctx.market).list(`${bucket.name}/`)) {
    throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", {
      status: 409,
      members: { BucketName: bucket.name },
    });
  }
  dropUploads(ctx.market, bucket.name);
  buckets(ctx.market).delete(bucket.name);
  return {};
}
