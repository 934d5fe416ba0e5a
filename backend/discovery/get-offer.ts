import { availabilityOf, offerOf, offerSubmissions } from "../../marketplace/changes/offer/offer";
import { visibleOffer } from "./listings";
import type { Context } from "../service";
import { pageOf } from "./pages";
import { offeredTerms, proposalIdOf } from "./proposals";
import { notFound } from "./refusals";
import { CATALOG, offerBadges, pricingModelOf, productInformation, publisherOf, seller } from "./summaries";
import { wireTerm } from "./wire-terms";

/** An offer with the proposal that a buyer accepts. */
export function getOffer(ctx: Context, { offerId }: { readonly offerId: string }): object {
  const { offer, product } = visibleOffer(ctx, offerId);
  const { value, displayName } = pricingModelOf(offer);
  const name = offerOf(offer).Name;
  const replaces = offerSubmissions(offer).ReplacesAgreementId;
  return {
    offerId,
    catalog: CATALOG,
    ...(name !== null && { offerName: name }),
    agreementProposalId: proposalIdOf(offer),
    ...availability(offer),
    sellerOfRecord: seller(publisherOf(ctx, offer.owner)),
    pricingModel: { pricingModelType: value, displayName },
    badges: offerBadges(offer),
    ...(replaces !== undefined && { replacementAgreementId: replaces }),
    associatedEntities: [{ product: productInformation(ctx, product) }],
  };
}

/** From when until when an offer can be taken. */
export function availability(offer: Parameters<typeof proposalIdOf>[0]): object {
  const end = availabilityOf(offer)?.AvailabilityEndDate;
  return {
    ...(offer.releasedAt !== undefined && { availableFromTime: new Date(offer.releasedAt) }),
    ...(end !== undefined && { expirationTime: new Date(end) }),
  };
}

interface GetOfferTermsInput {
  readonly offerId: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export function getOfferTerms(ctx: Context, request: GetOfferTermsInput): object {
  const { offer, product } = visibleOffer(ctx, request.offerId);
  const terms = offeredTerms(offer).map((item, key) => ({ id: item.id, key, item }));
  const { items, nextToken } = pageOf(ctx, "GetOfferTerms", terms, request, 25);
  return { offerTerms: items.map((term) => wireTerm(term, product)), nextToken };
}

/** No product of this marketplace is sold in sets. */
export function getOfferSet(_ctx: Context, { offerSetId }: { readonly offerSetId: string }): never {
  throw notFound(`There is no offer set ${offerSetId}.`);
}
