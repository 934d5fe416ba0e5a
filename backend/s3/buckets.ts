import type { BucketLocationConstraint, ObjectOwnership, PublicAccessBlockConfiguration } from "@aws-sdk/client-s3";
import { AwsError, type Context, type Market } from "../service";

/** A bucket as it is kept; names are unique in the whole marketplace. */
export interface Bucket {
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  readonly created: string;
  readonly ownership: ObjectOwnership;
  readonly acl: "private" | "public-read" | "public-read-write" | "authenticated-read";
  /** Absent once deleted: nothing is blocked then. */
  readonly publicAccessBlock?: PublicAccessBlockConfiguration;
  /** The policy document, as it came. */
  readonly policy?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export const buckets = (market: Market) => market.store.table<Bucket>("s3-buckets");

interface BucketRequest {
  readonly Bucket?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/**
 * The bucket of a request: it exists, is in the request's region and belongs to whom the request expects. Fails with
 * NoSuchBucket, PermanentRedirect or AccessDenied. Says nothing about what the caller may do with it.
 */
export function bucketOf(ctx: Context, input: BucketRequest): Bucket {
  const bucket = bucketAnywhere(ctx, input);
  if (bucket.region === ctx.region) return bucket;
  throw new AwsError(
    "PermanentRedirect",
    "The bucket you are attempting to access must be addressed using the specified endpoint. " +
      "Please send all future requests to this endpoint.",
    {
      status: 301,
      members: {
        Bucket: bucket.name,
        Endpoint: `${bucket.name}.s3.${bucket.region}.amazonaws.com`,
        BucketRegion: bucket.region,
      },
    },
  );
}

/** The same, whatever the region. */
export function bucketAnywhere(ctx: Pick<Context, "market">, input: BucketRequest): Bucket {
  const name = input.Bucket ?? "";
  const bucket = buckets(ctx.market).get(name);
  if (!bucket) {
    throw new AwsError("NoSuchBucket", "The specified bucket does not exist", {
      status: 404,
      members: { BucketName: name },
    });
  }
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== bucket.owner) throw accessDenied();
  return bucket;
}

/** A bucket of the caller's own account; only its owner may change how it is set up. */
export function ownBucket(ctx: Context, input: BucketRequest): Bucket {
  const bucket = bucketOf(ctx, input);
  if (bucket.owner !== ctx.caller.accountId) throw accessDenied();
  return bucket;
}

export function accessDenied(message = "Access Denied"): AwsError {
  return new AwsError("AccessDenied", message, { status: 403 });
}

/** us-east-1 is written as nothing: GetBucketLocation, API reference. */
export function locationOf(bucket: Bucket): BucketLocationConstraint | undefined {
  return bucket.region === "us-east-1" ? undefined : (bucket.region as BucketLocationConstraint);
}
