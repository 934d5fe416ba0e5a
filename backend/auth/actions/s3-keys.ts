import type { ContextKeys } from "../policy";

/** What the requests of S3's operations name. */
export interface Asked {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  /** `team=sales&cost=7` where it is a header; as an element it is the operation's own subject. */
  readonly Tagging?: string | object | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly CopySource?: string | undefined;
  readonly MetadataDirective?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** Condition keys of requests about a bucket or an object: Amazon S3 User Guide, "Policy keys for Amazon S3". */
export function keysOfObject(input: Asked): ContextKeys {
  return {
    "s3:x-amz-acl": input.ACL,
    "s3:x-amz-grant-full-control": input.GrantFullControl,
    "s3:x-amz-grant-read": input.GrantRead,
    "s3:x-amz-grant-read-acp": input.GrantReadACP,
    "s3:x-amz-grant-write": input.GrantWrite,
    "s3:x-amz-grant-write-acp": input.GrantWriteACP,
    "s3:x-amz-storage-class": input.StorageClass,
    "s3:x-amz-server-side-encryption": input.ServerSideEncryption,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": input.SSEKMSKeyId,
    "s3:x-amz-server-side-encryption-customer-algorithm": input.SSECustomerAlgorithm,
    "s3:x-amz-website-redirect-location": input.WebsiteRedirectLocation,
    "s3:x-amz-copy-source": input.CopySource,
    "s3:x-amz-metadata-directive": input.MetadataDirective,
    "s3:if-match": input.IfMatch,
    "s3:if-none-match": input.IfNoneMatch,
    "s3:versionid": input.VersionId,
    ...keysOfTags(input.Tagging),
  };
}

export function keysOfListing({ Prefix, Delimiter, MaxKeys }: Asked): ContextKeys {
  return {
    "s3:prefix": Prefix,
    "s3:delimiter": Delimiter,
    "s3:max-keys": MaxKeys === undefined ? undefined : String(MaxKeys),
  };
}

/** Whether the request says who else may read or write what it makes. */
export function writesAcl(input: Asked): boolean {
  const { ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  return [ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some((one) => one !== undefined);
}

function keysOfTags(tagging: Asked["Tagging"]): ContextKeys {
  const tags = tagsIn(tagging);
  if (tags.length === 0) return {};
  const named = tags.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value] as const);
  return { ...Object.fromEntries(named), "s3:RequestObjectTagKeys": tags.map(([key]) => key) };
}

function tagsIn(tagging: Asked["Tagging"]): readonly (readonly [string, string])[] {
  if (typeof tagging === "string") return [...new URLSearchParams(tagging)];
  if (tagging === undefined || !("TagSet" in tagging) || !Array.isArray(tagging.TagSet)) return [];
  const set: readonly { readonly Key?: string; readonly Value?: string }[] = tagging.TagSet;
  return set.map(({ Key = "", Value = "" }) => [Key, Value]);
}
