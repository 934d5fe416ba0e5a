import type { AgreementEvent } from "../../marketplace/agreements/agreement-states";
import { moveAgreement } from "../../marketplace/agreements/agreement-states";
import { monthFrom } from "../../marketplace/agreements/monthly-price";
import { money, quote as quoted } from "../../marketplace/agreements/quote";
import { renewed, renews } from "../../marketplace/agreements/renewed-terms";
import type { Span } from "../../marketplace/agreements/term-length";
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
  const monthly = quote.charges.filter(({ timing }) => timing === "BILLING_PERIOD");
  const others = quote.charges.filter(({ timing }) => timing !== "BILLING_PERIOD");
  bookCharges(market, agreement, others, orders, now);
  for (const { id } of monthly) bookMonth(market, agreement, { id, from: span.start, order: orders.get(id) });
  if (agreement.end !== undefined) putOnCalendar(market, agreement.end, { event: "end", id: agreement.id });
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

/**
 * Ends an agreement, now where nothing else is said, with all that would have been charged later. Undefined, and nothing
 * done, where it has ended before.
 */
export function endAgreement(
  market: Market,
  agreement: StoredAgreement,
  event: AgreementEvent,
  end: string = market.clock.now().toISOString(),
): StoredAgreement | undefined {
  const status = moveAgreement(agreement.status, event);
  if (status === undefined) return undefined;
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

/** A month is over, and its charge due: expects that of the next one. */
export function reachMonth(market: Market, id: string, at: string): void {
  const agreement = agreementsIn(market.store).get(id);
  if (agreement?.status === "ACTIVE") bookMonth(market, agreement, { id: newEntityId("ch"), from: at });
}

/** Books what the month from a moment is going to cost, and puts its end on the calendar. */
function bookMonth(
  market: Market,
  agreement: StoredAgreement,
  { id, from, order = "" }: { readonly id: string; readonly from: string; readonly order?: string | undefined },
): void {
  const month = monthFrom(agreement.terms, from, agreement);
  if (month === undefined) return;
  chargesIn(market.store).put({
    id,
    revision: 1,
    agreementId: agreement.id,
    acceptor: agreement.acceptor,
    currency: agreement.currency,
    amount: money(month.amount),
    time: month.to,
    monthFrom: from,
    ...(order !== "" && { purchaseOrder: order }),
  });
  putOnCalendar(market, month.to, { event: "month", id: agreement.id });
}
