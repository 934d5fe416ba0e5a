import type { Answer, DiscoveryCalls } from "./discovery-calls";
import type { WireTerm } from "./terms";

/** An offer as a buyer sees it now. */
export interface SeenOffer {
  readonly offerId: string;
  readonly productId: string;
  /** What is accepted: the offer with the terms of this moment. */
  readonly proposalId: string;
  readonly terms: readonly WireTerm[];
}

export async function seeOffer(discover: DiscoveryCalls, offerId: string): Promise<SeenOffer> {
  const { agreementProposalId, associatedEntities } = await discover("getOffer", { offerId });
  const [first] = (associatedEntities ?? []) as { readonly product?: { readonly productId?: string } }[];
  const terms: WireTerm[] = [];
  let nextToken: unknown;
  do {
    const page: Answer = await discover("getOfferTerms", { offerId, nextToken });
    terms.push(...((page.offerTerms ?? []) as WireTerm[]));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== null);
  return { offerId, productId: first?.product?.productId ?? "", proposalId: String(agreementProposalId), terms };
}

/**
 * The offer by which everybody buys a product.
 * @throws when there is none, or several, as with a product that channel partners sell too.
 */
export async function publicOfferOf(discover: DiscoveryCalls, productId: string): Promise<string> {
  const { purchaseOptions } = await discover("listPurchaseOptions", {
    filters: [
      { filterType: "PRODUCT_ID", filterValues: [productId] },
      { filterType: "PURCHASE_OPTION_TYPE", filterValues: ["OFFER"] },
      { filterType: "VISIBILITY_SCOPE", filterValues: ["PUBLIC"] },
    ],
  });
  const ids = ((purchaseOptions ?? []) as { readonly purchaseOptionId: string }[]).map((each) => each.purchaseOptionId);
  const [offerId, ...more] = ids;
  if (offerId !== undefined && more.length === 0) return offerId;
  throw new Error(
    offerId === undefined
      ? `productId: there is no public offer of ${productId} that this account may take. Is it listed, and not restricted?`
      : `productId: ${productId} has several offers (${ids.join(", ")}). Choose one with offerId.`,
  );
}
