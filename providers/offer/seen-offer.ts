import type { Entity, JsonObject } from "../../marketplace/changes/change-type";
import { isExpired, offerOf, offerType } from "../../marketplace/changes/offer/offer";
import type { OfferSpec } from "../../marketplace/offers/offer-spec";
import { submissionsOf, type Submitted } from "../../marketplace/offers/submitted";
import type { Account } from "../accounts";
import type { DescribedEntity } from "../entities";
import type { Properties } from "../provider";
import type { Place } from "../reconciler";
import { inputNames } from "./input-names";

/** The offer as the rule book wants to see it: what the catalog shows, and what was submitted and is never shown. */
export function observedOffer({ id, arn, details }: DescribedEntity, submitted: Submitted = {}): Entity {
  const owner = arn.split(":")[4] ?? "";
  return { type: offerType, id, owner, details, submitted: JSON.parse(JSON.stringify(submitted)) as JsonObject };
}

/** Of inputs, or of a state that was made from them; undefined where an import has no state yet. */
export function submittedBy(properties: Properties): Submitted {
  const { pricing, eula, replaces, renewal } = specIn(properties);
  if ((pricing as unknown) === undefined || (eula as unknown) === undefined) return {};
  return submissionsOf({
    pricing,
    eula,
    ...(replaces !== undefined && { replaces }),
    ...(renewal !== undefined && { renewal }),
  });
}

/** What `check` has let through has this shape, and what it is about to judge is held against it. */
export function specIn(properties: Properties): OfferSpec {
  const declared = Object.entries(properties).filter(([name]) => inputNames.includes(name) && name !== "connection");
  return Object.fromEntries(declared) as unknown as OfferSpec;
}

export type OfferState = "Draft" | "Released" | "Expired";

/** A released offer has expired once its last day is over. */
export function stateOf(seen: DescribedEntity, now: number): OfferState {
  const offer = observedOffer(seen);
  const { State } = offerOf(offer);
  return State === "Released" && isExpired({ now: new Date(now).toISOString() }, offer) ? "Expired" : State;
}

/** What Pulumi keeps of an offer: what was declared, and what AWS made of it. */
export function outputsOf({ host }: Pick<Place, "host">, declared: Properties, seen: DescribedEntity): Properties {
  const { id, arn, revision } = seen;
  return { ...declared, offerId: id, offerArn: arn, revision, state: stateOf(seen, host.time.now()) };
}

/** @throws when the account has no such offer. */
export async function knownOffer(account: Account, id: string): Promise<DescribedEntity> {
  const seen = await account.entities.describe(id);
  if (seen !== undefined) return seen;
  throw new Error(`Account ${account.id} has no offer ${id} any longer. Run a refresh, then up makes a new one.`);
}
