import * as pulumi from "@pulumi/pulumi";
import type { ListingPricing } from "../marketplace/listing/listing";
import { checkDiscount, discounted, type RateCard } from "../marketplace/offers/rate-card";
import { joinPath } from "../marketplace/problem";
import type { AmiProduct } from "../providers/ami-product/ami-product";
import type { ConnectionArgs } from "../providers/connection";
import { Offer, type OfferArgs } from "../providers/offer/offer";

/** What may be agreed on with all buyers, or with one of them. */
export type PrivateOfferTerms = Partial<
  Pick<
    OfferArgs,
    | "description"
    | "countries"
    | "availabilityEndDate"
    | "validity"
    | "paymentSchedule"
    | "netPayment"
    | "renewal"
    | "eula"
    | "preExistingAgreement"
    | "tags"
  >
>;

/** One buyer and what is agreed on with it, over what goes for all. */
export interface PrivateOfferBuyer extends PrivateOfferTerms {
  /** The buyer's accounts, 1 to 26; they share the offer. */
  readonly accounts: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** Percent off the rate card: 15, 12.5. */
  readonly discount?: number;
  /** Percent off single dimensions of it, in place of `discount`: `{ "m7i.xlarge": 20 }`. */
  readonly discounts?: Readonly<Record<string, number>>;
  /** Prices of its own, in place of the rate card. */
  readonly pricing?: OfferArgs["pricing"];
  /** What the buyer sees; `<product> for <buyer>` by default. */
  readonly name?: pulumi.Input<string>;
}

export interface PrivateOfferArgs<Buyer extends string = string> extends PrivateOfferTerms {
  /** An AmiProduct of the program, or the id of a product: `prod-…`. */
  readonly product: AmiProduct | pulumi.Input<string>;
  /** The list prices, in AmiProduct's words; those of the product by default, where it is an AmiProduct. */
  readonly rateCard?: pulumi.Input<RateCard>;
  /** Each buyer by the name that its offer has in the program. */
  readonly buyers: Readonly<Record<Buyer, PrivateOfferBuyer>>;
  /** What the product is called in the offers' names; its title, or the component's name. */
  readonly productName?: pulumi.Input<string>;
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * Private offers for one or many buyers from one rate card: an {@link Offer} for each. A discount is exact: prices by use
 * are rounded half up to eight decimals, those for a year, a month or a contract to three, which is as fine as AWS takes
 * them.
 *
 * @example
 * const deals = new PrivateOffer("deals", {
 *   product: listing,
 *   availabilityEndDate: "2027-01-31",
 *   validity: { duration: "P365D" },
 *   buyers: {
 *     northwind: { accounts: ["444455556666"], discount: 15 },
 *     fabrikam: { accounts: ["777788889999"], discount: 10, discounts: { "m7i.xlarge": 20 } },
 *   },
 * });
 * export const northwind = deals.offers.northwind.offerId;
 */
export class PrivateOffer<Buyer extends string = string> extends pulumi.ComponentResource {
  readonly offers: Readonly<Record<Buyer, Offer>>;

  /** @throws when a discount is none, or there is nothing to take it from. */
  constructor(name: string, args: PrivateOfferArgs<Buyer>, opts?: pulumi.ComponentResourceOptions) {
    const { product, buyers, productName, connection, rateCard, ...terms } = args;
    refuseMistakes(name, args);
    super("marketplace:index:PrivateOffer", name, {}, opts);
    const listing = isListing(product) ? product : undefined;
    const called = pulumi.output(productName ?? listing?.title ?? name);
    const card = rateCard ?? listing?.pricing;

    const offerFor = (buyer: string, agreed: PrivateOfferBuyer): Offer => {
      const { accounts, discount = 0, discounts = {}, pricing, name: own, ...special } = agreed;
      const offer: OfferArgs = {
        eula: { type: "standard" },
        ...terms,
        ...special,
        name: own ?? pulumi.interpolate`${called} for ${buyer}`,
        productId: isListing(product) ? product.productId : product,
        buyerAccounts: accounts,
        pricing: pricing ?? pulumi.output(card).apply((list) => priced(buyer, list, discount, discounts)),
        ...(connection !== undefined && { connection }),
      };
      return new Offer(`${name}-${buyer}`, offer, { parent: this });
    };
    const each = Object.entries<PrivateOfferBuyer>(buyers);
    const offers = each.map(([buyer, agreed]) => [buyer, offerFor(buyer, agreed)] as const);
    this.offers = Object.fromEntries(offers) as Record<Buyer, Offer>;
    this.registerOutputs({ offerIds: Object.fromEntries(offers.map(([buyer, { offerId }]) => [buyer, offerId])) });
  }
}

function isListing(product: AmiProduct | pulumi.Input<string>): product is AmiProduct {
  return pulumi.Resource.isInstance(product);
}

/** The rate card may be known in the deployment only, so that its dimensions are looked at here. */
function priced(buyer: string, card: ListingPricing | undefined, percent: number, byDimension: Record<string, number>) {
  if (card?.model !== "usage" && card?.model !== "contract") {
    const found = card === undefined ? "has no prices" : `is ${card.model}`;
    throw new pulumi.RunError(`buyers.${buyer}: the rate card ${found}; give it prices, or the buyer its own pricing.`);
  }
  const problems = checkDiscount({ percent, byDimension }, card);
  if (problems.length > 0) throw new pulumi.RunError(problems.map((one) => told(buyer, one)).join("\n"));
  return discounted(card, { percent, byDimension });
}

function refuseMistakes(name: string, { buyers, product, rateCard }: PrivateOfferArgs): void {
  const hasCard = rateCard !== undefined || isListing(product);
  const each = Object.entries(buyers);
  const reasons = each.flatMap(([buyer, { discount = 0, discounts = {}, pricing }]) => [
    ...checkDiscount({ percent: discount, byDimension: discounts }).map((problem) => told(buyer, problem)),
    ...(pricing === undefined && !hasCard
      ? [`buyers.${buyer}: there is no rate card to take its prices from. Give rateCard, or the buyer its own pricing.`]
      : []),
    ...(pricing !== undefined && (discount !== 0 || Object.keys(discounts).length > 0)
      ? [`buyers.${buyer}.discount: its own pricing takes no discount; give one of the two.`]
      : []),
  ]);
  if (each.length === 0) reasons.push(`PrivateOffer ${name}: buyers names nobody.`);
  if (reasons.length > 0) throw new pulumi.RunError(reasons.join("\n"));
}

function told(buyer: string, { path, message }: { readonly path: string; readonly message: string }): string {
  return `${joinPath(`buyers.${buyer}`, path)}: ${message}`;
}
