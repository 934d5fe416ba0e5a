import { AwsError, type Context } from "../service";

/** The same statuses for every operation: IAM API Reference, "Errors" of each. */
export const noSuchEntity = (message: string) => new AwsError("NoSuchEntity", message, { status: 404 });
export const alreadyExists = (message: string) => new AwsError("EntityAlreadyExists", message, { status: 409 });
export const deleteConflict = (message: string) => new AwsError("DeleteConflict", message, { status: 409 });
export const invalidInput = (message: string) => new AwsError("InvalidInput", message, { status: 400 });
export const malformedPolicy = (message: string) => new AwsError("MalformedPolicyDocument", message, { status: 400 });

/** Refuses what would go past a quota that holds for everyone: IAM User Guide, "IAM and AWS STS quotas". */
export function keepWithin(count: number, most: number, message: string): void {
  if (count > most) throw new AwsError("LimitExceeded", message, { status: 409 });
}

/** The same for how many of a kind an account has, where this marketplace enforces such quotas. */
export function keepAccountWithin(ctx: Context, count: number, most: number, quota: string): void {
  if (ctx.market.limits) keepWithin(count, most, `Cannot exceed quota for ${quota}: ${most}`);
}
