import { AwsError, type Context } from "../service";

/** The same statuses for every operation: IAM API Reference, "Errors" of each. */
export const noSuchEntity = (message: string) => new AwsError("NoSuchEntity", message, { status: 404 });
export const alreadyExists = (message: string) => new AwsError("EntityAlreadyExists", message, { status: 409 });
export const deleteConflict = (message: string) => new AwsError("DeleteConflict", message, { status: 409 });
export const invalidInput = (message: string) => new AwsError("InvalidInput", message, { status: 400 });
export const malformedPolicy = (message: string) => new AwsError("MalformedPolicyDocument", message, { status: 400 });
export const unmodifiable = (message: string) => new AwsError("UnmodifiableEntity", message, { status: 400 });

/** Refuses what would go past a quota: IAM User Guide, "IAM and AWS STS quotas". */
export function keepWithin(ctx: Context, count: number, most: number, message: string): void {
  if (ctx.market.limits && count > most) throw new AwsError("LimitExceeded", message, { status: 409 });
}
