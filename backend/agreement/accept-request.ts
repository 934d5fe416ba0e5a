import type { AcceptAgreementRequestInput, AcceptAgreementRequestOutput } from "@aws-sdk/client-marketplace-agreement";
import { pricedByUse } from "../../marketplace/agreements/choose-terms";
import { visibilityOf } from "../../marketplace/changes/product/product";
import { spanOf } from "../../marketplace/agreements/term-length";
import { bareType } from "../catalog/arns";
import type { Context } from "../service";
import { agreementAs, agreementsIn, amendmentsOf, inForce, refuseInactive, type StoredAgreement } from "./agreements";
import { beginAgreement, bookCharges, endAgreement } from "./life";
import { openProposal } from "./open-proposal";
import { makesTwoAgreements, needsUsage, refuseIfInForce } from "./other-agreements";
import { orderNumbers } from "./purchase-orders";
import { triesAgain } from "./quotas";
import { quotesIn, type StoredQuote } from "./quotes";
import { conflict, notFound, wrong } from "./refusals";

/**
 * Turns a request into an agreement, or changes the one that it is about. The offer has to say still what it said when
 * the request was made. A request makes one agreement: accepted again, it is a ConflictException that names it.
 */
export function acceptAgreementRequest(
  ctx: Context,
  { agreementRequestId: id = "", purchaseOrders }: AcceptAgreementRequestInput,
): AcceptAgreementRequestOutput {
  const quotes = quotesIn(ctx.market.store);
  const quote = quotes.get(id);
  if (quote === undefined || quote.acceptor !== ctx.caller.accountId) throw notFound("AgreementRequest", id);
  if (quote.agreementId !== undefined) {
    throw conflict(
      "Agreement",
      quote.agreementId,
      `The request was accepted before, as agreement ${quote.agreementId}.`,
    );
  }
  const orders = orderNumbers(
    purchaseOrders,
    quote.charges.map((charge) => charge.id),
  );
  const agreement = quote.intent === "AMEND" ? amend(ctx, quote, orders) : agree(ctx, quote, orders);
  quotes.put(id, { ...quote, agreementId: agreement.id });
  return { agreementId: agreement.id };
}

function agree(ctx: Context, quote: StoredQuote, orders: ReadonlyMap<string, string>): StoredAgreement {
  const { market, caller } = ctx;
  const { offer, product } = openProposal(ctx, quote.proposalId ?? "");
  const source = quote.sourceId === undefined ? undefined : activeSource(ctx, quote.sourceId);
  const others = inForce(market.store, caller.accountId, product.id).filter((other) => other.id !== source?.id);
  const acceptedAt = market.clock.now().toISOString();
  const span = spanOf(quote.terms, acceptedAt);
  refuseIfInForce(others, quote.terms, span);
  const onTop = !pricedByUse(quote.terms) && needsUsage(offer) && makesTwoAgreements(product.type);
  if (onTop && !others.some((one) => pricedByUse(one.terms))) {
    const message = "The agreement by use, to which this one adds, has ended.";
    throw wrong("MISSING_USAGE_AGREEMENT", "agreementRequestId", message);
  }
  if (triesAgain(ctx, product.id, quote.terms)) {
    const message = "The free trial has been had since the request was made. Ask again, without it.";
    throw wrong("INCOMPATIBLE_TERMS", "agreementRequestId", message);
  }
  if (source !== undefined) endAgreement(market, source, "replace");
  const isNew = source === undefined && others.length === 0;
  return beginAgreement(market, {
    before: source,
    // A restricted product is for those who have it already.
    ...(isNew && visibilityOf(product) === "Restricted" && { failure: "PRODUCT_RESTRICTED" }),
    acceptedAt,
    acceptor: caller.accountId,
    proposer: offer.owner,
    productId: product.id,
    productType: bareType(product.type),
    offerId: offer.id,
    quote,
    orders,
    span,
  });
}

function amend(ctx: Context, quote: StoredQuote, orders: ReadonlyMap<string, string>): StoredAgreement {
  const source = activeSource(ctx, quote.sourceId ?? "");
  const { terms, value } = quote;
  if (amendmentsOf(source) !== (quote.sourceAmendments ?? 0)) {
    const message = `Agreement ${source.id} has been amended since this was asked for. Ask again, for what should hold now.`;
    throw conflict("Agreement", source.id, message);
  }
  const until = ctx.market.clock.now().toISOString();
  const earlier = [...(source.earlier ?? []), { until, terms: source.terms }];
  const amended: StoredAgreement = { ...source, terms, earlier, ...(value !== undefined && { value }) };
  agreementsIn(ctx.market.store).put(amended);
  bookCharges(ctx.market, amended, quote.charges, orders);
  return amended;
}

function activeSource(ctx: Context, id: string): StoredAgreement {
  const source = agreementAs(ctx, "Acceptor", id);
  refuseInactive(source, "agreementRequestId");
  return source;
}
