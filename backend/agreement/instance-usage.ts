import { termOf } from "../../marketplace/agreements/accepted-term";
import type { Rate } from "../../marketplace/changes/offer/terms";
import { productOf } from "../../marketplace/changes/ami-product/product";
import { daysAfter, daysOf } from "../../marketplace/durations";
import { type BillingPeriod, type Stretch, stretchOf } from "../../marketplace/metering/billing-period";
import { chargedRuns, hoursBegun, type Run } from "../../marketplace/metering/instance-hours";
import { type TermsInForce, unitsPaidAhead } from "../../marketplace/metering/paid-ahead";
import { cutOut, overlap } from "../../marketplace/metering/stretches";
import { entitiesIn } from "../catalog/entities";
import { paidRuns } from "../ec2/instances/paid-usage";
import type { Market } from "../service";
import { agreementsIn, type StoredAgreement } from "./agreements";

/** The hours, by instance type, that the buyer's instances ran in a period and that this agreement charges. */
export function instanceUsage(
  market: Market,
  agreement: StoredAgreement,
  rates: readonly Rate[],
  period: BillingPeriod,
): ReadonlyMap<string, number> {
  const runs = runsIn(market, agreement, stretchOf(period));
  const hours = new Map<string, number>();
  if (runs.length === 0) return hours;
  const all = agreementsIn(market.store)
    .of("Acceptor", agreement.acceptor)
    .filter(({ productId }) => productId === agreement.productId);
  const covered = {
    paidAhead: (type: string) => unitsPaidAhead(all.flatMap(termsInForce), type),
    trial: trialOf(agreement),
  };
  const charged = new Map(
    rates.map(({ DimensionKey: type }) => [type, chargedStretches(agreement, all, type, stretchOf(period))]),
  );
  for (const run of chargedRuns(runs, covered)) {
    const begun = hoursBegun(run, charged.get(run.instanceType) ?? []);
    hours.set(run.instanceType, (hours.get(run.instanceType) ?? 0) + begun);
  }
  return hours;
}

function runsIn({ store }: Market, { acceptor, productId }: StoredAgreement, period: Stretch): Run[] {
  const product = entitiesIn(store).get(productId);
  if (product === undefined) return [];
  const prefix = `${acceptor}/${productOf(product).Description.ProductCode}/`;
  return [...paidRuns(store).list(prefix)]
    .map(([, { instance, instanceType, from, to }]) => ({
      instance,
      instanceType,
      from: Date.parse(from),
      to: to === undefined ? period.to : Date.parse(to),
    }))
    .filter(({ from, to }) => from < period.to && to > period.from);
}

/** When the agreement charges a type's hours: while it is in force, and no earlier agreement has a price for them. */
function chargedStretches(
  agreement: StoredAgreement,
  all: readonly StoredAgreement[],
  type: string,
  period: Stretch,
): Stretch[] {
  const before = all.filter((other) => other.id !== agreement.id && isEarlier(other, agreement) && prices(other, type));
  return before.map(stretchInForce).reduce(cutOut, overlap(stretchInForce(agreement), period));
}

function isEarlier(a: StoredAgreement, b: StoredAgreement): boolean {
  return a.acceptedAt === b.acceptedAt ? a.id < b.id : a.acceptedAt < b.acceptedAt;
}

function prices({ terms }: StoredAgreement, type: string): boolean {
  const cards = termOf(terms, "UsageBasedPricingTerm")?.term.RateCards ?? [];
  return cards.some(({ RateCard = [] }) => RateCard.some(({ DimensionKey }) => DimensionKey === type));
}

function stretchInForce({ start, end }: StoredAgreement): Stretch {
  const from = Date.parse(start);
  // One that was ended before it began was never in force.
  return { from, to: end === undefined ? Number.MAX_SAFE_INTEGER : Math.max(from, Date.parse(end)) };
}

function termsInForce(agreement: StoredAgreement): TermsInForce[] {
  const { from, to } = stretchInForce(agreement);
  const versions = [...(agreement.earlier ?? []), { until: undefined, terms: agreement.terms }];
  let begin = from;
  return versions.map(({ until, terms }) => {
    const version = {
      from: begin,
      to: until === undefined ? to : Math.min(to, Math.max(from, Date.parse(until))),
      terms,
    };
    begin = version.to;
    return version;
  });
}

function trialOf({ terms, start }: StoredAgreement): Stretch | undefined {
  const days = daysOf(termOf(terms, "FreeTrialPricingTerm")?.term.Duration ?? "");
  if (days === undefined) return undefined;
  return { from: Date.parse(start), to: Date.parse(daysAfter(start, days)) };
}
