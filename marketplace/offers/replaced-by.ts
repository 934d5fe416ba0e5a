import type { Change, Entity } from "../changes/change-type";
import { runChanges } from "../changes/run";
import { same } from "../listing/same";
import type { Problem } from "../problem";
import { draftOf } from "./draft";
import { facets } from "./facets";
import type { OfferSpec } from "./offer-spec";
import { worldOf } from "./one-offer";
import { planOffer, refusals } from "./plan";
import { offerPropertyOf } from "./property-of";

/** What AWS cannot do to a released offer. */
export interface Unchangeable {
  /** Properties for which a new offer has to take the old one's place. */
  readonly properties: readonly (keyof OfferSpec)[];
  readonly problems: readonly Problem[];
}

/**
 * Which differences between two declarations a released offer cannot follow: its product, and whatever the rule book
 * refuses to change after release. In: the declaration that was released, the one that is wanted, and the time.
 */
export function unchangeable(before: OfferSpec, wanted: OfferSpec, now: string): Unchangeable {
  const moved = (["productId", "replaces"] as const).filter((name) => before[name] !== wanted[name]);
  const refused = refusedOnTheWay(releasedAs(before, now), wanted, now);
  const properties = [...refused.keys()].flatMap(({ changeType }) =>
    propertiesOf(changeType).filter((name) => !same(before[name], wanted[name])),
  );
  const problems = [...refused].flatMap(([change, found]) =>
    found.map((problem) => ({ ...problem, path: offerPropertyOf(change, problem.path) })),
  );
  return { properties: [...new Set([...moved, ...properties])], problems };
}

/** Set by set, as when an offer that has expired is opened again before anything else of it changes. */
function refusedOnTheWay(
  offer: Entity,
  wanted: OfferSpec,
  now: string,
  sets = 3,
): ReadonlyMap<Change, readonly Problem[]> {
  const { changes, more } = planOffer(wanted, offer, now);
  const refused = refusals(changes, offer, now);
  if (!more || refused.size > 0 || sets === 1) return refused;
  return refusedOnTheWay(applied(offer, changes, now), wanted, now, sets - 1);
}

/** The offer as AWS has it once the declaration is released, worked out by the rule book itself. */
function releasedAs(spec: OfferSpec, now: string): Entity {
  const { offer, changes } = draftOf(spec);
  return applied(offer, changes, now);
}

function applied(offer: Entity, changes: readonly Change[], now: string): Entity {
  const { entities } = runChanges(worldOf(offer, now), changes);
  return entities.find(({ id }) => id === offer.id) ?? offer;
}

function propertiesOf(changeType: string): readonly (keyof OfferSpec)[] {
  if (changeType === "UpdatePricingTerms") return ["pricing"];
  if (changeType === "UpdateInformation") return ["name", "description", "preExistingAgreement"];
  return facets.find((facet) => facet.changeType === changeType)?.properties ?? [];
}
