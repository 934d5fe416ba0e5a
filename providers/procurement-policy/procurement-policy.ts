import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface ProcurementPolicyArgs {
  /** The experience that it decides for: `exp-…`. It has one policy. */
  readonly experienceId: pulumi.Input<string>;
  /** At most 50 letters, digits, spaces, hyphens and underscores. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Products that may be bought, `prod-…`; their order says nothing. */
  readonly allow: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Products that may not be bought. Whatever is not allowed may not be bought either: this marks a decision. */
  readonly deny?: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Whether users may ask for further products; not, by default. */
  readonly requests?: pulumi.Input<boolean>;
  /** The organization's management account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * Which products the audience of a private marketplace may buy: those allowed, and no others. An experience without a
 * policy allows everything. Products that somebody allows by hand are found by refresh, and denied by the next `up`.
 *
 * **Deleting** it denies all that it allowed, since AWS Marketplace never deletes a policy: it stays, and allows nothing.
 *
 * **Replaced** when it moves to another experience.
 *
 * @example
 * new ProcurementPolicy("approved", { experienceId: engineering.experienceId, allow: ["prod-1a2b3c4d5e6f7"] });
 */
export class ProcurementPolicy extends MarketplaceResource {
  declare readonly experienceId: pulumi.Output<string>;
  declare readonly allow: pulumi.Output<readonly string[]>;
  declare readonly deny: pulumi.Output<readonly string[] | undefined>;
  /** `procpolicy-…`, the resource's id as well. */
  declare readonly policyId: pulumi.Output<string>;
  declare readonly policyArn: pulumi.Output<string>;

  constructor(name: string, args: ProcurementPolicyArgs, opts?: pulumi.CustomResourceOptions) {
    super("ProcurementPolicy", name, { ...args }, ["policyId", "policyArn"], opts);
  }
}
