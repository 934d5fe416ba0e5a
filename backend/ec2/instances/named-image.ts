import { AwsError, type Context } from "../../service";
import { findParameter } from "../../ssm/public-parameters";

const fromParameter = "resolve:ssm:";

/**
 * The image that a launch names: by id, or by a parameter that holds one, `resolve:ssm:/aws/service/marketplace/…`
 * (Amazon EC2 User Guide, "Reference AMIs using Systems Manager parameters").
 */
export function imageIdOf(ctx: Context, named: string | undefined): string {
  if (named === undefined) throw new AwsError("MissingParameter", "The request must contain the parameter ImageId");
  const id = findImageId(ctx, named);
  if (id !== undefined) return id;
  throw new AwsError("InvalidParameterValue", `The SSM parameter ${named.slice(fromParameter.length)} was not found.`);
}

/** The id, or undefined for a parameter that does not exist. */
export function findImageId(ctx: Context, named: string): string | undefined {
  return named.startsWith(fromParameter) ? findParameter(ctx, named.slice(fromParameter.length))?.value : named;
}
