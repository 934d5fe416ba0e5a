import type { Entity } from "../changes/change-type";
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
  const offer = releasedAs(before, now);
  const refused = refusals(planOffer(wanted, offer, now).changes, offer, now);
  const properties = [...refused.keys()].flatMap(({ changeType }) =>
    propertiesOf(changeType).filter((name) => !same(before[name], wanted[name])),
  );
  const problems = [...refused].flatMap(([change, found]) =>
    found.map((problem) => ({ ...problem, path: offerPropertyOf(change, problem.path) })),
  );
  return { properties: [...new Set([...moved, ...properties])], problems };
}

/** The offer as AWS has it once the declaration is released, worked out by the rule book itself. */
function releasedAs(spec: OfferSpec, now: string): Entity {
  const { offer, changes } = draftOf(spec);
  const { entities } = runChanges(worldOf(offer, now), changes);
  return entities.find(({ id }) => id === offer.id) ?? offer;
}

function propertiesOf(changeType: string): readonly (keyof OfferSpec)[] {
  if (changeType === "UpdatePricingTerms") return ["pricing"];
  if (changeType === "UpdateInformation") return ["name", "description", "preExistingAgreement"];
  return facets.find((facet) => facet.changeType === changeType)?.properties ?? [];
}
