import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface BrandingSettingsArgs {
  /** The experience that looks so: `exp-…`. It has one branding. */
  readonly experienceId: pulumi.Input<string>;
  /** At most 50 letters, digits, spaces, hyphens and underscores. */
  readonly name: pulumi.Input<string>;
  /** At most 50 characters; `Private Marketplace` by default. */
  readonly title?: pulumi.Input<string>;
  /** At most 1,000 characters, for the users. AWS cannot clear it: left out, what is there stays. */
  readonly information?: pulumi.Input<string>;
  /** `#232F3E`, which is the default. */
  readonly themeColor?: pulumi.Input<string>;
  /** A png or svg file of at most 500 KB that AWS can fetch and copies. AWS cannot clear it. */
  readonly logoUrl?: pulumi.Input<string>;
  /** The organization's management account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * How a private marketplace looks to its users.
 *
 * **Deleting** it gives title and colour back to AWS's defaults; AWS Marketplace never deletes branding settings.
 *
 * **Replaced** when it moves to another experience.
 *
 * @example
 * new BrandingSettings("look", { experienceId: engineering.experienceId, name: "Look", themeColor: "#0A7D4F" });
 */
export class BrandingSettings extends MarketplaceResource {
  declare readonly experienceId: pulumi.Output<string>;
  declare readonly title: pulumi.Output<string | undefined>;
  declare readonly themeColor: pulumi.Output<string | undefined>;
  /** `brandsettings-…`, the resource's id as well. */
  declare readonly brandingId: pulumi.Output<string>;
  declare readonly brandingArn: pulumi.Output<string>;
  /** Where AWS keeps its copy of the logo. */
  declare readonly logoCopyUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: BrandingSettingsArgs, opts?: pulumi.CustomResourceOptions) {
    super("BrandingSettings", name, { ...args }, ["brandingId", "brandingArn", "logoCopyUrl"], opts);
  }
}
