import type { AgreementEvent } from "../../marketplace/agreements/agreement-states";
import { moveAgreement } from "../../marketplace/agreements/agreement-states";
import { type AcceptedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { quote as quoted } from "../../marketplace/agreements/quote";
import { after, type Span, spanOf } from "../../marketplace/agreements/term-length";
import { newEntityId } from "../catalog/ids";
import type { Market } from "../service";
import { agreementsIn, type StoredAgreement } from "./agreements";
import { chargesIn, type NumberedCharge } from "./charges";
import type { StoredQuote } from "./quotes";
import { putOnCalendar } from "./timekeeper";
import { expectUsage } from "./usage-charges";

/** How long it takes at AWS until a product that was bought can be used. */
const PROVISIONING = 30_000;

interface Beginning extends Pick<StoredAgreement, "acceptor" | "proposer" | "productId" | "productType" | "offerId"> {
  readonly quote: Pick<StoredQuote, "terms" | "currency" | "value" | "charges">;
  /** Purchase orders by charge. */
  readonly orders: ReadonlyMap<string, string>;
  readonly span: Span;
  /** Now, where nothing is said. */
  readonly acceptedAt?: string;
}

/** Puts an agreement in force, with its charges, and its end on the calendar. */
export function beginAgreement(
  market: Market,
  { quote, orders, span, acceptedAt, ...parties }: Beginning,
): StoredAgreement {
  const now = acceptedAt ?? market.clock.now().toISOString();
  const begun = new Date(Math.max(Date.parse(span.start), Date.parse(now)));
  const agreement: StoredAgreement = {
    ...parties,
    ...span,
    id: newEntityId("agmt"),
    terms: quote.terms,
    status: "ACTIVE",
    acceptedAt: now,
    provisionedAt: new Date(begun.getTime() + (market.latency === "none" ? 0 : PROVISIONING)).toISOString(),
    currency: quote.currency,
    ...(quote.value !== undefined && { value: quote.value }),
    licenseArn: `arn:aws:license-manager::${parties.acceptor}:license:${newEntityId("l")}`,
  };
  agreementsIn(market.store).put(agreement);
  bookCharges(market, agreement, quote.charges, orders);
  if (agreement.end !== undefined) putOnCalendar(market, agreement.end, { event: "end", id: agreement.id });
  if (monthly(agreement.terms)) putOnCalendar(market, nextMonth(span.start, 1), { event: "month", id: agreement.id });
  expectUsage(market, agreement);
  return agreement;
}

export function bookCharges(
  market: Market,
  { id: agreementId, acceptor, currency, start }: StoredAgreement,
  charges: readonly NumberedCharge[],
  orders: ReadonlyMap<string, string>,
): void {
  const now = market.clock.now().toISOString();
  for (const { id, amount, timing, time } of charges) {
    const purchaseOrder = orders.get(id);
    chargesIn(market.store).put({
      id,
      revision: 1,
      agreementId,
      acceptor,
      currency,
      amount,
      time: time ?? (timing === "ON_ACCEPTANCE" ? now : start),
      ...(purchaseOrder !== undefined && purchaseOrder !== "" && { purchaseOrder }),
    });
  }
}

/** Ends an agreement now. Undefined, and nothing done, where it has ended before. */
export function endAgreement(
  market: Market,
  agreement: StoredAgreement,
  event: AgreementEvent,
): StoredAgreement | undefined {
  const status = moveAgreement(agreement.status, event);
  if (status === undefined) return undefined;
  const ended: StoredAgreement = { ...agreement, status, end: market.clock.now().toISOString() };
  agreementsIn(market.store).put(ended);
  return ended;
}

/** What comes at an agreement's planned end: it expires or, where the buyer chose so, goes on as another one. */
export function reachEnd(market: Market, id: string): void {
  const agreement = agreementsIn(market.store).get(id);
  if (agreement?.status !== "ACTIVE" || agreement.end === undefined) return;
  const { end, terms } = agreement;
  const renews = termOf(terms, "RenewalTerm")?.renewal?.enableAutoRenew === true;
  const status = moveAgreement(agreement.status, renews ? "renew" : "expire");
  if (status === undefined) return;
  agreementsIn(market.store).put({ ...agreement, status });
  if (!renews) return;
  const span = spanOf(withoutDates(terms), end);
  const { charges, currency, value } = quoted(terms, span);
  const priced = { currency, ...(value !== undefined && { value }) };
  const numbered = charges.map((charge) => ({ ...charge, id: newEntityId("ch") }));
  const { acceptor, proposer, productId, productType, offerId } = agreement;
  const parties = { acceptor, proposer, productId, productType, offerId };
  beginAgreement(market, { ...parties, quote: { ...priced, terms, charges: numbered }, orders: new Map(), span });
}

/** Charges a month that begins, and puts the next one on the calendar. */
export function reachMonth(market: Market, id: string, at: string): void {
  const agreement = agreementsIn(market.store).get(id);
  const price = agreement && termOf(agreement.terms, "RecurringPaymentTerm")?.term.Price;
  if (agreement?.status !== "ACTIVE" || price === undefined) return;
  const charge: NumberedCharge = { id: newEntityId("ch"), amount: price, timing: "BILLING_PERIOD", time: at };
  bookCharges(market, agreement, [charge], new Map());
  putOnCalendar(market, nextMonth(agreement.start, monthsBetween(agreement.start, at) + 1), { event: "month", id });
}

function monthly(terms: readonly AcceptedTerm[]): boolean {
  return termOf(terms, "RecurringPaymentTerm") !== undefined;
}

/** Calendar months from one moment's to another's. */
function monthsBetween(start: string, at: string): number {
  const [from, to] = [new Date(start), new Date(at)];
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
}

function nextMonth(start: string, months: number): string {
  return after(start, `P${months}M`) ?? start;
}

/** Dates that were agreed on hold once; what goes on has the same length. */
function withoutDates(terms: readonly AcceptedTerm[]): AcceptedTerm[] {
  return terms
    .filter(({ term }) => term.Type !== "ValidityTerm" || term.AgreementDuration !== undefined)
    .map((one) =>
      one.term.Type === "ValidityTerm"
        ? { ...one, term: { Type: one.term.Type, AgreementDuration: one.term.AgreementDuration } }
        : one,
    );
}
