import { addAmounts, type Amount, compareAmounts, multiplyAmount, plainAmount, shareOfAmount } from "../money";
import type { Problem } from "../problem";
import { type AcceptedTerm, termOf } from "./accepted-term";
import { monthFrom } from "./monthly-price";
import type { Span } from "./term-length";

/** A charge that an agreement is going to bring. */
export interface ExpectedCharge {
  readonly amount: Amount;
  readonly timing: "ON_ACCEPTANCE" | "SCHEDULED" | "BILLING_PERIOD";
  /** When it falls due, where that is known. */
  readonly time?: string;
}

/** A dimension that is paid for upfront: how many before and after, and what the difference costs. */
export interface ItemizedCharge {
  readonly dimensionKey: string;
  readonly newQuantity: number;
  readonly oldQuantity: number;
  readonly incrementalChargeAmount: Amount;
}

/** What an agreement is going to cost, as far as that is known before any use. */
export interface Quote {
  readonly currency: string;
  /** All that is certain to be charged; none for what is paid by use. */
  readonly value?: Amount;
  readonly charges: readonly ExpectedCharge[];
  readonly items: readonly ItemizedCharge[];
}

/** The quote for terms that are taken anew. */
export function quote(terms: readonly AcceptedTerm[], span: Span): Quote {
  const items = itemize(terms);
  const charges = [...upfrontCharges(items), ...fixedCharges(terms), ...monthlyCharges(terms, span)];
  const certain = charges.filter(({ timing }) => timing !== "BILLING_PERIOD").map(({ amount }) => amount);
  return {
    currency: currencyOf(terms),
    ...(certain.length > 0 && { value: money(total(certain)) }),
    charges,
    items,
  };
}

/**
 * The quote for more of what an agreement already has: each further unit costs its price for the days that are left, which
 * adds to what the agreement was worth before (AWS Marketplace Agreement API, EstimatedCharges).
 * INVALID_INCREMENTAL_CHARGE where there would be less than before, which an amendment cannot do.
 */
export function quoteAmendment(
  before: readonly AcceptedTerm[],
  next: readonly AcceptedTerm[],
  agreement: Span & { readonly value?: Amount },
  now: string,
): Quote | Problem {
  const old = itemize(before);
  const path = "requestedTerms";
  const code = "INVALID_INCREMENTAL_CHARGE";
  if (selectorOf(before) !== selectorOf(next)) {
    return { code, path, message: "An amendment keeps the duration; another one is a replacement." };
  }
  const items: ItemizedCharge[] = [];
  for (const item of itemize(next)) {
    const oldQuantity = old.find(({ dimensionKey }) => dimensionKey === item.dimensionKey)?.newQuantity ?? 0;
    const more = item.newQuantity - oldQuantity;
    if (more < 0) return { code, path, message: `${item.dimensionKey} can only grow from ${oldQuantity}.` };
    const price = more === 0 ? "0" : multiplyAmount(priceOf(next, item.dimensionKey), more);
    items.push({ ...item, oldQuantity, incrementalChargeAmount: money(remaining(price, agreement, now)) });
  }
  const gone = old.find(({ dimensionKey }) => items.every((item) => item.dimensionKey !== dimensionKey));
  if (gone !== undefined) return { code, path, message: `${gone.dimensionKey} cannot be given back before the end.` };
  const charges = upfrontCharges(items).filter(({ amount }) => compareAmounts(amount, "0") > 0);
  const value = agreement.value === undefined ? undefined : total([agreement.value, ...items.map(incremental)]);
  return { currency: currencyOf(next), ...(value !== undefined && { value: money(value) }), charges, items };
}

/** At least two fractional digits, as invoices have them: `900.00`. */
export function money(amount: Amount): Amount {
  const [whole, fraction = ""] = plainAmount(amount).split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

function incremental({ incrementalChargeAmount }: ItemizedCharge): Amount {
  return incrementalChargeAmount;
}

function itemize(terms: readonly AcceptedTerm[]): ItemizedCharge[] {
  const chosen = termOf(terms, "ConfigurableUpfrontPricingTerm")?.upfront?.dimensions ?? [];
  return chosen
    .filter(({ dimensionValue }) => dimensionValue > 0)
    .map(({ dimensionKey, dimensionValue }) => ({
      dimensionKey,
      newQuantity: dimensionValue,
      oldQuantity: 0,
      incrementalChargeAmount: money(multiplyAmount(priceOf(terms, dimensionKey), dimensionValue)),
    }));
}

function priceOf(terms: readonly AcceptedTerm[], key: string): Amount {
  const { term, upfront } = termOf(terms, "ConfigurableUpfrontPricingTerm") ?? {};
  const card = term?.RateCards?.find(({ Selector }) => Selector.Value === upfront?.selectorValue);
  return card?.RateCard.find(({ DimensionKey }) => DimensionKey === key)?.Price ?? "0";
}

function selectorOf(terms: readonly AcceptedTerm[]): string | undefined {
  return termOf(terms, "ConfigurableUpfrontPricingTerm")?.upfront?.selectorValue;
}

function upfrontCharges(items: readonly ItemizedCharge[]): ExpectedCharge[] {
  if (items.length === 0) return [];
  return [{ amount: money(total(items.map(incremental))), timing: "ON_ACCEPTANCE" }];
}

/** A fixed price is charged at once, or in parts where there is a schedule. */
function fixedCharges(terms: readonly AcceptedTerm[]): ExpectedCharge[] {
  const schedule = termOf(terms, "PaymentScheduleTerm")?.term.Schedule;
  if (schedule !== undefined) {
    return schedule.map(({ ChargeDate, ChargeAmount }) => ({
      amount: money(ChargeAmount),
      timing: "SCHEDULED",
      time: new Date(ChargeDate).toISOString(),
    }));
  }
  const fixed = termOf(terms, "FixedUpfrontPricingTerm")?.term;
  return fixed === undefined ? [] : [{ amount: money(fixed.Price), timing: "ON_ACCEPTANCE" }];
}

/** The first of them, which stands for those that follow. */
function monthlyCharges(terms: readonly AcceptedTerm[], span: Span): ExpectedCharge[] {
  const month = monthFrom(terms, span.start, span);
  return month === undefined ? [] : [{ amount: money(month.amount), timing: "BILLING_PERIOD", time: month.to }];
}

function currencyOf(terms: readonly AcceptedTerm[]): string {
  for (const { term } of terms) if ("CurrencyCode" in term) return term.CurrencyCode;
  return "USD";
}

function total(amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, amount) => addAmounts(sum, amount), "0");
}

const DAY = 86_400_000;

/** The part of an amount for the days that are left, of those that the span has; a day begun counts. */
function remaining(amount: Amount, { start, end }: Span, now: string): Amount {
  if (end === undefined) return amount;
  const days = Math.max(1, Math.round((Date.parse(end) - Date.parse(start)) / DAY));
  const left = Math.min(days, Math.max(0, Math.ceil((Date.parse(end) - Date.parse(now)) / DAY)));
  return shareOfAmount(amount, left, days);
}
