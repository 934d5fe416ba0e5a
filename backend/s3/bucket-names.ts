import { AwsError } from "../service";

/** S3 user guide, "General purpose bucket naming rules". Fails with InvalidBucketName. */
export function checkBucketName(name: string): void {
  if (isBucketName(name)) return;
  throw new AwsError("InvalidBucketName", "The specified bucket is not valid.", {
    status: 400,
    members: { BucketName: name },
  });
}

/** 3 to 63 lower-case letters, digits, dots and hyphens; no address, no reserved beginning or end. */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !["xn--", "sthree-"].some((prefix) => name.startsWith(prefix)) &&
    !["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"].some((suffix) => name.endsWith(suffix))
  );
}
