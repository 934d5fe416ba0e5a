import type { StorageClass } from "@aws-sdk/client-s3";

/** Classes are kept and told; here they all take no time to read. */
export function readStorageClass(asked: StorageClass | undefined): StorageClass {
  return asked ?? "STANDARD";
}
