import type { Change } from "../../marketplace/changes/change-type";
import { isOpen } from "../change-sets/change-set";
import { untilFree } from "../change-sets/until-free";
import type { Properties } from "../provider";
import type { Place } from "../reconciler";
import { nameOf } from "../trouble";
import { factsOf } from "./facts";
import { checkOwner } from "./look";
import { gracePeriod, pendingIn } from "./pending";

/**
 * What deleting means: nobody new can subscribe. AWS reviews a restriction too; it is asked for, and not waited for
 * longer than a moment. A product that is gone, restricted or still a draft needs nothing.
 */
export async function retire(place: Place, productId: string, state: Properties): Promise<void> {
  const { account, host, claims } = place;
  if (claims.takenOver.has(productId)) {
    host.say(`${productId} stays as it is: another resource of this program took it over`);
    return;
  }
  checkOwner(account, state.productArn);
  await account.changeSets.alone(productId, async () => {
    await callOff(place, state);
    await untilFree(async () => {
      const product = await account.entities.describe(productId);
      if (product === undefined) return;
      const { visibility } = factsOf(product);
      if (visibility === "Restricted") return;
      const title = String(state.title ?? productId);
      if (visibility === "Draft") {
        host.say(`${title}: abandoned as a draft; AWS Marketplace never deletes a product (${productId})`);
        return;
      }
      host.say(
        `${title}: restricting ${productId}; AWS Marketplace never deletes, and subscribers keep what they have`,
      );
      await restrict(place, productId, product.revision, title);
    });
  });
}

async function restrict({ account, host }: Place, productId: string, revision: number, subject: string): Promise<void> {
  const change: Change = {
    changeType: "UpdateVisibility",
    entity: { type: "AmiProduct@1.0", identifier: productId },
    details: { TargetVisibility: "Restricted" },
  };
  const identity = [productId, String(revision)];
  const request = { subject, purpose: "restrict", identity, changes: [change], patience: gracePeriod };
  const { changeSet, done } = await account.changeSets.run(request, () => "visibility");
  if (done) return;
  host.say(
    `${subject}: AWS is reviewing the restriction, change set ${changeSet.id}; it goes on without us`,
    "warning",
  );
}

/** A review that an earlier run asked for holds the product; nobody wants its outcome any longer. */
async function callOff({ account }: Place, state: Properties): Promise<void> {
  const pending = pendingIn(state);
  if (pending === undefined) return;
  const changeSet = await account.changeSets.describe(pending.changeSetId);
  if (!isOpen(changeSet)) return;
  try {
    await account.changeSets.cancel(changeSet.id);
  } catch (error) {
    // Too late to cancel: it is being applied, and over in a moment.
    if (nameOf(error) !== "ResourceInUseException") throw error;
  }
}
