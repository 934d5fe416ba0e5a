import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface GroupMembershipArgs {
  /** The user's name: `alice`, or `alice.name` of an AccessUser or aws.iam.User. */
  readonly user: pulumi.Input<string>;
  /** The group's name: `group.name` of an AccessGroup or PortalAccess. */
  readonly group: pulumi.Input<string>;
  /** The account of both, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * One person in one group. Of a subscriber's access groups a person is in exactly one: a second is refused with the name
 * of the first. Groups for pages of the seller portal are not limited so.
 *
 * **Changing** the group takes the person out of the old group first. **Deleting** it takes the person out; both stay.
 *
 * @example
 * new GroupMembership("alice", { user: alice.name, group: viewers.name });
 */
export class GroupMembership extends MarketplaceResource {
  declare readonly user: pulumi.Output<string>;
  declare readonly group: pulumi.Output<string>;

  constructor(name: string, args: GroupMembershipArgs, opts?: pulumi.CustomResourceOptions) {
    super("GroupMembership", name, { ...args }, [], opts);
  }
}
