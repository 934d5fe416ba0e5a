import { hundredthsOf } from "../changes/offer/renewal-rules";
import type { PriceIncrease, ScheduleTemplate, ScheduleTerm, ValidityTerm } from "../changes/offer/terms";
import { addAmounts, type Amount, minorDigits, mostDecimals, shareOfAmount, takeFromAmount } from "../money";
import { type AcceptedTerm, termOf } from "./accepted-term";
import { after, iso, lengthOf, type Span } from "./term-length";

/** What a contract goes on as: its terms at the price of the renewal, and from when until when they hold. */
export interface Renewed {
  readonly terms: readonly AcceptedTerm[];
  readonly span: Span;
}

/**
 * Whether an agreement goes on at its end: its buyer has chosen so, and it has not been renewed as often as agreed.
 * `renewals` is how often it was renewed before.
 */
export function renews(terms: readonly AcceptedTerm[], renewals: number): boolean {
  const { renewal, term } = termOf(terms, "RenewalTerm") ?? {};
  return renewal?.enableAutoRenew === true && renewals < (term?.MaxRenewals ?? Number.POSITIVE_INFINITY);
}

/** Since when it can no longer be called off that an agreement goes on; undefined where it always can. */
export function lockedOutFrom(terms: readonly AcceptedTerm[], end: string | undefined): string | undefined {
  const days = /^P(\d+)D$/.exec(termOf(terms, "RenewalTerm")?.term.LockoutPeriod ?? "")?.[1];
  if (days === undefined || end === undefined) return undefined;
  return new Date(Date.parse(end) - Number(days) * DAY).toISOString();
}

/**
 * The contract that follows one that ends. What is paid ahead grows by the agreed percentage, of a range by the usual
 * one; prices by use stay. What was paid in parts is paid in those of the renewal's template. It lasts as long as the
 * contract before it. (Catalog API, Update renewal terms.)
 */
export function renewed(terms: readonly AcceptedTerm[], before: Span & { readonly end: string }): Renewed {
  const start = startAfter(before.end);
  const span = { start, end: endOf(terms, before, start) };
  const renewal = termOf(terms, "RenewalTerm")?.term;
  const grown = 100_00 + percentOf(renewal?.PriceIncrease);
  const next = terms.map((accepted): AcceptedTerm => {
    const { term } = accepted;
    switch (term.Type) {
      case "ConfigurableUpfrontPricingTerm": {
        const RateCards = (term.RateCards ?? []).map((card) => ({
          ...card,
          RateCard: card.RateCard.map((rate) => ({ ...rate, Price: grow(rate.Price, grown, mostDecimals) })),
        }));
        return { ...accepted, term: { ...term, RateCards } };
      }
      case "FixedUpfrontPricingTerm":
        return { ...accepted, term: { ...term, Price: grow(term.Price, grown, 3) } };
      case "PaymentScheduleTerm":
        return { ...accepted, term: inParts(term, renewal?.TermTemplates?.[0], grown, start) };
      case "ValidityTerm":
        return { ...accepted, term: { ...term, ...datesOf(term, span) } };
      default:
        return accepted;
    }
  });
  return { terms: next, span };
}

const DAY = 86_400_000;

/** A day that ends at 23:59:59.999 is followed by the next one. */
function startAfter(end: string): string {
  return end.endsWith(":59.999Z") ? new Date(Date.parse(end) + 1).toISOString() : end;
}

function endOf(terms: readonly AcceptedTerm[], before: Span & { readonly end: string }, start: string): string {
  const duration = lengthOf(terms) ?? wholeMonths(before);
  const end = duration && after(start, duration);
  if (end === undefined)
    return new Date(Date.parse(start) + Date.parse(before.end) - Date.parse(before.start)).toISOString();
  return before.end.endsWith(":59.999Z") ? new Date(Date.parse(end) - 1).toISOString() : end;
}

/** `P12M` of a span from the first day of a month, or any other, to the same day of another month. */
function wholeMonths({ start, end }: Span & { readonly end: string }): string | undefined {
  const next = startAfter(end);
  const [from, to] = [new Date(start), new Date(next)];
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return months > 0 && after(start, `P${months}M`) === iso(next) ? `P${months}M` : undefined;
}

function percentOf(increase: PriceIncrease | undefined): number {
  if (increase === undefined) return 0;
  const percentage = increase.Type === "FixedPercentage" ? increase.Value : increase.Range.DefaultValue;
  return hundredthsOf(percentage) ?? 0;
}

function grow(price: Amount, hundredths: number, places: number): Amount {
  return shareOfAmount(price, hundredths, 100_00, places);
}

/** The whole price, grown, in the parts of the template; the last part takes what rounding leaves. */
function inParts(
  term: ScheduleTerm,
  template: ScheduleTemplate | undefined,
  grown: number,
  start: string,
): ScheduleTerm {
  if (template === undefined) return term;
  const before = term.Schedule.reduce<Amount>((sum, { ChargeAmount }) => addAmounts(sum, ChargeAmount), "0");
  const places = minorDigits(term.CurrencyCode);
  let left = grow(before, grown, places);
  const whole = left;
  const Schedule = template.Schedule.map(({ ChargeDateOffset, ChargePercentage, DayOfMonth }, i) => {
    const share = shareOfAmount(whole, hundredthsOf(ChargePercentage) ?? 0, 100_00, places);
    const ChargeAmount = i === template.Schedule.length - 1 ? left : share;
    left = takeFromAmount(left, ChargeAmount);
    return { ChargeDate: chargeDate(start, ChargeDateOffset, DayOfMonth), ChargeAmount };
  });
  return { ...term, Schedule };
}

/** On that day of the month, or its last; never before the start. */
function chargeDate(start: string, offset: string, dayOfMonth: number | undefined): string {
  const moment = after(start, offset) ?? start;
  if (dayOfMonth === undefined) return moment;
  const month = `${moment.slice(0, 7)}-01T00:00:00.000Z`;
  const last = new Date(Date.parse(after(month, "P1M") ?? month) - DAY).getUTCDate();
  const day = `${moment.slice(0, 7)}-${String(Math.min(dayOfMonth, last)).padStart(2, "0")}T00:00:00.000Z`;
  return day < start ? start : day;
}

function datesOf(term: ValidityTerm, { start, end }: Span): Partial<ValidityTerm> {
  return {
    ...(term.AgreementStartDate !== undefined && { AgreementStartDate: start }),
    ...(term.AgreementEndDate !== undefined && end !== undefined && { AgreementEndDate: end }),
  };
}
