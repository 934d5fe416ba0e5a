import type { Change } from "../../marketplace/changes/change-type";
import type { OfferSpec } from "../../marketplace/offers/offer-spec";
import { planOffer } from "../../marketplace/offers/plan";
import { lackingProperty, offerPropertyOf } from "../../marketplace/offers/property-of";
import type { Submitted } from "../../marketplace/offers/submitted";
import { refusal } from "../ami-product/converge";
import { placeOf } from "../change-sets/error-place";
import { untilFree } from "../change-sets/until-free";
import type { DescribedEntity } from "../entities";
import type { Place } from "../reconciler";
import { knownOffer, observedOffer } from "./seen-offer";

/**
 * Brings an offer that exists to what is declared: looks, plans the difference, applies it, looks again.
 * @param submitted what of the last declaration AWS never shows.
 * @param onChange called once AWS has changed something, even when a later step fails.
 */
export function converge(
  place: Place,
  id: string,
  wanted: OfferSpec,
  submitted: Submitted,
  onChange: () => void,
): Promise<DescribedEntity> {
  return place.account.changeSets.alone(id, async () => {
    for (let applied = "more"; applied === "more";) {
      applied = await untilFree(() => apply(place, id, wanted, submitted));
      if (applied !== "nothing") onChange();
    }
    return knownOffer(place.account, id);
  });
}

/** Which property an error of AWS speaks of. */
export function findProperty(change: Change, message: string): string {
  if (change.changeType === "ReleaseOffer") return lackingProperty(message);
  return offerPropertyOf(change, placeOf(change.details, message));
}

/** As much of the difference as one change set holds. */
async function apply(
  { account, host }: Place,
  id: string,
  wanted: OfferSpec,
  submitted: Submitted,
): Promise<"nothing" | "more" | "all"> {
  const seen = await knownOffer(account, id);
  const now = new Date(host.time.now()).toISOString();
  const plan = planOffer(wanted, observedOffer(seen, submitted), now);
  if (plan.problems.length > 0) throw refusal(plan.problems);
  if (plan.changes.length === 0) return "nothing";
  const identity = [id, String(seen.revision)];
  const request = { subject: wanted.name, purpose: "update offer", identity, changes: plan.changes };
  await account.changeSets.run(request, findProperty);
  return plan.more ? "more" : "all";
}
