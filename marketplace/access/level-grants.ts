import { buyingAnything, seeingAgreements } from "./agreement-statements";
import { levelDocument } from "./level-document";
import { type AccessLevel, levelPolicies } from "./levels";
import { managedPolicyArn, type Grants, type Statement } from "./policy-document";
import { askingForProducts } from "./request-statements";

/**
 * What of a level AWS's policy allows in the console only, as `aws-marketplace:ViewSubscriptions` and `Subscribe`. Programs
 * call the Agreement API, whose operations are actions of their own: Access control for the AWS Marketplace Agreement API.
 * They ask for products by the Catalog API.
 * The policies are AWSMarketplaceRead-only v13, AWSMarketplaceManageSubscriptions v9 and AWSMarketplaceFullAccess v7.
 */
const lackingForPrograms: Readonly<Record<AccessLevel, readonly Statement[]>> = {
  view: seeingAgreements,
  subscribe: [...seeingAgreements, buyingAnything, askingForProducts],
  "full-control": [],
};

/**
 * What a group of that level is given: AWS's managed policy, with one of its own for what that lacks; or with products
 * only a policy of its own, limited to them.
 */
export function levelGrants(level: AccessLevel, products?: readonly string[]): Grants {
  if (products !== undefined) return { managed: [], own: levelDocument(level, products) };
  const managed = [managedPolicyArn(levelPolicies[level])];
  const lacking = lackingForPrograms[level];
  return lacking.length === 0 ? { managed } : { managed, own: { Version: "2012-10-17", Statement: lacking } };
}
