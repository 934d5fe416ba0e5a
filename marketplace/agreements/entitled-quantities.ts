import { type AcceptedTerm, termOf } from "./accepted-term";

/** A dimension that was paid for in advance. */
export interface Entitled {
  readonly dimension: string;
  /** Absent where there is no limit: AWS Marketplace Agreement API, GrantItem. */
  readonly quantity?: number;
}

/** How much of each dimension was paid for in advance. What is paid by use entitles to nothing in particular. */
export function quantitiesOf(terms: readonly AcceptedTerm[]): Entitled[] {
  const chosen = termOf(terms, "ConfigurableUpfrontPricingTerm")?.upfront?.dimensions ?? [];
  const granted = termOf(terms, "FixedUpfrontPricingTerm")?.term.Grants ?? [];
  return [
    ...chosen.map(({ dimensionKey, dimensionValue }) => ({ dimension: dimensionKey, quantity: dimensionValue })),
    ...granted.map(({ DimensionKey, MaxQuantity }) => ({
      dimension: DimensionKey,
      ...(MaxQuantity !== undefined && { quantity: MaxQuantity }),
    })),
  ].filter(({ quantity }) => quantity !== 0);
}
