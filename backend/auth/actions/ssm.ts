import type { Context } from "../../service";
import type { Need, Rights } from "../need";

interface Asked {
  readonly Name?: string;
  readonly Names?: readonly string[];
}

/** AWS Systems Manager: Service Authorization Reference, "Actions, resources, and condition keys for AWS Systems Manager". */
export const rights: Rights = {
  GetParameter: reading("ssm:GetParameter"),
  GetParameters: reading("ssm:GetParameters"),
};

function reading(action: string) {
  return ({ region }: Context, { Name, Names = [] }: Asked): Need[] =>
    [...Names, ...(Name === undefined ? [] : [Name])].map((name) => {
      const resource = name.startsWith("arn:") ? name : `arn:aws:ssm:${region}::parameter/${name.replace(/^\//, "")}`;
      return { action, resource };
    });
}
