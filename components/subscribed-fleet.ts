import * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../providers/connection";
import {
  MarketplaceInstance,
  type MarketplaceInstanceArgs,
} from "../providers/marketplace-instance/marketplace-instance";
import { Subscription, type SubscriptionArgs } from "../providers/subscription/subscription";

/** An id, or a resource that has one, such as aws.ec2.Subnet. */
export type WithId = pulumi.Input<string> | { readonly id: pulumi.Output<string> };

type Launch = Pick<MarketplaceInstanceArgs, "version" | "instanceType" | "userData" | "desiredState" | "tags">;
type Buying = Pick<SubscriptionArgs, "productId" | "offerId" | "contract" | "autoRenew" | "purchaseOrder">;

export interface SubscribedFleetArgs extends Launch, Buying {
  /** How many instances; one by default. */
  readonly size?: number;
  /** Instances are spread over these in turn; by default they go to the default VPC. */
  readonly subnets?: readonly WithId[];
  readonly securityGroups?: readonly WithId[];
  /** A key pair's name, or a resource that has one, such as aws.ec2.KeyPair. */
  readonly keyName?: pulumi.Input<string> | { readonly keyName: pulumi.Output<string> };
  /** Name or ARN of an instance profile, or a resource that has one, such as aws.iam.InstanceProfile. */
  readonly instanceProfile?: pulumi.Input<string> | { readonly name: pulumi.Output<string> };
  /** The buyer's account and region, where they are not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A subscription, then instances of the product: none is launched before it may be, and all are terminated before the
 * agreement is cancelled.
 *
 * @example
 * new SubscribedFleet("agents", { productId, instanceType: "m7i.large", size: 3, subnets: [subnetA, subnetB] });
 */
export class SubscribedFleet extends pulumi.ComponentResource {
  readonly subscription: Subscription;
  readonly instances: readonly MarketplaceInstance[];

  /** @throws when the size is not a whole number from 0 on. */
  constructor(name: string, args: SubscribedFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const { size = 1, subnets = [], securityGroups, connection } = args;
    if (!Number.isInteger(size) || size < 0) {
      throw new Error(`SubscribedFleet ${name}: size is a whole number from 0 on, not ${String(size)}.`);
    }
    super("marketplace:index:SubscribedFleet", name, {}, opts);
    const { productId, offerId, contract, autoRenew, purchaseOrder } = args;
    const buying = { productId, offerId, contract, autoRenew, purchaseOrder, connection };
    this.subscription = new Subscription(name, buying, { parent: this });

    const { version, instanceType, keyName: key, instanceProfile: profile, userData, desiredState, tags } = args;
    const keyName = isResource(key) ? key.keyName : key;
    const instanceProfile = isResource(profile) ? profile.name : profile;
    const launch = { version, instanceType, keyName, instanceProfile, userData, desiredState, tags, connection };
    this.instances = Array.from({ length: size }, (_, i) => {
      const subnet = subnets[i % subnets.length];
      return new MarketplaceInstance(
        `${name}-${String(i)}`,
        {
          ...launch,
          productId: this.subscription.productId,
          ...(subnet !== undefined && { subnetId: idOf(subnet) }),
          ...(securityGroups !== undefined && { securityGroupIds: securityGroups.map(idOf) }),
        },
        { parent: this },
      );
    });
    this.registerOutputs({
      agreementId: this.subscription.agreementId,
      instanceIds: this.instances.map(({ instanceId }) => instanceId),
    });
  }
}

function idOf(thing: WithId): pulumi.Input<string> {
  return isResource(thing) ? thing.id : thing;
}

/** Rather than a text that is known, or is going to be. An output answers to every property name, so it is asked first. */
function isResource<T extends object>(thing: T | pulumi.Input<string> | undefined): thing is T {
  return typeof thing === "object" && !pulumi.Output.isInstance(thing) && !(thing instanceof Promise);
}
