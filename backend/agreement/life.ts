import type { AgreementEvent } from "../../marketplace/agreements/agreement-states";
import { moveAgreement } from "../../marketplace/agreements/agreement-states";
import { type AcceptedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { money, quote as quoted } from "../../marketplace/agreements/quote";
import { renewed, renews } from "../../marketplace/agreements/renewed-terms";
import { after, type Span } from "../../marketplace/agreements/term-length";
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
  /** The agreement whose place it takes. Who can use a product already goes on without a pause. */
  readonly before?: StoredAgreement | undefined;
  readonly failure?: StoredAgreement["failure"];
  /** How often the agreement before it was renewed, and once more. */
  readonly renewals?: number;
}

/** Puts an agreement in force, with its charges, and its end on the calendar. */
export function beginAgreement(
  market: Market,
  { quote, orders, span, acceptedAt, before, ...parties }: Beginning,
): StoredAgreement {
  const now = acceptedAt ?? market.clock.now().toISOString();
  const begun = Math.max(Date.parse(span.start), Date.parse(now));
  const inUse = before !== undefined && before.failure === undefined && Date.parse(before.provisionedAt) <= begun;
  const setUp = market.latency === "none" || inUse ? 0 : PROVISIONING;
  const agreement: StoredAgreement = {
    ...parties,
    ...span,
    id: newEntityId("agmt"),
    terms: quote.terms,
    status: "ACTIVE",
    acceptedAt: now,
    provisionedAt: new Date(begun + setUp).toISOString(),
    currency: quote.currency,
    ...(quote.value !== undefined && { value: quote.value }),
    licenseArn: `arn:aws:license-manager::${parties.acceptor}:license:${newEntityId("l")}`,
  };
  agreementsIn(market.store).put(agreement);
  bookCharges(market, agreement, quote.charges, orders, now);
  if (agreement.end !== undefined) putOnCalendar(market, agreement.end, { event: "end", id: agreement.id });
  if (monthly(agreement.terms)) putOnCalendar(market, nextMonth(span.start, 1), { event: "month", id: agreement.id });
  expectUsage(market, agreement);
  return agreement;
}

/** What falls due before it is agreed on, falls due then: `agreedAt`, or now. */
export function bookCharges(
  market: Market,
  { id: agreementId, acceptor, currency, start }: StoredAgreement,
  charges: readonly NumberedCharge[],
  orders: ReadonlyMap<string, string>,
  agreedAt: string = market.clock.now().toISOString(),
): void {
  for (const { id, amount, timing, time } of charges) {
    const purchaseOrder = orders.get(id);
    chargesIn(market.store).put({
      id,
      revision: 1,
      agreementId,
      acceptor,
      currency,
      amount,
      time: timeOf(timing, time ?? start, agreedAt),
      ...(purchaseOrder !== undefined && purchaseOrder !== "" && { purchaseOrder }),
    });
  }
}

function timeOf(timing: NumberedCharge["timing"], time: string, agreedAt: string): string {
  if (timing === "ON_ACCEPTANCE") return agreedAt;
  return timing === "SCHEDULED" && time < agreedAt ? agreedAt : time;
}

/** Ends an agreement now, with all that would have been charged later. Undefined, and nothing done, where it has ended before. */
export function endAgreement(
  market: Market,
  agreement: StoredAgreement,
  event: AgreementEvent,
): StoredAgreement | undefined {
  const status = moveAgreement(agreement.status, event);
  if (status === undefined) return undefined;
  const end = market.clock.now().toISOString();
  const ended: StoredAgreement = { ...agreement, status, end };
  agreementsIn(market.store).put(ended);
  chargesIn(market.store).callOff(agreement.id, end);
  return ended;
}

/** What comes at an agreement's planned end: it expires or, where the buyer chose so, goes on as another one. */
export function reachEnd(market: Market, id: string): void {
  const agreement = agreementsIn(market.store).get(id);
  if (agreement?.status !== "ACTIVE" || agreement.end === undefined) return;
  const { start, end, renewals = 0 } = agreement;
  const goesOn = renews(agreement.terms, renewals);
  const status = moveAgreement(agreement.status, goesOn ? "renew" : "expire");
  if (status === undefined) return;
  agreementsIn(market.store).put({ ...agreement, status });
  if (!goesOn) return;
  const { terms, span } = renewed(agreement.terms, { start, end });
  const { charges, currency, value } = quoted(terms, span);
  const priced = { currency, ...(value !== undefined && { value }) };
  const numbered = charges.map((charge) => ({ ...charge, id: newEntityId("ch") }));
  const { acceptor, proposer, productId, productType, offerId, failure } = agreement;
  beginAgreement(market, {
    before: agreement,
    ...(failure !== undefined && { failure }),
    acceptor,
    proposer,
    productId,
    productType,
    offerId,
    span,
    quote: { ...priced, terms, charges: numbered },
    orders: new Map(),
    acceptedAt: span.start,
    renewals: renewals + 1,
  });
}

/** Charges a month that begins, and puts the next one on the calendar. */
export function reachMonth(market: Market, id: string, at: string): void {
  const agreement = agreementsIn(market.store).get(id);
  const price = agreement && termOf(agreement.terms, "RecurringPaymentTerm")?.term.Price;
  if (agreement?.status !== "ACTIVE" || price === undefined) return;
  const charge: NumberedCharge = { id: newEntityId("ch"), amount: money(price), timing: "BILLING_PERIOD", time: at };
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
