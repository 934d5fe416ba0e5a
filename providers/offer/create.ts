import type { JsonObject } from "../../marketplace/changes/change-type";
import type { PricingModel } from "../../marketplace/changes/offer/offer";
import type { OfferSpec } from "../../marketplace/offers/offer-spec";
import { checkOffer } from "../../marketplace/offers/check";
import { newOffer, planOffer } from "../../marketplace/offers/plan";
import type { Submitted } from "../../marketplace/offers/submitted";
import { isOpen, type ChangeSet, type ChangeSetRequest } from "../change-sets/change-set";
import { ChangeSetFailed } from "../change-sets/failed";
import { memberAt, sentIn } from "../change-sets/sent";
import type { Tags } from "../entity-tags";
import { refusal } from "../ami-product/converge";
import type { Place } from "../reconciler";
import { messageOf, nameOf } from "../trouble";
import { findProperty } from "./converge";
import { expire } from "./retire";
import { observedOffer, stateOf } from "./seen-offer";

/** An offer that there is now, what was submitted for it that AWS never shows, and the tags it has. */
export interface MadeOffer {
  readonly id: string;
  readonly submitted: Submitted;
  readonly tags: Tags;
}

/**
 * Makes and releases an offer by one change set. A run that broke off may have made it, or may still be making it, without
 * Pulumi knowing: that is found by the change set's name, which tells of stack, product, buyers and the offer's name. What
 * was found is taken over where it can become what is declared now, and expires where it cannot.
 */
export async function create(place: Place, wanted: OfferSpec): Promise<MadeOffer> {
  const { host, claims, account } = place;
  const { name, productId, replaces, buyerAccounts = [] } = wanted;
  const problems = checkOffer(wanted, { now: new Date(host.time.now()).toISOString(), seller: account.id });
  if (problems.length > 0) throw refusal(problems);
  const request: ChangeSetRequest = {
    subject: name,
    purpose: "create offer",
    identity: [await host.stack(), productId ?? replaces ?? "", name, ...buyerAccounts.toSorted()],
    changes: newOffer(wanted),
  };
  return account.changeSets.alone(`new offer ${request.identity.join(" ")}`, async () => {
    const earlier = await ended(place, request);
    const lost = earlier && (await lostOffer(place, earlier, wanted));
    if (lost !== undefined) {
      claims.takenOver.add(lost.id);
      claims.held.add(lost.id);
      host.say(`${name}: an earlier run made ${lost.id}; going on from there`);
      return lost;
    }
    const changeSet = await started(place, { ...request, earlier }, wanted);
    const made = { id: idIn(changeSet), submitted: submittedIn(changeSet), tags: wanted.tags ?? {} };
    claims.held.add(made.id);
    return made;
  });
}

/** The change set that an earlier run started for the same offer; one that is under way is followed to its end. */
async function ended({ account }: Place, request: ChangeSetRequest): Promise<ChangeSet | undefined> {
  const earlier = await account.changeSets.find(request);
  if (earlier === undefined || !isOpen(earlier)) return earlier;
  try {
    return (await account.changeSets.run({ ...request, earlier }, findProperty)).changeSet;
  } catch (error) {
    // What failed was declared then; what is declared now has its own try.
    if (error instanceof ChangeSetFailed) return error.changeSet;
    throw error;
  }
}

async function started({ account }: Place, request: ChangeSetRequest, wanted: OfferSpec): Promise<ChangeSet> {
  try {
    return (await account.changeSets.run(request, findProperty)).changeSet;
  } catch (error) {
    const about = wanted.replaces === undefined ? "productId" : "replaces";
    const words = messageOf(error);
    const isAbout = words.includes(String(wanted[about])) && !words.includes("is not authorized");
    const known = ["ResourceNotFoundException", "AccessDeniedException"].includes(nameOf(error));
    throw known && isAbout ? new Error(`${about}: ${words} [${nameOf(error)}]`, { cause: error }) : error;
  }
}

/** The offer that an earlier run made and no resource has; one that cannot become what is declared is ended first. */
async function lostOffer(place: Place, earlier: ChangeSet, wanted: OfferSpec): Promise<MadeOffer | undefined> {
  if (earlier.status !== "SUCCEEDED") return undefined;
  const id = idIn(earlier);
  if (place.claims.held.has(id)) return undefined;
  const seen = await place.account.entities.describe(id);
  const now = place.host.time.now();
  if (seen === undefined || stateOf(seen, now) === "Expired") return undefined;
  const submitted = submittedIn(earlier);
  const { problems } = planOffer(wanted, observedOffer(seen, submitted), new Date(now).toISOString());
  if (problems.length === 0) return { id, submitted, tags: await place.account.tags.read(seen.arn) };
  place.host.say(`${wanted.name}: an earlier run made ${id} with other terms; it expires, and a new offer is made`);
  await expire(place, id, wanted.name);
  return undefined;
}

function idIn(changeSet: ChangeSet): string {
  const id = changeSet.changes.find(({ changeType }) => /^Create(Replacement)?Offer$/.test(changeType))?.entityId;
  if (id !== undefined) return id;
  throw new Error(`Change set ${changeSet.id} succeeded, but does not say which offer it made.`);
}

/** The change set is the one witness of what was submitted. */
function submittedIn(changeSet: ChangeSet): Submitted {
  const sent = (changeType: string, ...path: readonly (string | number)[]) =>
    memberAt(sentIn(changeSet, "Offer", changeType), ...path);
  const url = sent("UpdateLegalTerms", "Terms", 0, "Documents", 0, "Url");
  const model = sent("UpdatePricingTerms", "PricingModel");
  const renewal = sent("UpdateRenewalTerms", "Terms", 0);
  const agreement = sent("CreateReplacementOffer", "AgreementId");
  return {
    ...(typeof url === "string" && { EulaUrl: url }),
    ...(typeof model === "string" && { PricingModel: model as PricingModel }),
    ...(renewal !== undefined && { Renewal: renewal as JsonObject }),
    ...(typeof agreement === "string" && { ReplacesAgreementId: agreement }),
  };
}
