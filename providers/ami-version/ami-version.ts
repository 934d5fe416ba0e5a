import type * as pulumi from "@pulumi/pulumi";
import type { AmiVersionSpec } from "../../marketplace/listing/ami-listing";
import type { ConnectionArgs } from "../connection";
import type { DeclaredMembers } from "../declared";
import { MarketplaceResource } from "../resource";

export interface AmiVersionArgs extends DeclaredMembers<AmiVersionSpec> {
  /** The product that gets the version: `prod-…`. It may be declared elsewhere. */
  readonly productId: pulumi.Input<string>;
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * One version of an AMI product that is declared elsewhere, as a release pipeline adds it. AWS copies and scans the image,
 * which takes hours; `up` waits and says how far it is.
 *
 * **Deleting** it restricts its delivery options: nobody new can launch it, those who run it can for 90 days at least. AWS
 * restricts versions of public listings only, and never the last one; then the version stays, and a message says so.
 *
 * **Replaced**, as AWS cannot change them: product, title, image and the delivery option's title.
 *
 * @example
 * new AmiVersion("v4.3.0", { productId: listing.productId, title: "4.3.0", image: { amiId: "ami-…", ... }, ... });
 */
export class AmiVersion extends MarketplaceResource {
  declare readonly productId: pulumi.Output<string>;
  declare readonly title: pulumi.Output<string>;
  /** AWS's id of the version, the resource's id as well. */
  declare readonly versionId: pulumi.Output<string>;
  declare readonly deliveryOptionIds: pulumi.Output<readonly string[]>;
  /** The SSM public parameter that names the image in every region. */
  declare readonly amiAlias: pulumi.Output<string>;
  declare readonly productArn: pulumi.Output<string>;
  /** `Public` or `Restricted`. */
  declare readonly visibility: pulumi.Output<string>;

  constructor(name: string, args: AmiVersionArgs, opts?: pulumi.CustomResourceOptions) {
    super(
      "AmiVersion",
      name,
      { ...args },
      ["versionId", "deliveryOptionIds", "amiAlias", "visibility", "productArn"],
      opts,
    );
  }
}
