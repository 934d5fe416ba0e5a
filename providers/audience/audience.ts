import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface AudienceArgs {
  /** The experience that governs it: `exp-…`. It has one audience. */
  readonly experienceId: pulumi.Input<string>;
  /** At most 50 letters, digits, spaces, hyphens and underscores. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Accounts (12 digits), organizational units (`ou-…`) and organizations (`o-…`); their order says nothing. */
  readonly principals: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The organization's management account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * Who buys under a private marketplace. A principal belongs to one experience; an account goes before its organizational
 * unit, and that before the organization.
 *
 * **Deleting** it takes all its principals out: they may buy everything, unless another experience governs them.
 *
 * **Replaced** when it moves to another experience, or is renamed.
 *
 * @example
 * new Audience("everyone", { experienceId: engineering.experienceId, principals: ["444455556666"] });
 */
export class Audience extends MarketplaceResource {
  declare readonly experienceId: pulumi.Output<string>;
  declare readonly principals: pulumi.Output<readonly string[]>;
  /** AWS's id, the resource's id as well. */
  declare readonly audienceId: pulumi.Output<string>;
  declare readonly audienceArn: pulumi.Output<string>;

  constructor(name: string, args: AudienceArgs, opts?: pulumi.CustomResourceOptions) {
    super("Audience", name, { ...args }, ["audienceId", "audienceArn"], opts);
  }
}
