import type { StoredEntity } from "../catalog/entities";
import { boughtUnder } from "../catalog/private-marketplace";
import { hasExpired, visibleOffer } from "../discovery/listings";
import { offerIdOf, proposalIdOf } from "../discovery/proposals";
import { AwsError, type Context } from "../service";
import { denied, notFound, wrong } from "./refusals";

/**
 * The offer behind a proposal, if the caller can still accept it.
 *
 * @throws ResourceNotFoundException where there is none, or it is for other buyers; ValidationException with reason
 * EXPIRED_AGREEMENT_PROPOSAL or, where the seller has changed the terms since, SUPERSEDED_AGREEMENT_PROPOSAL;
 * AccessDeniedException where the buyer's own private marketplace does not have the product.
 */
export function openProposal(
  ctx: Context,
  proposalId: string,
): { readonly offer: StoredEntity; readonly product: StoredEntity } {
  const found = findOffer(ctx, proposalId);
  const field = "agreementProposalIdentifier";
  if (proposalIdOf(found.offer) !== proposalId) {
    const message = "The seller has changed the offer's terms since. Read them again with GetOffer and GetOfferTerms.";
    throw wrong("SUPERSEDED_AGREEMENT_PROPOSAL", field, message);
  }
  if (hasExpired(ctx.market, found.offer)) {
    throw wrong("EXPIRED_AGREEMENT_PROPOSAL", field, `The offer ${found.offer.id} has expired.`);
  }
  const verdict = boughtUnder(ctx.market.store, ctx.caller.accountId, found.product.id);
  if (!verdict.allowed) throw denied(verdict.reason, "DENIED_BY_PRIVATE_MARKETPLACE_POLICY");
  return found;
}

function findOffer(ctx: Context, proposalId: string) {
  try {
    return visibleOffer(ctx, offerIdOf(proposalId));
  } catch (error) {
    if (error instanceof AwsError) throw notFound("AgreementProposal", proposalId);
    throw error;
  }
}
