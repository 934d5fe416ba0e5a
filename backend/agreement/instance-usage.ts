import { productOf } from "../../marketplace/changes/ami-product/product";
import { type BillingPeriod, overlap, type Stretch, stretchOf } from "../../marketplace/metering/billing-period";
import { trialOf } from "../../marketplace/metering/free-trial";
import { chargedRuns, hoursBegun, type Run } from "../../marketplace/metering/instance-hours";
import { type TermsInForce, unitsPaidAhead } from "../../marketplace/metering/paid-ahead";
import { entitiesIn } from "../catalog/entities";
import { paidRuns } from "../ec2/instances/paid-usage";
import type { Market } from "../service";
import { agreementsIn, type StoredAgreement } from "./agreements";

/**
 * The hours, by instance type, that began on the buyer's instances in a period while an agreement was in force, less those
 * that were paid for in advance or are on trial. A buyer has one agreement by use about a product at a time.
 */
export function instanceUsage(
  market: Market,
  agreement: StoredAgreement,
  period: BillingPeriod,
): ReadonlyMap<string, number> {
  const hours = new Map<string, number>();
  const runs = runsIn(market, agreement, stretchOf(period));
  if (runs.length === 0) return hours;
  const terms = agreementsIn(market.store)
    .of("Acceptor", agreement.acceptor)
    .filter(({ productId }) => productId === agreement.productId)
    .flatMap(termsInForce);
  const covered = { paidAhead: (type: string) => unitsPaidAhead(terms, type), trial: trialOf(agreement) };
  const charged = overlap(stretchInForce(agreement), stretchOf(period));
  for (const run of chargedRuns(runs, covered)) {
    hours.set(run.instanceType, (hours.get(run.instanceType) ?? 0) + hoursBegun(run, charged));
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
