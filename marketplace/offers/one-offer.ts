import type { Entity } from "../changes/change-type";
import { offerType } from "../changes/offer/offer";
import type { Surroundings } from "../changes/run";

/** A catalog that holds one offer and says nothing of its product. */
export function worldOf(offer: Entity, now: string): Surroundings {
  return {
    account: offer.owner,
    now,
    entity: (id) => (id === offer.id ? offer : undefined),
    entitiesOf: (type) => (type === offerType ? [offer] : []),
    newId: (prefix) => `${prefix}-0000000000000`,
    assets: () => undefined,
  };
}
