import type { AcceptedTerm } from "../../marketplace/agreements/accepted-term";
import { money } from "../../marketplace/agreements/quote";
import { hourlyRates, type Rate } from "../../marketplace/changes/offer/terms";
import { offerOf } from "../../marketplace/changes/offer/offer";
import {
  type BillingPeriod,
  billingPeriodOf,
  closingOf,
  periodAfter,
  stretchOf,
} from "../../marketplace/metering/billing-period";
import { totalOf, type UsageLine, usageLines } from "../../marketplace/metering/usage-lines";
import { entitiesIn } from "../catalog/entities";
import { fingerprint } from "../discovery/proposals";
import { reportedUsage } from "../metering/reported-usage";
import type { Market } from "../service";
import { agreementsIn, type StoredAgreement } from "./agreements";
import { chargesIn } from "./charges";
import { instanceUsage } from "./instance-usage";
import { putOnCalendar } from "./timekeeper";

/** Has the usage under a new agreement charged, period by period, where it has prices by use. */
export function expectUsage(market: Market, agreement: StoredAgreement): void {
  if (agreedRates(agreement.terms).length > 0) expectPeriod(market, agreement.id, billingPeriodOf(agreement.start));
}

/**
 * Charges what was used in a period that is over, in one charge with a line for each dimension, and expects the next one.
 * The charge's id follows from agreement and period, so that a period is charged once.
 */
export function chargePeriod(market: Market, key: string): void {
  const [id = "", period = ""] = key.split("/");
  const agreement = agreementsIn(market.store).get(id);
  if (agreement === undefined) return;
  const lines = usageOf(market, agreement, period);
  if (lines.length > 0) {
    chargesIn(market.store).put({
      id: `ch-${fingerprint(key, 25)}`,
      revision: 1,
      agreementId: id,
      acceptor: agreement.acceptor,
      currency: agreement.currency,
      amount: money(totalOf(lines)),
      time: closingOf(period),
      usage: { period, lines },
    });
  }
  const goesOn = agreement.end === undefined || Date.parse(agreement.end) > stretchOf(period).to;
  if (goesOn) expectPeriod(market, id, periodAfter(period));
}

function expectPeriod(market: Market, id: string, period: BillingPeriod): void {
  putOnCalendar(market, closingOf(period), { event: "usage", id: `${id}/${period}` });
}

/** Hours of instances, which are counted here, and what sellers and their software reported. */
function usageOf(market: Market, agreement: StoredAgreement, period: BillingPeriod): UsageLine[] {
  const rates = ratesOf(market, agreement);
  return [
    ...usageLines(instanceUsage(market, agreement, period), rates),
    ...usageLines(reportedUsage(market.store, agreement, period), rates),
  ];
}

/** The prices agreed on, and those that the offer has now of what the product did not have then. */
export function ratesOf({ store }: Pick<Market, "store">, { terms, offerId }: StoredAgreement): Rate[] {
  const agreed = agreedRates(terms);
  const offer = entitiesIn(store).get(offerId);
  if (agreed.length === 0 || offer === undefined) return agreed;
  const known = new Set(agreed.map(({ DimensionKey }) => DimensionKey));
  return [...agreed, ...hourlyRates(offerOf(offer).Terms).filter(({ DimensionKey }) => !known.has(DimensionKey))];
}

function agreedRates(terms: readonly AcceptedTerm[]): Rate[] {
  return terms.flatMap(({ term }) => (term.Type === "VariablePaymentTerm" ? [] : hourlyRates([term])));
}
