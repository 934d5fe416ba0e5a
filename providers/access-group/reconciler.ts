import { checkAccessGroup } from "../../marketplace/access/checks";
import { levelGrants } from "../../marketplace/access/level-grants";
import { accessLevels, isAccessLevel, levelPolicies } from "../../marketplace/access/levels";
import { accessPath } from "../../marketplace/access/one-group";
import { type Grants, managedPolicyArn } from "../../marketplace/access/policy-document";
import { grantingGroup } from "../iam/granting-group";
import type { Properties } from "../provider";

/** An IAM group of subscribers, with what its level calls for. */
export const accessGroup = grantingGroup({
  type: "AccessGroup",
  inputNames: ["name", "level", "leastPrivilege", "productIds", "connection"],
  path: accessPath,
  check: checkAccessGroup,
  grants: grantsOf,
  decisive: ["level", "leastPrivilege", "productIds"],
  recognise: (policies) => ({
    level: accessLevels.find((level) => policies.includes(managedPolicyArn(levelPolicies[level]))),
  }),
});

function grantsOf({ level, leastPrivilege, productIds }: Properties): Grants {
  if (!isAccessLevel(level)) return { managed: [] };
  const products = Array.isArray(productIds) ? productIds.map(String) : [];
  return levelGrants(level, leastPrivilege === true ? products : undefined);
}
