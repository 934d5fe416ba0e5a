import type * as pulumi from "@pulumi/pulumi";
import type { AccessLevel } from "../../marketplace/access/levels";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface AccessGroupArgs {
  /** The group's name in IAM, at most 128 characters; the resource's own name by default. */
  readonly name?: pulumi.Input<string>;
  /**
   * - `view`: see subscriptions, change nothing (AWSMarketplaceRead-only)
   * - `subscribe`: subscribe and unsubscribe, no instances (AWSMarketplaceManageSubscriptions)
   * - `full-control`: that, and launch, start, stop and terminate instances (AWSMarketplaceFullAccess)
   *
   * The first two add a policy of the group's own: AWS's allow seeing and subscribing in the console, not in the API.
   */
  readonly level: pulumi.Input<AccessLevel>;
  /** A policy made for this group, limited to `productIds`, in place of AWS's managed one. */
  readonly leastPrivilege?: pulumi.Input<boolean>;
  /** The products that may be subscribed to: `prod-1a2b3c4d5e6f7`. With `leastPrivilege` only, and needed there unless the level is view. */
  readonly productIds?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The subscriber's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A group of people who buy on AWS Marketplace: an IAM group with exactly the policies of its level. What somebody
 * attaches or detaches by hand is found by refresh, and put right by the next `up`.
 *
 * **Deleting** it takes its members and policies out, then deletes the group.
 *
 * @example
 * const buyers = new AccessGroup("MarketplaceSubscribers", { level: "subscribe" });
 * new GroupMembership("alice", { user: alice.name, group: buyers.name });
 */
export class AccessGroup extends MarketplaceResource {
  /** The group's name, the resource's id as well. */
  declare readonly name: pulumi.Output<string>;
  declare readonly level: pulumi.Output<AccessLevel>;
  declare readonly arn: pulumi.Output<string>;
  /** Where in IAM it lives: below `/marketplace/access/`. */
  declare readonly path: pulumi.Output<string>;
  /** ARNs of the managed policies that are attached. */
  declare readonly policies: pulumi.Output<readonly string[]>;

  constructor(name: string, args: AccessGroupArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["arn", "path", "policies", "inlinePolicies", "policyArn", "policyDocument"];
    super("AccessGroup", name, { ...args, name: args.name ?? name }, outputs, opts);
  }
}
