import { AwsError, type Context, type Service } from "../service";
import { findParameter, type PublicParameter } from "./public-parameters";

interface GetParameterInput {
  readonly Name: string;
}

interface GetParametersInput {
  readonly Names: readonly string[];
}

/** AWS Systems Manager, as far as public parameters name images: they are read, and nobody writes them. */
export const service: Service = {
  handlers: {
    GetParameter(ctx: Context, { Name }: GetParameterInput) {
      const found = findParameter(ctx, nameIn(ctx, Name));
      if (found === undefined) throw new AwsError("ParameterNotFound", "");
      return { Parameter: answer(ctx, found) };
    },
    GetParameters(ctx: Context, { Names }: GetParametersInput) {
      const found = Names.map((name) => ({ name, parameter: findParameter(ctx, nameIn(ctx, name)) }));
      return {
        Parameters: found.flatMap(({ parameter }) => (parameter === undefined ? [] : [answer(ctx, parameter)])),
        InvalidParameters: found.flatMap(({ name, parameter }) => (parameter === undefined ? [name] : [])),
      };
    },
  },
};

/** A parameter is named plainly or by its ARN. */
function nameIn({ region }: Context, asked: string): string {
  return asked.startsWith(arnStart(region)) ? asked.slice(arnStart(region).length) : asked;
}

function answer({ region }: Context, { name, value, type, dataType, version, modified }: PublicParameter) {
  return {
    Name: name,
    Type: type,
    Value: value,
    Version: version,
    LastModifiedDate: new Date(modified),
    ARN: `${arnStart(region)}${name}`,
    DataType: dataType,
  };
}

/** ARNs of public parameters name no account. */
function arnStart(region: string): string {
  return `arn:aws:ssm:${region}::parameter`;
}
