import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface ExperienceArgs {
  /** 1 to 50 letters, digits, spaces, hyphens and underscores. */
  readonly name: pulumi.Input<string>;
  /** At most 1,000 characters. AWS cannot clear it: left out, what is there stays. */
  readonly description?: pulumi.Input<string>;
  /** Whether it governs its audience; not, by default. */
  readonly enabled?: pulumi.Input<boolean>;
  /** The organization's management account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A private marketplace: what an audience may buy, by its {@link ProcurementPolicy}, and how that looks, by its
 * {@link BrandingSettings}. The component `PrivateMarketplace` makes all of it at once.
 *
 * **Deleting** it disables and archives it: AWS Marketplace never deletes an experience.
 *
 * @example
 * const engineering = new Experience("engineering", { name: "Engineering", enabled: true });
 */
export class Experience extends MarketplaceResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  /** `exp-…`, the resource's id as well. */
  declare readonly experienceId: pulumi.Output<string>;
  declare readonly experienceArn: pulumi.Output<string>;
  /** `Enabled`, `Disabled` or `Archived`. */
  declare readonly status: pulumi.Output<string>;

  constructor(name: string, args: ExperienceArgs, opts?: pulumi.CustomResourceOptions) {
    super("Experience", name, { ...args }, ["experienceId", "experienceArn", "status"], opts);
  }
}
