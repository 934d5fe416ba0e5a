import { bodies, type WireTerm } from "./terms";

/** What is bought for a time and paid at once. */
export interface Contract {
  /** One that the offer has a price for: `P365D`. */
  readonly duration: string;
  /** How many of each dimension: `{ "m5.large": 2 }`. */
  readonly units: Readonly<Record<string, number>>;
}

/** What the buyer of an agreement chose. */
export interface Choices {
  readonly contract?: Contract;
  /** Absent where the agreement cannot be renewed. */
  readonly autoRenew?: boolean;
}

/** Of the terms of an agreement. */
export function choicesIn(terms: readonly WireTerm[]): Choices {
  const { configurableUpfrontPricingTerm: upfront, renewalTerm: renewal } = bodies(terms);
  const { selectorValue: duration, dimensions = [] } = upfront?.configuration ?? {};
  const units = dimensions
    .filter(({ dimensionValue = 0 }) => dimensionValue > 0)
    .map(({ dimensionKey = "", dimensionValue = 0 }) => [dimensionKey, dimensionValue] as const);
  return {
    ...(duration !== undefined && { contract: { duration, units: Object.fromEntries(units) } }),
    ...(renewal !== undefined && { autoRenew: renewal.configuration?.enableAutoRenew === true }),
  };
}

/** An offer or agreement by use and one that is paid at once can stand beside each other. */
export function isContract(terms: readonly WireTerm[]): boolean {
  return bodies(terms).configurableUpfrontPricingTerm !== undefined;
}
