import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface MarketplaceInstanceArgs {
  /** An image by its id, or by a parameter's name: `/aws/service/marketplace/prod-…/4.2.0`. Or else `productId`. */
  readonly image?: pulumi.Input<string>;
  /** The product to launch; a subscription's output `productId`, so that the launch waits for it. */
  readonly productId?: pulumi.Input<string>;
  /** The product's version; the latest by default. An instance stays with the version that it was launched from. */
  readonly version?: pulumi.Input<string>;
  /** One that the product is offered on. Another one later takes a stop and a start. */
  readonly instanceType: pulumi.Input<string>;
  /** By default in the default VPC, in a zone that has the instance type. */
  readonly subnetId?: pulumi.Input<string>;
  /** By default the VPC's default group. */
  readonly securityGroupIds?: pulumi.Input<readonly pulumi.Input<string>[]>;
  readonly keyName?: pulumi.Input<string>;
  /** Name or ARN of an instance profile, whose role you may pass. */
  readonly instanceProfile?: pulumi.Input<string>;
  /** Plain text, at most 16 KB. */
  readonly userData?: pulumi.Input<string>;
  /** By default `running`. */
  readonly desiredState?: pulumi.Input<"running" | "stopped">;
  /** All of the instance's tags. */
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;
  /** Account and region, where they are not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * An instance of a product of AWS Marketplace. The account needs an active subscription: without one AWS refuses to launch
 * and to start it.
 *
 * **Deleting** it terminates the instance.
 *
 * @example
 * const agent = new Subscription("agent", { productId: "prod-4ct6fqn7k2mzs" });
 * new MarketplaceInstance("collector", { productId: agent.productId, instanceType: "m7i.large" });
 */
export class MarketplaceInstance extends MarketplaceResource {
  declare readonly instanceId: pulumi.Output<string>;
  /** The image in this region that was launched. */
  declare readonly imageId: pulumi.Output<string>;
  /** `running` or `stopped` */
  declare readonly state: pulumi.Output<string>;
  declare readonly privateIp: pulumi.Output<string>;
  /** While it runs, where its subnet gives it one. */
  declare readonly publicIp: pulumi.Output<string | undefined>;
  declare readonly availabilityZone: pulumi.Output<string>;
  declare readonly productCodes: pulumi.Output<readonly string[]>;

  constructor(name: string, args: MarketplaceInstanceArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["instanceId", "imageId", "state", "privateIp", "publicIp", "availabilityZone", "productCodes"];
    super("MarketplaceInstance", name, { ...args, resourceName: name }, outputs, opts);
  }
}
