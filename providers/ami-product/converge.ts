import type { Change } from "../../marketplace/changes/change-type";
import type { Problem } from "../../marketplace/problem";
import {
  planAmiListing,
  propertyOf,
  type AmiListing,
  type ObservedListing,
} from "../../marketplace/listing/ami-listing";
import { isOpen, type ChangeSetRequest } from "../change-sets/change-set";
import { placeOf } from "../change-sets/error-place";
import { ChangeSetFailed } from "../change-sets/failed";
import { untilFree } from "../change-sets/until-free";
import type { Properties } from "../provider";
import type { Place } from "../reconciler";
import { same } from "../same";
import type { PendingRequest } from "./ami-product";
import { checkOwner, look, type SeenListing } from "./look";
import { observedListing, titlesOf } from "./observed";
import { gracePeriod, pendingIn, pendingRequest } from "./pending";

/** Where a listing is, and what its last run declared. */
export interface Existing {
  readonly productId: string;
  readonly offerId: unknown;
  /** Its declaration then, and what AWS made of it. */
  readonly state: Partial<AmiListing> & Properties;
}

export interface Converged {
  readonly seen: SeenListing;
  readonly pending?: PendingRequest;
}

/**
 * Brings a listing that exists to what is declared: looks, plans the difference, applies it, looks again. Facts first,
 * then visibility, which AWS wants in a change set of its own.
 * @param onChange called once AWS has changed something, even when a later step fails.
 */
export function converge(
  place: Place,
  wanted: AmiListing,
  existing: Existing,
  onChange: () => void,
): Promise<Converged> {
  return place.account.changeSets.alone(existing.productId, async () => {
    const pending = await settlePending(place, wanted, existing);
    for (let applied = "more"; applied === "more";) {
      applied = await untilFree(() => applyFacts(place, wanted, existing));
      if (applied !== "nothing") onChange();
    }
    await applyTags(place, wanted, existing);
    if (pending !== undefined) return { seen: await seenNow(place, existing), pending };
    const stillPending = await untilFree(() => applyVisibility(place, wanted, existing));
    return { seen: await seenNow(place, existing), pending: stillPending };
  });
}

/** Which property an error of AWS speaks of. */
export function findProperty(change: Change, message: string): string {
  return propertyOf(change, placeOf(change.details, message));
}

/** What an earlier run asked for and AWS had not done by then: still under way, done, refused, or no longer wanted. */
async function settlePending(
  { account, host }: Place,
  wanted: AmiListing,
  existing: Existing,
): Promise<PendingRequest | undefined> {
  const pending = pendingIn(existing.state);
  if (pending === undefined) return undefined;
  const changeSet = await account.changeSets.describe(pending.changeSetId);
  if (isOpen(changeSet)) {
    if (pending.waitsFor.includes(`visibility ${wanted.visibility}`)) return pending;
    host.say(`${wanted.title}: visibility ${wanted.visibility} is declared now; cancelling change set ${changeSet.id}`);
    await account.changeSets.cancel(changeSet.id);
  } else if (changeSet.status !== "SUCCEEDED") {
    host.say(`${wanted.title}: ${new ChangeSetFailed(changeSet, [], () => "visibility").message}`, "warning");
  }
  return undefined;
}

/** Everything but visibility; or as much of it as one change set holds. */
async function applyFacts(place: Place, wanted: AmiListing, existing: Existing): Promise<"nothing" | "more" | "all"> {
  const seen = await seenNow(place, existing);
  const plan = planAmiListing(wanted, observedBy(wanted, seen, existing));
  if (plan.problems.length > 0) throw refusal(plan.problems);
  if (plan.changes.length === 0) return "nothing";
  await place.account.changeSets.run(requestFor(wanted, seen, "update", plan.changes), findProperty);
  return plan.more ? "more" : "all";
}

/** Nothing needs to be sent to know that AWS would refuse it. */
export function refusal(problems: readonly Problem[]): Error {
  const reasons = problems.map(({ path, message, code }) => `  ${path}: ${message} [${code}]`);
  return new Error(["AWS Marketplace would refuse this, so nothing was sent:", ...reasons].join("\n"));
}

/** Tags are no change of the listing: they are set at once, and need no change set. */
async function applyTags(place: Place, wanted: AmiListing, existing: Existing): Promise<void> {
  const [before = {}, now = {}] = [existing.state.tags, wanted.tags];
  if (same(before, now)) return;
  const { product } = await seenNow(place, existing);
  await place.account.tags.change(product.arn, before, now);
}

async function applyVisibility(
  place: Place,
  wanted: AmiListing,
  existing: Existing,
): Promise<PendingRequest | undefined> {
  const seen = await seenNow(place, existing);
  const { visibility } = planAmiListing(wanted, observedBy(wanted, seen, existing));
  if (visibility === undefined) return undefined;
  const request = { ...requestFor(wanted, seen, "set visibility of", [visibility]), patience: gracePeriod };
  const { changeSet, done } = await place.account.changeSets.run(request, findProperty);
  if (done) return undefined;
  const pending = pendingRequest(changeSet, wanted.visibility);
  place.host.say(`${wanted.title}: waiting for ${pending.waitsFor} (change set ${changeSet.id}); later runs follow it`);
  return pending;
}

function observedBy(wanted: AmiListing, seen: SeenListing, { state }: Existing): ObservedListing {
  // A version of ours may be there and not in the state, when the run that added it broke off.
  return observedListing(seen, state, titlesOf(state, wanted));
}

function requestFor(
  wanted: AmiListing,
  seen: SeenListing,
  purpose: string,
  changes: readonly Change[],
): ChangeSetRequest {
  const { product, offer } = seen;
  const identity = [product.id, String(product.revision), offer.id, String(offer.revision)];
  return { subject: wanted.title, purpose, changes, identity };
}

async function seenNow({ account }: Place, { productId, offerId, state }: Existing): Promise<SeenListing> {
  checkOwner(account, state.productArn);
  const seen = await look(account, productId, offerId);
  if (seen !== undefined) return seen;
  throw new Error(
    `Account ${account.id} has no product ${productId} any longer. Run a refresh, then up makes a new one.`,
  );
}
