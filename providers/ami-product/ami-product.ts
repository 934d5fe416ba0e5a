import type * as pulumi from "@pulumi/pulumi";
import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { ConnectionArgs } from "../connection";
import type { DeclaredMembers } from "../declared";
import { MarketplaceResource } from "../resource";

/** A whole listing: the product, its public offer and the versions declared with it. */
export interface AmiProductArgs extends DeclaredMembers<AmiListing> {
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/** A change that AWS has accepted and not yet made. */
export interface PendingRequest {
  readonly changeSetId: string;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** What has to happen: `AWS's review of visibility Public`. */
  readonly waitsFor: string;
}

/**
 * A single-AMI product with its public offer and versions: AWS changes them together, so they are one resource. A new
 * listing is made by one change set, and made public by a second. Public visibility is reviewed by AWS for up to 37 days;
 * `up` does not wait for that but leaves a `pendingRequest`, which later runs and refreshes follow.
 *
 * Versions that are not declared here are left alone, so that a release pipeline can add its own with `AmiVersion`.
 *
 * **Deleting** it restricts the listing: AWS Marketplace never deletes. Nobody new can subscribe, those who did keep what
 * they have. A product that is still a draft is abandoned as it is.
 *
 * **Replaced**, as AWS cannot change it: the pricing model and the currency of a released listing, and the CPU
 * architecture that its instance types stand for.
 *
 * @example
 * new AmiProduct("agent", {
 *   title: "Log Agent",
 *   instanceTypes: ["m7i.large"],
 *   pricing: { model: "usage", hourly: { "m7i.large": "0.09" } },
 *   ...
 * });
 */
export class AmiProduct extends MarketplaceResource {
  declare readonly title: pulumi.Output<string>;
  declare readonly regions: pulumi.Output<readonly string[]>;
  declare readonly instanceTypes: pulumi.Output<readonly string[]>;
  declare readonly versions: pulumi.Output<AmiListing["versions"]>;
  declare readonly pricing: pulumi.Output<AmiListing["pricing"]>;
  /** As it is; differs from the declared one while a `pendingRequest` is under way. */
  declare readonly visibility: pulumi.Output<string>;
  /** `prod-…`, the resource's id as well. */
  declare readonly productId: pulumi.Output<string>;
  /** The public offer: `offer-…`. */
  declare readonly offerId: pulumi.Output<string>;
  /** What instances of the image carry, and metering calls name. */
  declare readonly productCode: pulumi.Output<string>;
  declare readonly productArn: pulumi.Output<string>;
  /** Raised by AWS at each change. */
  declare readonly revision: pulumi.Output<number>;
  /** `Active` once released, `Draft` before. */
  declare readonly state: pulumi.Output<string>;
  /** AWS's id of each declared version, by its title. */
  declare readonly versionIds: pulumi.Output<Readonly<Record<string, string>>>;
  declare readonly pendingRequest: pulumi.Output<PendingRequest | undefined>;

  constructor(name: string, args: AmiProductArgs, opts?: pulumi.CustomResourceOptions) {
    super("AmiProduct", name, { ...args }, outputNames, opts);
  }
}

const outputNames = [
  "productId",
  "offerId",
  "productCode",
  "productArn",
  "revision",
  "state",
  "versionIds",
  "pendingRequest",
];
