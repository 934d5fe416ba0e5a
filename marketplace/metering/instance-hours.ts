import { overlap, type Stretch } from "./billing-period";
import { type Places, type Stay, withoutPlace } from "./places";
import { HOUR } from "./usage";

/** An instance of a product's image, from when it was started until it was stopped, or until now. */
export interface Run extends Stretch {
  readonly instance: string;
  readonly instanceType: string;
}

export interface Covered {
  /** How many instances of a type were paid for in advance: they cost nothing by the hour. */
  readonly paidAhead: (instanceType: string) => readonly Places[];
  /** One instance is free. */
  readonly trial?: Stretch | undefined;
}

/** A part of a run in which the hours that begin are charged. */
export interface ChargedRun extends Stay {
  readonly instanceType: string;
}

/**
 * The parts of an account's runs that neither a payment in advance nor a free trial covers. Each unit that was paid for
 * in advance is good for one running instance of its type at a time (AWS Marketplace Buyer Guide, "AMI subscriptions in
 * AWS Marketplace"; Seller Guide, "Annual pricing"), and a free trial for a single instance of any type (Seller Guide,
 * "Product pricing"). Where more are running, those that were started first are covered.
 */
export function chargedRuns(runs: readonly Run[], { paidAhead, trial }: Covered): ChargedRun[] {
  const types = new Set(runs.map(({ instanceType }) => instanceType));
  const unpaid = [...types].flatMap((type) => {
    const ofType = runs.filter(({ instanceType }) => instanceType === type);
    return withoutPlace(ofType.map(stayOf), paidAhead(type));
  });
  if (trial === undefined) return unpaid;
  return withoutPlace(unpaid, [
    { at: trial.from, places: 1 },
    { at: trial.to, places: 0 },
  ]);
}

function stayOf({ instance, instanceType, from, to }: Run): ChargedRun {
  return { id: instance, instanceType, since: from, from, to };
}

/**
 * The hours of a run that begin within a stretch. Products of the marketplace are billed by the hour, of which
 * the first begins when the instance is started, and an hour that has begun counts whole (AWS News, "Announcing Amazon
 * EC2 per second billing", for products in AWS Marketplace; Amazon EC2 User Guide, "Instance billing").
 */
export function hoursBegun({ since, ...there }: ChargedRun, during: Stretch): number {
  const { from, to } = overlap(there, during);
  const begunBefore = (moment: number) => Math.ceil((moment - since) / HOUR);
  return begunBefore(to) - begunBefore(from);
}
