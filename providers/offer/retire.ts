import type { Change } from "../../marketplace/changes/change-type";
import { isPublicOffer, offerType } from "../../marketplace/changes/offer/offer";
import { checkOwner } from "../ami-product/look";
import { untilFree } from "../change-sets/until-free";
import type { Properties } from "../provider";
import type { Place } from "../reconciler";
import { observedOffer, stateOf } from "./seen-offer";

const day = 86_400_000;

/**
 * What deleting means: nobody can accept the offer any longer. A draft is abandoned as it is; what has expired or is gone
 * needs nothing; and a public offer has no end in AWS Marketplace.
 */
export async function retire(place: Place, id: string, state: Properties): Promise<void> {
  const { account, host, claims } = place;
  if (claims.takenOver.has(id)) {
    host.say(`${id} stays as it is: another resource of this program took it over`);
    return;
  }
  checkOwner(account, state.offerArn);
  await account.changeSets.alone(id, () => expire(place, id, String(state.name ?? id)));
}

/** Sets the offer's last day to yesterday, and says why where that is not what happens. */
export function expire({ account, host }: Place, id: string, subject: string): Promise<void> {
  return untilFree(async () => {
    const seen = await account.entities.describe(id);
    if (seen === undefined) return;
    const now = host.time.now();
    const state = stateOf(seen, now);
    if (state === "Expired") return;
    if (state === "Draft") {
      host.say(`${subject}: abandoned as a draft; AWS Marketplace never deletes an offer (${id})`);
      return;
    }
    if (isPublicOffer(observedOffer(seen))) {
      const way = "to end it, restrict its product";
      host.say(`${subject}: ${id} stays, since AWS Marketplace never ends a public offer; ${way}`, "warning");
      return;
    }
    host.say(`${subject}: ${id} expires; AWS Marketplace never deletes, and agreements made from it stay`);
    const change: Change = {
      changeType: "UpdateAvailability",
      entity: { type: offerType, identifier: id },
      details: { AvailabilityEndDate: new Date(now - day).toISOString().slice(0, 10) },
    };
    const identity = [id, String(seen.revision)];
    const request = { subject, purpose: "expire offer", identity, changes: [change] };
    await account.changeSets.run(request, () => "availabilityEndDate");
  });
}
