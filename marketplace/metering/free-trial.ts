import { type AcceptedTerm, termOf } from "../agreements/accepted-term";
import type { Grant } from "../changes/offer/terms";
import { daysAfter, daysOf } from "../durations";
import type { Stretch } from "./billing-period";

interface Tried {
  readonly terms: readonly AcceptedTerm[];
  /** When the agreement begins; RFC 3339. */
  readonly start: string;
}

/** When an agreement's free trial lasts, if it has one: from its start. */
export function trialOf({ terms, start }: Tried): Stretch | undefined {
  const days = daysOf(termOf(terms, "FreeTrialPricingTerm")?.term.Duration ?? "");
  if (days === undefined) return undefined;
  return { from: Date.parse(start), to: Date.parse(daysAfter(start, days)) };
}

/** What the trial grants of a dimension, at a moment at which it lasts. */
export function trialGrant(tried: Tried, dimension: string, moment: string): Grant | undefined {
  const trial = trialOf(tried);
  if (trial === undefined || Date.parse(moment) >= trial.to) return undefined;
  return grantOf(tried.terms, dimension);
}

export function grantOf(terms: readonly AcceptedTerm[], dimension: string): Grant | undefined {
  const grants = termOf(terms, "FreeTrialPricingTerm")?.term.Grants ?? [];
  return grants.find(({ DimensionKey }) => DimensionKey === dimension);
}
