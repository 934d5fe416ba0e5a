import { activeFor, seeAgreement, type SeenAgreement } from "../buying/agreement";
import { agreementsOf, type AgreementCalls } from "../buying/agreement-calls";
import { discoveryOf } from "../buying/discovery-calls";
import { publicOfferOf, seeOffer, type SeenOffer } from "../buying/offer";
import { bodies, termsIn } from "../buying/terms";
import { checkNames } from "../property-names";
import { PartlyDone, type CheckFailure, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { nameOf } from "../trouble";
import { entitled } from "./entitlements";
import { orderCharges } from "./purchase-orders";
import { accept } from "./request";
import { wantedOf } from "./wanted";

const inputNames = ["productId", "offerId", "contract", "autoRenew", "purchaseOrder", "connection"];

/** An agreement to buy. The id is that of the first agreement; the one in force is the output `agreementId`. */
export const subscription: Reconciler = {
  check: (_olds, news) => ({
    inputs: news,
    failures: [...checkNames(news, inputNames, "Subscription"), ...needsOne(news)],
  }),

  diff: (olds, news) => {
    // Outputs hold what was found; inputs only what is declared, by product or by offer.
    const moved = ["productId", "connection"].filter(
      (name) => news[name] !== undefined && !same(olds[name], news[name]),
    );
    const changed = ["offerId", "contract", "autoRenew", "purchaseOrder"].some(
      (name) => !same(olds[name], news[name]) && !(name === "offerId" && news[name] === undefined),
    );
    const newTerms = !same(olds.terms, olds.offeredTerms);
    return { changes: moved.length > 0 || changed || newTerms, replaces: moved, deleteBeforeReplace: true };
  },

  create: async (place, inputs) => {
    const agreements = agreementsOf(place);
    const offer = await offerFor(place, inputs);
    const wanted = wantedOf(inputs);
    const isContract = wanted.contract !== undefined;
    const known = (await activeFor(agreements, offer.offerId)).find(
      ({ terms }) => (bodies(terms).configurableUpfrontPricingTerm !== undefined) === isContract,
    );
    const intent = { intent: "NEW", agreementProposalIdentifier: offer.proposalId } as const;
    const id = known?.agreementId ?? (await accept(agreements, intent, offer.terms, wanted));
    return { id, outs: await settled(place, agreements, id, id, inputs, offer) };
  },

  update: async (place, id, olds, news) => {
    const agreements = agreementsOf(place);
    const source = String(olds.agreementId ?? id);
    const seen = await seeAgreement(agreements, source);
    if (seen?.status !== "ACTIVE") {
      throw new Error(
        `Agreement ${source} is ${seen?.status ?? "gone"}. Refresh the stack, and it is subscribed anew.`,
      );
    }
    const offer = await offerFor(place, { ...news, offerId: news.offerId ?? seen.offerId });
    const wanted = wantedOf(news);
    if (offer.offerId !== seen.offerId || !same(termsIn(seen.terms), chosenTerms(offer, news))) {
      const intent = {
        intent: "REPLACE",
        agreementProposalIdentifier: offer.proposalId,
        sourceAgreementIdentifier: source,
      } as const;
      const replaced = await accept(agreements, intent, offer.terms, wanted);
      return settled(place, agreements, id, replaced, news, offer);
    }
    if (!same(olds.contract, news.contract) || !same(olds.autoRenew, news.autoRenew)) {
      const changing = seen.terms.filter((term) => "configurableUpfrontPricingTerm" in term || "renewalTerm" in term);
      await accept(agreements, { intent: "AMEND", sourceAgreementIdentifier: source }, changing, wanted);
    }
    if (wanted.purchaseOrder !== undefined) await orderCharges(agreements, source, wanted.purchaseOrder);
    return settled(place, agreements, id, source, news, offer);
  },

  read: async (place, id, props) => {
    const seen = await seeAgreement(agreementsOf(place), String(props.agreementId ?? id));
    if (seen?.status !== "ACTIVE") return undefined;
    const imported = Object.keys(props).length === 0;
    const declared = imported ? { offerId: seen.offerId } : props;
    const outs = outputs(declared, seen, await offerOrNone(place, seen.offerId));
    const inputs = Object.fromEntries(Object.entries(declared).filter(([name]) => inputNames.includes(name)));
    return { props: outs, inputs };
  },

  delete: async (place, id, props) => {
    const agreements = agreementsOf(place);
    const agreementId = String(props.agreementId ?? id);
    const seen = await seeAgreement(agreements, agreementId);
    if (seen?.status !== "ACTIVE") return;
    await agreements((client, { CancelAgreementCommand }) => client.send(new CancelAgreementCommand({ agreementId })));
  },
};

function needsOne({ productId, offerId }: Properties): CheckFailure[] {
  if (productId !== undefined || offerId !== undefined) return [];
  return [{ property: "productId", reason: "A subscription needs productId, or offerId for one of its offers." }];
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

async function settled(
  place: Place,
  agreements: AgreementCalls,
  id: string,
  agreementId: string,
  inputs: Properties,
  offer: SeenOffer,
): Promise<Properties> {
  const seen = await seeAgreement(agreements, agreementId);
  if (seen === undefined) throw new Error(`Agreement ${agreementId} is gone.`);
  const outs = outputs(inputs, seen, offer);
  try {
    await entitled(agreements, place.host, agreementId);
  } catch (error) {
    throw new PartlyDone(id, outs, error);
  }
  return outs;
}

function outputs(declared: Properties, seen: SeenAgreement, offer: SeenOffer | undefined): Properties {
  const terms = termsIn(seen.terms);
  const { agreementId, offerId, productId, status, startTime, endTime } = seen;
  const found = { agreementId, offerId, productId, status, startTime, endTime };
  const inputs = Object.fromEntries(Object.entries(declared).filter(([name]) => inputNames.includes(name)));
  return { ...inputs, ...found, terms, offeredTerms: offer === undefined ? terms : chosenTerms(offer, declared) };
}

/** The offer's terms without the prices that this subscription is not about. */
function chosenTerms(offer: SeenOffer, { contract }: Properties) {
  const { prices, contractPrices, ...rest } = termsIn(offer.terms);
  return contract === undefined || contract === null
    ? { ...rest, ...(prices !== undefined && { prices }) }
    : { ...rest, ...(contractPrices !== undefined && { contractPrices }) };
}
