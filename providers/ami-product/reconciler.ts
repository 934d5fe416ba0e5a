import {
  checkAmiListing,
  planAmiListing,
  readAmiListing,
  type AmiListing,
} from "../../marketplace/listing/ami-listing";
import { isOpen } from "../change-sets/change-set";
import { checkNames } from "../property-names";
import { declaredTags } from "../entity-tags";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { isUnknown } from "../unknown";
import type { PendingRequest } from "./ami-product";
import { converge, refusal, type Existing } from "./converge";
import { create } from "./create";
import { withDefaults } from "./defaults";
import { inputNames } from "./input-names";
import { checkOwner, look, type SeenListing } from "./look";
import { observedListing, titlesOf } from "./observed";
import { outputsOf } from "./outputs";
import { pendingIn } from "./pending";
import { retire } from "./retire";
import { refuseNewImages, replacedBy } from "./unchangeable";

/** A listing: the product, its public offer and the declared versions. The id is the product's. */
export const amiProduct: Reconciler = {
  check: (_olds, news) => {
    const inputs = withDefaults(news);
    const problems = checkAmiListing(listingIn(inputs), { isUnknown });
    const failures = [
      ...checkNames(news, inputNames, "AmiProduct"),
      ...problems.map(({ path, message, code }) => ({ property: path, reason: `${message} [${code}]` })),
    ];
    return { inputs, failures };
  },

  diff: (olds, news) => {
    const changed = inputNames.some((name) => !same(olds[name], news[name]));
    const replaces = replacedBy(olds, news);
    if (replaces.length === 0) refuseNewImages(olds, news);
    return { changes: changed || pendingIn(olds) !== undefined, replaces };
  },

  create: async (place, inputs) => {
    const wanted = listingIn(inputs);
    const plan = planAmiListing(wanted);
    if (plan.problems.length > 0) throw refusal(plan.problems);
    const existing = await create(place, wanted, plan.changes);
    return { id: existing.productId, outs: await bring(place, inputs, existing, true) };
  },

  update: (place, id, olds, news) => bring(place, news, { productId: id, offerId: olds.offerId, state: olds }, false),

  read: async (place, id, props) => {
    checkOwner(place.account, props.productArn);
    const seen = await look(place.account, id, props.offerId);
    if (seen === undefined) return undefined;
    const tags = await declaredTags(place.account.tags, seen.product.arn, props.tags);
    const listing = { ...listingSeen(seen, props), tags, connection: props.connection };
    return { props: outputsOf(listing, seen, await stillPending(place, props)), inputs: listing };
  },

  delete: retire,
};

/** Converges, and when that fails half-way, tells Pulumi what there is. */
async function bring(place: Place, inputs: Properties, existing: Existing, isNew: boolean): Promise<Properties> {
  let changed = isNew;
  try {
    const { seen, pending } = await converge(place, listingIn(inputs), existing, () => {
      changed = true;
    });
    return outputsOf(inputs, seen, pending);
  } catch (error) {
    if (!changed) throw error;
    const seen = await look(place.account, existing.productId, existing.offerId);
    if (seen === undefined) throw error;
    const listing = { ...listingSeen(seen, existing.state), connection: inputs.connection };
    throw new PartlyDone(existing.productId, outputsOf(listing, seen, pendingIn(existing.state)), error);
  }
}

function listingSeen(seen: SeenListing, last: Partial<AmiListing>): AmiListing {
  return readAmiListing(observedListing(seen, last, titlesOf(last)), last);
}

/** A refresh follows what an earlier run left under way. */
async function stillPending({ account }: Place, state: Properties): Promise<PendingRequest | undefined> {
  const pending = pendingIn(state);
  if (pending === undefined) return undefined;
  return isOpen(await account.changeSets.describe(pending.changeSetId)) ? pending : undefined;
}

/** What `check` has let through has this shape, and what it is about to judge is held against it. */
function listingIn(inputs: Properties): AmiListing {
  return inputs as unknown as AmiListing;
}
