import { agreementsIn } from "../../agreement/agreements";
import { quotesIn } from "../../agreement/quotes";
import { visibleOffer } from "../../discovery/listings";
import { offerIdOf } from "../../discovery/proposals";
import { AwsError, type Context } from "../../service";

/** What a request to buy can say about the thing to buy. */
export interface Purchase {
  readonly agreementRequestId?: string;
  readonly agreementProposalIdentifier?: string;
  readonly sourceAgreementIdentifier?: string;
}

/**
 * The product that a request would buy, for the condition key `aws-marketplace:ProductId`. Undefined where the request
 * names nothing that the caller can buy, which the agreement service refuses by itself.
 */
export function purchasedProduct(ctx: Context, purchase: Purchase): string | undefined {
  const { store } = ctx.market;
  const quote = quotesIn(store).get(purchase.agreementRequestId ?? "");
  const proposalId = quote?.proposalId ?? purchase.agreementProposalIdentifier;
  if (proposalId !== undefined) return productOffered(ctx, proposalId);
  return agreementsIn(store).get(quote?.sourceId ?? purchase.sourceAgreementIdentifier ?? "")?.productId;
}

function productOffered(ctx: Context, proposalId: string): string | undefined {
  try {
    return visibleOffer(ctx, offerIdOf(proposalId)).product.id;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
