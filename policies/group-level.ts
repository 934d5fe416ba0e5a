import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { accessLevels, isAccessLevel } from "../marketplace/access/levels";
import { grantsBeyond } from "../marketplace/access/beyond-level";
import { resourceTypes } from "./resource-types";

/** @pulumi/aws's way to give a group a policy. */
const attachmentType = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const inlineType = "aws:iam/groupPolicy:GroupPolicy";

interface Config {
  readonly highest?: Readonly<Record<string, string>>;
}

/** A group's name promises what its members may do; what is attached besides breaks the promise. */
export const groupLevel: StackValidationPolicy = {
  name: "group-level",
  description: "A group of subscribers may do what its level says, and no more.",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      highest: {
        type: "object",
        description: "The highest level that a group may have, by the group's name.",
        additionalProperties: { enum: [...accessLevels] },
      },
    },
  },
  validateStack: ({ resources, getConfig }, report) => {
    const { highest = {} } = getConfig<Config>();
    for (const { type, urn, name, props } of resources) {
      if (type !== resourceTypes.accessGroup) continue;
      const group = String(props["name"] ?? name);
      const level: unknown = props["level"];
      if (!isAccessLevel(level)) continue;
      const limit = Object.hasOwn(highest, group) ? highest[group] : undefined;
      if (isAccessLevel(limit) && accessLevels.indexOf(level) > accessLevels.indexOf(limit)) {
        report(`Group ${group} has level ${level}, and ${limit} is its highest.`, urn);
      }
      for (const policy of attachedTo(group, resources).filter((one) => grantsBeyond(level, one))) {
        report(`Group ${group} has level ${level} and policy ${policy} besides, which may grant more. Detach it.`, urn);
      }
    }
  },
};

function attachedTo(group: string, resources: readonly PolicyResource[]): string[] {
  return resources.flatMap(({ type, name, props }) => {
    if (type === attachmentType && props["group"] === group) return [String(props["policyArn"])];
    return type === inlineType && props["group"] === group ? [String(props["name"] ?? name)] : [];
  });
}
