import { seeAgreement, type SeenAgreement } from "../buying/agreement";
import type { AgreementCalls } from "../buying/agreement-calls";
import { choicesIn } from "../buying/choices";
import type { SeenOffer } from "../buying/offer";
import { bodies, sameTerms, termsIn, type Terms } from "../buying/terms";
import { same } from "../same";
import { orderCharges } from "./purchase-orders";
import { accept } from "./request";
import type { Wanted } from "./wanted";

/**
 * Brings an agreement to where it is declared to be: another offer, or another duration, or newer prices of what is paid
 * by use, take its place; more units and the renewal are amended.
 * @param offer the one declared, or else the agreement's own; undefined where that is gone, so that nothing takes the
 * agreement's place.
 * @param newTerms whether to take the offer's terms where they are newer than the agreement's.
 * @returns the agreement that is in force then.
 */
export async function converge(
  agreements: AgreementCalls,
  seen: SeenAgreement,
  offer: SeenOffer | undefined,
  wanted: Wanted,
  { newTerms }: { readonly newTerms: boolean },
): Promise<SeenAgreement> {
  refuseImpossible(
    seen.offerId,
    offer?.offerId === seen.offerId || offer === undefined ? seen.terms : offer.terms,
    wanted,
  );
  if (offer !== undefined && isReplaced(seen, offer, wanted, newTerms)) {
    const intent = {
      intent: "REPLACE",
      agreementProposalIdentifier: offer.proposalId,
      sourceAgreementIdentifier: seen.agreementId,
    } as const;
    return look(agreements, await accept(agreements, intent, offer.terms, wanted));
  }
  const chosen = choicesIn(seen.terms);
  const unitsDiffer = wanted.contract !== undefined && !same(chosen.contract?.units, wanted.contract.units);
  const renewalDiffers = chosen.autoRenew !== undefined && chosen.autoRenew !== wanted.autoRenew;
  if (unitsDiffer || renewalDiffers) {
    const changing = seen.terms.filter((term) => "configurableUpfrontPricingTerm" in term || "renewalTerm" in term);
    const intent = { intent: "AMEND", sourceAgreementIdentifier: seen.agreementId } as const;
    await accept(agreements, intent, changing, wanted);
  }
  if (wanted.purchaseOrder !== undefined) await orderCharges(agreements, seen.agreementId, wanted.purchaseOrder);
  return look(agreements, seen.agreementId);
}

function isReplaced(seen: SeenAgreement, offer: SeenOffer, wanted: Wanted, newTerms: boolean): boolean {
  if (offer.offerId !== seen.offerId) return true;
  if (wanted.contract !== undefined) return choicesIn(seen.terms).contract?.duration !== wanted.contract.duration;
  return newTerms && !sameTerms(termsIn(seen.terms), chosenTerms(offer, wanted.contract));
}

/** The offer's terms without the prices that the subscription is not about. */
export function chosenTerms(offer: Pick<SeenOffer, "terms">, contract: unknown): Terms {
  const { prices, contractPrices, freeTrial, ...rest } = termsIn(offer.terms);
  return contract === undefined || contract === null
    ? { ...rest, ...(prices !== undefined && { prices }), ...(freeTrial !== undefined && { freeTrial }) }
    : { ...rest, ...(contractPrices !== undefined && { contractPrices }) };
}

/** @throws when what is declared has no place in the terms, before anything is asked for. */
export function refuseImpossible(
  offerId: string,
  terms: Parameters<typeof bodies>[0],
  { contract, autoRenew }: Pick<Wanted, "contract" | "autoRenew">,
): void {
  const { configurableUpfrontPricingTerm: upfront, renewalTerm: renewal, ...others } = bodies(terms);
  if (contract !== undefined && upfront === undefined) {
    throw new Error(`contract: offer ${offerId} has nothing that is paid at once. Leave contract out to pay by use.`);
  }
  const otherwise = ["usageBasedPricingTerm", "fixedUpfrontPricingTerm", "recurringPaymentTerm", "byolPricingTerm"];
  const onlyContract = upfront !== undefined && !otherwise.some((kind) => others[kind] !== undefined);
  if (contract === undefined && onlyContract && others.freeTrialPricingTerm === undefined) {
    const durations = (upfront.rateCards ?? []).flatMap(({ selector }) => selector?.value ?? []);
    throw new Error(
      `contract: offer ${offerId} is paid at once. Say for how long (${durations.join(" or ")}) and how many of what.`,
    );
  }
  if (autoRenew && renewal === undefined) {
    throw new Error(`autoRenew: offer ${offerId} cannot be renewed. Leave autoRenew out.`);
  }
}

async function look(agreements: AgreementCalls, agreementId: string): Promise<SeenAgreement> {
  const seen = await seeAgreement(agreements, agreementId);
  if (seen === undefined) throw new Error(`Agreement ${agreementId} is gone.`);
  return seen;
}
