import { activeFor, seeAgreement, type SeenAgreement } from "../buying/agreement";
import { agreementsOf, type AgreementCalls } from "../buying/agreement-calls";
import { choicesIn, isContract } from "../buying/choices";
import { discoveryOf } from "../buying/discovery-calls";
import { publicOfferOf, seeOffer, type SeenOffer } from "../buying/offer";
import { sameTerms, termsIn } from "../buying/terms";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { messageOf, nameOf } from "../trouble";
import { holdsUnknown } from "../unknown";
import { checkSubscription, inputNames } from "./check";
import { chosenTerms, converge, refuseImpossible } from "./converge";
import { entitled } from "./entitlements";
import { inForce } from "./in-force";
import { orderCharges } from "./purchase-orders";
import { inProperties, reasonOf } from "./refusal";
import { accept } from "./request";
import { wantedOf, type Wanted } from "./wanted";

/** An agreement to buy. The id is that of the first agreement; the one in force is the output `agreementId`. */
export const subscription: Reconciler = {
  check: (_olds, news) => ({ inputs: news, failures: checkSubscription(news) }),

  diff: (olds, news) => {
    // Outputs hold what was found; inputs only what is declared, by product or by offer.
    const moved = ["productId", "connection"].filter(
      (name) => news[name] !== undefined && !same(olds[name], news[name]),
    );
    const changed = ["offerId", "contract", "autoRenew", "purchaseOrder"].filter(
      (name) => !same(olds[name], news[name]) && !(name === "offerId" && news[name] === undefined),
    );
    const byContract = isGiven(news.contract);
    // By use and by contract are two agreements, never one that changes from the one to the other.
    const otherKind = byContract !== isGiven(olds.contract) ? ["contract"] : [];
    // What is paid at once keeps its terms until its end: to take newer ones would be to pay again.
    const newTerms = !byContract && !sameTerms(olds.terms, olds.offeredTerms);
    const replaces = [...moved, ...otherKind].filter((name) => !holdsUnknown(news[name]));
    return { changes: moved.length > 0 || changed.length > 0 || newTerms, replaces, deleteBeforeReplace: true };
  },

  create: async (place, inputs) => {
    const agreements = agreementsOf(place);
    const wanted = wantedOf(inputs);
    const begun = await inProperties(inputs, async () => {
      const offer = await offerFor(place, inputs);
      refuseImpossible(offer.offerId, offer.terms, wanted);
      const known = await knownFor(agreements, offer, wanted);
      if (known === undefined) return { offer, id: await subscribe(agreements, offer, wanted), known };
      place.host.say(`going on with agreement ${known.agreementId}, which this account has from the offer already`);
      return { offer, id: known.agreementId, known };
    });
    const { id, offer, known } = begun;
    if (known !== undefined) place.claims.takenOver.add(id);
    return { id, outs: await settled(place, { id, agreementId: id, isNew: true }, inputs, offer) };
  },

  update: async (place, id, olds, news) => {
    const agreements = agreementsOf(place);
    const seen = await inForce(agreements, agreementIn(id, olds));
    if (seen === undefined) {
      throw new Error(
        `Agreement ${agreementIn(id, olds)} has ended. Refresh the stack, and the next run subscribes anew.`,
      );
    }
    const offer = await inProperties(news, async () =>
      typeof news.offerId === "string" && news.offerId !== seen.offerId
        ? offerFor(place, news)
        : offerOrNone(place, seen.offerId),
    );
    if (olds.purchaseOrder !== undefined && news.purchaseOrder === undefined) {
      await orderCharges(agreements, seen.agreementId, undefined);
    }
    return settled(place, { id, agreementId: seen.agreementId, isNew: false }, news, offer);
  },

  read: async (place, id, props) => {
    const seen = await inForce(agreementsOf(place), agreementIn(id, props));
    if (seen === undefined) return undefined;
    const imported = Object.keys(props).length === 0;
    const declared = {
      ...(imported ? { offerId: seen.offerId } : declaredIn(props)),
      ...chosenIn(props, seen, imported),
    };
    const outs = outputs(declared, seen, await offerOrNone(place, seen.offerId));
    return { props: outs, inputs: declared };
  },

  delete: async (place, id, props) => {
    const agreements = agreementsOf(place);
    const seen = await inForce(agreements, agreementIn(id, props));
    // Another resource of this run has taken the agreement over: a renamed one, say.
    if (seen === undefined || place.claims.takenOver.has(seen.agreementId)) return;
    const { agreementId } = seen;
    try {
      await agreements((client, { CancelAgreementCommand }) =>
        client.send(new CancelAgreementCommand({ agreementId })),
      );
    } catch (error) {
      // What is paid by use has no end; it only waits for the contract that adds to it.
      const lasts = reasonOf(error) === "UNSUPPORTED_ACTION" && seen.endTime !== undefined;
      throw lasts ? uncancellable(seen, error) : error;
    }
  },
};

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function agreementIn(id: string, props: Properties): string {
  return typeof props.agreementId === "string" ? props.agreementId : id;
}

/** The account's agreement from the offer, of the kind that is wanted: from an earlier run, or made by hand. */
async function knownFor(
  agreements: AgreementCalls,
  { offerId }: SeenOffer,
  { contract }: Wanted,
): Promise<SeenAgreement | undefined> {
  const active = await activeFor(agreements, { offerId });
  return active.find(({ terms }) => isContract(terms) === (contract !== undefined));
}

/** Returns the agreement's id. One whose acceptance was answered, but not heard, is found again. */
async function subscribe(agreements: AgreementCalls, offer: SeenOffer, wanted: Wanted): Promise<string> {
  try {
    const intent = { intent: "NEW", agreementProposalIdentifier: offer.proposalId } as const;
    return await accept(agreements, intent, offer.terms, wanted);
  } catch (error) {
    const known = nameOf(error) === "ConflictException" ? await knownFor(agreements, offer, wanted) : undefined;
    if (known === undefined) throw error;
    return known.agreementId;
  }
}

async function offerFor(place: Place, { productId, offerId }: Properties): Promise<SeenOffer> {
  const discover = discoveryOf(place);
  const offer = await seeOffer(
    discover,
    typeof offerId === "string" ? offerId : await publicOfferOf(discover, String(productId)),
  );
  if (productId === undefined || productId === offer.productId) return offer;
  throw new Error(`offerId: ${offer.offerId} is an offer of ${offer.productId}, not of ${String(productId)}.`);
}

/** An offer that expired, or was closed, still has its agreements. */
async function offerOrNone(place: Place, offerId: string): Promise<SeenOffer | undefined> {
  try {
    return await seeOffer(discoveryOf(place), offerId);
  } catch (error) {
    if (nameOf(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/**
 * The outputs once the agreement is as declared and can be used.
 * @throws PartlyDone when it is there, but cannot be used yet.
 */
async function settled(
  place: Place,
  { id, agreementId, isNew }: { readonly id: string; readonly agreementId: string; readonly isNew: boolean },
  inputs: Properties,
  offer: SeenOffer | undefined,
): Promise<Properties> {
  const agreements = agreementsOf(place);
  const seen = await seeAgreement(agreements, agreementId);
  if (seen === undefined) throw new Error(`Agreement ${agreementId} is gone.`);
  // Saved as it is, with what was chosen really, so that the next run sees what is left to do.
  const partly = (there: SeenAgreement, error: unknown) =>
    new PartlyDone(id, outputs({ ...inputs, ...chosenIn(inputs, there, false) }, there, offer), error);
  const wanted = wantedOf(inputs);
  const moving = inProperties(inputs, () => converge(agreements, seen, offer, wanted, { newTerms: !isNew }));
  const moved = await moving.catch((error: unknown) => {
    throw isNew ? partly(seen, error) : error;
  });
  await entitled(agreements, place.host, moved.agreementId).catch((error: unknown) => {
    throw partly(moved, error);
  });
  return outputs(inputs, moved, offer);
}

/** What the buyer chose as AWS has it, where that is not what is declared. */
function chosenIn(declared: Properties, seen: SeenAgreement, imported: boolean): Properties {
  const { contract, autoRenew } = choicesIn(seen.terms);
  const renews = autoRenew === true;
  return {
    ...(contract !== undefined && !same(contract, declared.contract) && { contract }),
    ...(renews !== (declared.autoRenew === true) && (!imported || renews) && { autoRenew: renews }),
  };
}

function outputs(declared: Properties, seen: SeenAgreement, offer: SeenOffer | undefined): Properties {
  const terms = termsIn(seen.terms);
  const { agreementId, offerId, productId, status, startTime, endTime } = seen;
  const found = { agreementId, offerId, productId, status, startTime, endTime };
  const offeredTerms = offer === undefined ? terms : chosenTerms(offer, declared.contract);
  const declaredBy = whatIsBought.filter((name) => isGiven(declared[name]));
  return { ...declared, ...found, terms, offeredTerms, declaredBy };
}

/** Product and offer are both known in the end; the state remembers which of them the program names. */
const whatIsBought = ["productId", "offerId"];

function declaredIn(props: Properties): Properties {
  const { declaredBy = whatIsBought } = props;
  const named = (name: string) =>
    !whatIsBought.includes(name) || (Array.isArray(declaredBy) && declaredBy.includes(name));
  return Object.fromEntries(Object.entries(props).filter(([name]) => inputNames.includes(name) && named(name)));
}

function uncancellable({ agreementId, endTime }: SeenAgreement, error: unknown): Error {
  const until = endTime === undefined ? "" : `, on ${endTime}`;
  return new Error(
    `${messageOf(error).replace(/\.?$/, ".")} Nothing was cancelled. Ask the seller; or let it run to its end${until}: ` +
      `set autoRenew to false, and take ${agreementId} out of the stack with "state delete" or retainOnDelete.`,
    { cause: error },
  );
}
