import type { IamInstanceProfileSpecification } from "@aws-sdk/client-ec2";
import { arnOf, instanceProfiles, type InstanceProfile } from "../../iam/records";
import { AwsError, type Context } from "../../service";

/** The instance profile that a launch names, of the caller's account; InvalidParameterValue where there is none. */
export function launchProfile(ctx: Context, asked: IamInstanceProfileSpecification): { arn: string; id: string } {
  const profile = findProfile(ctx, asked);
  if (profile !== undefined) return { arn: arnOf("instance-profile", profile), id: profile.id };
  const [parameter, value] = asked.Arn === undefined ? ["name", asked.Name] : ["arn", asked.Arn];
  throw new AwsError(
    "InvalidParameterValue",
    `Value (${value}) for parameter iamInstanceProfile.${parameter} is invalid. Invalid IAM Instance Profile ${parameter}`,
  );
}

/** The profile that is named, if there is one. */
export function findProfile(ctx: Context, { Arn, Name }: IamInstanceProfileSpecification): InstanceProfile | undefined {
  for (const [, profile] of instanceProfiles(ctx.market.store).list(`${ctx.caller.accountId}/`)) {
    if (Arn === undefined ? profile.name === Name : arnOf("instance-profile", profile) === Arn) return profile;
  }
  return undefined;
}
