import { accessLevels, type AccessLevel, levelPolicies } from "./levels";
import { managedPolicyArn } from "./policy-document";

/**
 * Whether a policy attached to a group may let its members do more than the group's level says. The policies of the
 * level itself and of lower ones do not; of any other nothing is known here, so it counts as more.
 */
export function grantsBeyond(level: AccessLevel, policyArn: string): boolean {
  const within = accessLevels.slice(0, accessLevels.indexOf(level) + 1).map((one) => levelPolicies[one]);
  return !within.some((name) => managedPolicyArn(name) === policyArn);
}
