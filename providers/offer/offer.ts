import type * as pulumi from "@pulumi/pulumi";
import type { OfferPricing, OfferSpec } from "../../marketplace/offers/offer-spec";
import type { ConnectionArgs } from "../connection";
import type { Declared, DeclaredMembers } from "../declared";
import { MarketplaceResource } from "../resource";

/** An offer beside a product's public one: for named buyers, in place of an agreement, or to try the product. */
export interface OfferArgs extends Omit<DeclaredMembers<OfferSpec>, "pricing"> {
  /** In AmiProduct's words, by use or for a contract, or one fixed price. */
  readonly pricing: Declared<OfferPricing> | pulumi.Input<OfferPricing>;
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * An offer for a product that is listed already. `buyerAccounts` makes it a private offer, `replaces` one that takes the
 * place of an agreement; with neither it is a public free trial. One change set makes and releases it.
 *
 * **Updated** while it can be accepted: name, description, countries, availability, renewal. **Replaced**, as AWS keeps them for
 * good once an offer is released: buyers, prices, payment, validity, EULA. The new offer is made first, then the old one
 * expires.
 *
 * **Deleting** it lets it expire: AWS Marketplace never deletes. Agreements made from it stay.
 *
 * @example
 * new Offer("for-northwind", {
 *   productId: listing.productId,
 *   name: "Log Agent for Northwind",
 *   buyerAccounts: ["444455556666"],
 *   availabilityEndDate: "2027-01-31",
 *   pricing: { model: "usage", hourly: { "m7i.large": "0.08" } },
 *   validity: { duration: "P365D" },
 *   eula: { type: "standard" },
 * });
 */
export class Offer extends MarketplaceResource {
  declare readonly productId: pulumi.Output<string | undefined>;
  declare readonly name: pulumi.Output<string>;
  declare readonly buyerAccounts: pulumi.Output<readonly string[] | undefined>;
  declare readonly availabilityEndDate: pulumi.Output<string | undefined>;
  declare readonly pricing: pulumi.Output<OfferPricing>;
  /** `offer-…`, the resource's id as well: what a Subscription accepts. */
  declare readonly offerId: pulumi.Output<string>;
  declare readonly offerArn: pulumi.Output<string>;
  /** `Released` while it can be accepted, `Expired` after its last day, `Draft` before it is released. */
  declare readonly state: pulumi.Output<string>;
  /** Raised by AWS at each change. */
  declare readonly revision: pulumi.Output<number>;

  constructor(name: string, args: OfferArgs, opts?: pulumi.CustomResourceOptions) {
    super("Offer", name, { ...args }, ["offerId", "offerArn", "state", "revision"], opts);
  }
}
