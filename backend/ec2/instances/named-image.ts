import { AwsError, type Context } from "../../service";
import { findParameter } from "../../ssm/public-parameters";

const fromParameter = "resolve:ssm:";

/**
 * The image that a launch names: by id, or by a parameter that holds one, `resolve:ssm:/aws/service/marketplace/…`
 * (Amazon EC2 User Guide, "Reference AMIs using Systems Manager parameters").
 */
export function imageIdOf(ctx: Context, named: string | undefined): string {
  if (named === undefined) throw new AwsError("MissingParameter", "The request must contain the parameter ImageId");
  if (!named.startsWith(fromParameter)) return named;
  const name = named.slice(fromParameter.length);
  const value = findParameter(ctx, name)?.value;
  if (value !== undefined) return value;
  throw new AwsError("InvalidParameterValue", `The SSM parameter ${name} was not found.`);
}
