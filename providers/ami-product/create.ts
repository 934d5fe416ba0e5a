import type { Change } from "../../marketplace/changes/change-type";
import type { AmiListing } from "../../marketplace/listing/ami-listing";
import type { ChangeSet, ChangeSetRequest } from "../change-sets/change-set";
import type { Tags } from "../entity-tags";
import type { Place } from "../reconciler";
import { asSubmitted } from "./as-submitted";
import { findProperty, type Existing } from "./converge";
import { factsOf } from "./facts";

/**
 * Makes a new listing by one change set. A run that broke off may have made it, or may still be making it, without Pulumi
 * knowing: that is found by the change set's name, which tells of stack and title, and taken over instead of made twice.
 */
export async function create(place: Place, wanted: AmiListing, changes: readonly Change[]): Promise<Existing> {
  const { host, claims, account } = place;
  const request: ChangeSetRequest = {
    subject: wanted.title,
    purpose: "create",
    identity: [await host.stack(), wanted.title],
    changes,
  };
  return account.changeSets.alone(`new listing ${wanted.title}`, async () => {
    const earlier = await account.changeSets.find(request);
    const lost = earlier !== undefined && (await isLost(place, earlier));
    const changeSet = lost ? earlier : (await account.changeSets.run({ ...request, earlier }, findProperty)).changeSet;
    const productId = made(changeSet, "CreateProduct");
    if (changeSet.id === earlier?.id) {
      claims.takenOver.add(productId);
      host.say(`${wanted.title}: an earlier run made ${productId} (change set ${changeSet.id}); going on from there`);
    }
    claims.held.add(productId);
    const tags = changeSet.id === earlier?.id ? await tagsOf(place, productId) : wanted.tags;
    const state = { ...asSubmitted(wanted, changeSet), ...(tags !== undefined && { tags }) };
    return { productId, offerId: made(changeSet, "CreateOffer"), state };
  });
}

/** The earlier run made a listing that no resource has, and that has not been retired since. */
async function isLost({ account, claims }: Place, earlier: ChangeSet): Promise<boolean> {
  if (earlier.status !== "SUCCEEDED") return false;
  const productId = made(earlier, "CreateProduct");
  if (claims.held.has(productId)) return false;
  const product = await account.entities.describe(productId);
  return product !== undefined && factsOf(product).visibility !== "Restricted";
}

/** A change set does not tell which tags it gave. */
async function tagsOf({ account }: Place, productId: string): Promise<Tags | undefined> {
  const product = await account.entities.describe(productId);
  return product && account.tags.read(product.arn);
}

function made(changeSet: ChangeSet, changeType: string): string {
  const id = changeSet.changes.find((change) => change.changeType === changeType)?.entityId;
  if (id !== undefined) return id;
  throw new Error(`Change set ${changeSet.id} succeeded, but does not say what its ${changeType} made.`);
}
