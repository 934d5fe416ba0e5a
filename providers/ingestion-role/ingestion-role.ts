import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface IngestionRoleArgs {
  /** The role's name in IAM, at most 64 characters. */
  readonly name: pulumi.Input<string>;
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * The role by which AWS Marketplace copies a seller's images: trusted by its service alone, with AWS's own policy
 * AWSMarketplaceAmiIngestion. What somebody changes by hand is found by refresh, and put right by the next `up`.
 *
 * **Deleting** it detaches the policy and deletes the role; versions that are listed keep their copies.
 *
 * @example
 * const role = new IngestionRole("ingestion", { name: "MarketplaceIngestion" });
 * new AmiProduct("agent", { versions: [{ image: { accessRoleArn: role.arn, ... }, ... }], ... });
 */
export class IngestionRole extends MarketplaceResource {
  declare readonly name: pulumi.Output<string>;
  /** For `image.accessRoleArn`. */
  declare readonly arn: pulumi.Output<string>;
  /** Trust and policy are there. */
  declare readonly admits: pulumi.Output<boolean>;

  constructor(name: string, args: IngestionRoleArgs, opts?: pulumi.CustomResourceOptions) {
    super("IngestionRole", name, { ...args }, ["arn", "admits"], opts);
  }
}
