import type {
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  DeletedObject,
  ObjectIdentifier,
} from "@aws-sdk/client-s3";
import { AwsError, type Context } from "../service";
import { mayAct } from "./access";
import { bucketOf, type Bucket } from "./buckets";
import { checkWriteConditions } from "./conditions";
import { deleteObjectRecord, findObject } from "./objects";

/** Deletes an object; deleting what is not there is fine. */
export function deleteObject(ctx: Context, input: DeleteObjectRequest): object {
  const bucket = bucketOf(ctx, input);
  const key = input.Key ?? "";
  if (input.IfMatch !== undefined) checkWriteConditions(findObject(ctx.market, bucket.name, key), input);
  deleteObjectRecord(ctx.market, bucket.name, key);
  return {};
}

/** Deletes up to 1000 objects, and tells of each, or with Quiet only of those that could not be. */
export function deleteObjects(ctx: Context, input: DeleteObjectsRequest): DeleteObjectsOutput {
  const bucket = bucketOf(ctx, input);
  const asked = input.Delete?.Objects ?? [];
  if (asked.length < 1 || asked.length > 1000) {
    throw new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      { status: 400 },
    );
  }
  const outcomes = asked.map((each) => deleteOne(ctx, bucket, each));
  return {
    Deleted: input.Delete?.Quiet ? [] : outcomes.flatMap((outcome) => outcome.deleted ?? []),
    Errors: outcomes.flatMap((outcome) => outcome.error ?? []),
  };
}

interface Outcome {
  readonly deleted?: DeletedObject;
  readonly error?: { readonly Key: string; readonly Code: string; readonly Message: string };
}

function deleteOne(ctx: Context, bucket: Bucket, { Key = "", ETag }: ObjectIdentifier): Outcome {
  if (!mayAct(ctx, bucket, "s3:DeleteObject", Key)) {
    return { error: { Key, Code: "AccessDenied", Message: "Access Denied" } };
  }
  try {
    if (ETag !== undefined) checkWriteConditions(findObject(ctx.market, bucket.name, Key), { IfMatch: ETag });
  } catch (refusal) {
    if (!(refusal instanceof AwsError)) throw refusal;
    return { error: { Key, Code: refusal.code, Message: refusal.message } };
  }
  deleteObjectRecord(ctx.market, bucket.name, Key);
  return { deleted: { Key } };
}
