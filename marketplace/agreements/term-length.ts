import { isTrialAlone } from "../changes/offer/pricing";
import { pricingTermTypes } from "../changes/offer/terms";
import type { AcceptedTerm } from "./accepted-term";
import { termOf } from "./accepted-term";

/**
 * The moment an ISO 8601 duration of years, months and days after another: `P12M` after 2026-01-31 is 2027-01-31. A day
 * that the month does not have becomes its last.
 */
export function after(moment: string, duration: string): string | undefined {
  const parts = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/.exec(duration);
  if (parts === null || duration === "P") return undefined;
  const [years = 0, months = 0, days = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const end = new Date(moment);
  const day = end.getUTCDate();
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + years * 12 + months);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, lastDay) + days);
  return end.toISOString();
}

export interface Span {
  readonly start: string;
  /** Absent where the agreement lasts until somebody ends it. */
  readonly end?: string;
}

/**
 * From when until when an agreement holds that is accepted at a moment: by its ValidityTerm, else by the duration that
 * was paid for. A free trial that nothing follows ends with its days; what is paid by use has no end.
 */
export function spanOf(terms: readonly AcceptedTerm[], acceptedAt: string): Span {
  const validity = termOf(terms, "ValidityTerm")?.term;
  const planned = validity?.AgreementStartDate;
  const start = planned !== undefined && Date.parse(planned) > Date.parse(acceptedAt) ? iso(planned) : acceptedAt;
  if (validity?.AgreementEndDate !== undefined) return { start, end: iso(validity.AgreementEndDate) };
  const duration = lengthOf(terms);
  const end = duration === undefined ? undefined : after(start, duration);
  return end === undefined ? { start } : { start, end };
}

/** How long an agreement of these terms lasts, where they say so without naming a day: `P12M`. */
export function lengthOf(terms: readonly AcceptedTerm[]): string | undefined {
  const trial = termOf(terms, "FreeTrialPricingTerm")?.term.Duration;
  return (
    termOf(terms, "ConfigurableUpfrontPricingTerm")?.upfront?.selectorValue ??
    termOf(terms, "FixedUpfrontPricingTerm")?.term.Duration ??
    termOf(terms, "ValidityTerm")?.term.AgreementDuration ??
    (isTrialAlone(terms.map(({ term }) => term).filter(isPriced)) ? trial : undefined)
  );
}

function isPriced({ Type }: AcceptedTerm["term"]): boolean {
  return Type === "VariablePaymentTerm" || pricingTermTypes.includes(Type);
}

export function iso(moment: string): string {
  return new Date(moment).toISOString();
}
