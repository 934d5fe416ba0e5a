import type * as pulumi from "@pulumi/pulumi";
import type { Terms } from "../buying/terms";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface SubscriptionArgs {
  /** The product to subscribe to, by its one public offer. */
  readonly productId?: pulumi.Input<string>;
  /** The offer to accept: a private one, or one of several public ones. */
  readonly offerId?: pulumi.Input<string>;
  /** What is paid at once, where the offer has such prices; without it, one pays by use. */
  readonly contract?: pulumi.Input<{
    /** One of the offer's: `P365D`. */
    readonly duration: pulumi.Input<string>;
    /** How many of each dimension: `{ "m5.large": 2 }`. */
    readonly units: pulumi.Input<Readonly<Record<string, pulumi.Input<number>>>>;
  }>;
  /** Renews a contract at its end, where the offer allows that. By default not. */
  readonly autoRenew?: pulumi.Input<boolean>;
  /** A number that goes onto the agreement's charges. */
  readonly purchaseOrder?: pulumi.Input<string>;
  /** The buyer's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * An agreement with a seller of AWS Marketplace. `up` accepts the offer and waits until it is provisioned; where the
 * account has an active agreement from the offer already, that one is taken over.
 *
 * Prices, EULA and refund policy as accepted are in `terms`. When the seller changes them, refresh shows the new ones in
 * `offeredTerms`, and the next `up` replaces the agreement by one with those: a change to review like any other. What is
 * paid upfront keeps its terms until its end.
 *
 * **Deleting** it cancels the agreement, where AWS lets its buyer do so: what is paid upfront lasts until its end.
 *
 * @example
 * const agent = new Subscription("agent", { productId: "prod-4ct6fqn7k2mzs" });
 * export const price = agent.terms.apply((terms) => terms.prices?.["m5.large"]);
 */
export class Subscription extends MarketplaceResource {
  /** The agreement that is in force. */
  declare readonly agreementId: pulumi.Output<string>;
  declare readonly productId: pulumi.Output<string>;
  declare readonly offerId: pulumi.Output<string>;
  /** `ACTIVE` */
  declare readonly status: pulumi.Output<string>;
  /** RFC 3339, UTC. */
  declare readonly startTime: pulumi.Output<string>;
  /** Absent while one pays by use. */
  declare readonly endTime: pulumi.Output<string | undefined>;
  /** What was accepted. */
  declare readonly terms: pulumi.Output<Terms>;
  /** What the offer says when last looked at. */
  declare readonly offeredTerms: pulumi.Output<Terms>;

  constructor(name: string, args: SubscriptionArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = ["agreementId", "productId", "offerId", "status", "startTime", "endTime", "terms", "offeredTerms"];
    super("Subscription", name, args, outputs, opts);
  }
}
