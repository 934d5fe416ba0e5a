import type * as pulumi from "@pulumi/pulumi";
import type { PortalPage } from "../../marketplace/access/portal-pages";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface PortalAccessArgs {
  /** The group's name in IAM, at most 128 characters; the resource's own name by default. */
  readonly name?: pulumi.Input<string>;
  /** All that can be given out, or some of `marketing`, `support-eligibility`, `reports`, `manage-products`, `file-upload`, `settings`. */
  readonly pages: pulumi.Input<"all" | readonly pulumi.Input<PortalPage>[]>;
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * Pages of the AWS Marketplace Management Portal for a part of a seller's team: an IAM group with exactly the policies
 * that these pages need. A person may be in several such groups. What somebody attaches or detaches by hand is found by
 * refresh, and put right by the next `up`.
 *
 * **Deleting** it takes its members and policies out, then deletes the group.
 *
 * @example
 * const finance = new PortalAccess("MarketplaceFinance", { pages: ["reports", "support-eligibility"] });
 * new GroupMembership("bob-finance", { user: "bob", group: finance.name });
 */
export class PortalAccess extends MarketplaceResource {
  /** The group's name, the resource's id as well. */
  declare readonly name: pulumi.Output<string>;
  declare readonly pages: pulumi.Output<"all" | readonly PortalPage[]>;
  declare readonly arn: pulumi.Output<string>;
  /** Where in IAM it lives: below `/marketplace/portal/`. */
  declare readonly path: pulumi.Output<string>;
  /** ARNs of the managed policies that are attached. */
  declare readonly policies: pulumi.Output<readonly string[]>;

  constructor(name: string, args: PortalAccessArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["arn", "path", "policies", "inlinePolicies", "policyArn", "policyDocument"];
    super("PortalAccess", name, { ...args, name: args.name ?? name }, outputs, opts);
  }
}
