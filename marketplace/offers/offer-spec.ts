import type { ListingEula, Prices, UsagePricing } from "../listing/listing";

/**
 * An offer beside a product's public one, as a seller declares it. `replaces` makes it a replacement for an agreement,
 * `buyerAccounts` a private offer; with neither it is a public free trial.
 */
export interface OfferSpec {
  /** The product that is offered: `prod-…`. A replacement has its agreement's. */
  readonly productId?: string;
  /** The agreement whose buyer may take this offer in its place: `agmt-…`. */
  readonly replaces?: string;
  /** What buyers see; at most 150 characters. */
  readonly name: string;
  /** At most 255 characters; the name, unless said when the offer is made. */
  readonly description?: string;
  /** Who may accept the offer, and nobody else: 1 to 26 accounts, 12 digits each. */
  readonly buyerAccounts?: readonly string[];
  /** Only buyers of these countries: `US`. */
  readonly countries?: readonly string[];
  /** Buyers of all countries but these. */
  readonly exceptCountries?: readonly string[];
  /** The last day on which it can be accepted, in UTC: `2027-01-31`. A private offer needs one. */
  readonly availabilityEndDate?: string;
  readonly pricing: OfferPricing;
  /** How long an agreement made from the offer lasts. */
  readonly validity?: OfferValidity;
  /** The instalments of a fixed price, which is then "0". */
  readonly paymentSchedule?: readonly Instalment[];
  /** Days that the buyer has to pay an invoice: `P30D`. */
  readonly netPayment?: string;
  /** How a contract renews itself; without it, it does not. */
  readonly renewal?: OfferRenewal;
  readonly eula: ListingEula;
  /** Of a public offer; a private one has that of the public offer. */
  readonly refundPolicy?: string;
  /** What the buyer had before, elsewhere or in AWS Marketplace. */
  readonly preExistingAgreement?: PreExisting;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A duration alone, or a start with a duration or an end; of a replacement, an end alone. */
export interface OfferValidity {
  /** `P12M` */
  readonly duration?: string;
  /** `2027-02-01`, at 00:00 UTC. */
  readonly startDate?: string;
  /** `2028-01-31`, to its end in UTC. */
  readonly endDate?: string;
}

export interface Instalment {
  /** `2027-03-01` */
  readonly date: string;
  /** A decimal string with at most two decimals. */
  readonly amount: string;
}

export interface OfferRenewal {
  /** By how many percent prices rise at each renewal: `"3"`, `"2.5"`. A private offer gives this or a range. */
  readonly priceIncrease?: string;
  /** A range within which the seller may choose the rise later. */
  readonly priceIncreaseRange?: { readonly least: string; readonly most: string; readonly usual: string };
  /** How long before the end the renewal can no longer be called off: `P30D`. */
  readonly lockout?: string;
  /** Until how long before the end the seller may adjust the price: `P60D`. */
  readonly adjustmentDeadline?: string;
  readonly maxRenewals?: number;
  /** How the price of a renewed agreement is paid in instalments. */
  readonly schedule?: readonly {
    /** After the start of the renewed agreement: `P0D`, `P6M`. */
    readonly after: string;
    readonly percentage: string;
    readonly dayOfMonth?: number;
  }[];
}

export interface PreExisting {
  readonly acquisitionChannel: "AwsMarketplace" | "External";
  readonly pricingModel: "Byol" | "Free" | "Usage" | "Contract";
}

/** One price for all of the grants together. */
export interface FixedPrice {
  /** At most three decimals; "0" where a payment schedule says what is paid. */
  readonly price: string;
  readonly grants: readonly OfferGrant[];
  /** `P365D` */
  readonly duration?: string;
}

export interface OfferGrant {
  /** A dimension of the product: `m7i.large`. */
  readonly dimension: string;
  /** How many; as many as the buyer likes where it is left out. */
  readonly quantity?: number;
}

export interface OfferTrial {
  /** 5 to 31. */
  readonly days: number;
  /** What may be tried; everything that has a price in this offer where it is left out. */
  readonly grants?: readonly OfferGrant[];
}

/** Prices in the words of AmiProduct, and what only offers have: a fixed price, a choice in contracts. */
export type OfferPricing =
  | {
      readonly model: "free";
      /** What is free: all of the product's dimensions. */ readonly dimensions: readonly string[];
    }
  | { readonly model: "byol"; readonly currency?: string; readonly fixed?: FixedPrice }
  | OfferUsage
  | OfferContract;

export interface OfferUsage extends Omit<UsagePricing, "freeTrial"> {
  readonly fixed?: FixedPrice;
  readonly freeTrial?: OfferTrial;
}

export interface OfferContract {
  readonly model: "contract";
  readonly currency?: string;
  readonly durations?: readonly { readonly duration: string; readonly prices: Prices }[];
  /** Whether a buyer takes several dimensions, each as many times as wanted (so by default), or one of them, once. */
  readonly choice?: "several" | "one";
  /** What is consumed beyond the contract. */
  readonly metered?: Prices;
  readonly fixed?: FixedPrice;
  readonly freeTrial?: OfferTrial;
}
