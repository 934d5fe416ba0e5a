import { AwsError, type Context } from "../service";
import { imagesIn } from "./things";

/** 3 to 128 of the characters that RegisterImage documents; unique among the account's images in the region. */
export function checkImageName(ctx: Context, name: string): void {
  if (!/^[a-zA-Z0-9()[\] ./\-'@_]{3,128}$/.test(name)) {
    throw new AwsError(
      "InvalidAMIName.Malformed",
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '[', ']', ' ', '.', '/', '-', ''', '@' and '_'",
    );
  }
  const taken = imagesIn(ctx.market, ctx.region)
    .all()
    .find((image) => image.owner === ctx.caller.accountId && image.name === name);
  if (taken) throw new AwsError("InvalidAMIName.Duplicate", `AMI name ${name} is already in use by AMI ${taken.id}`);
}
