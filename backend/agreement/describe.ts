import type {
  AgreementEntitlement,
  AgreementViewSummary,
  CancelAgreementInput,
  CancelAgreementOutput,
  DescribeAgreementInput,
  DescribeAgreementOutput,
  GetAgreementEntitlementsInput,
  GetAgreementEntitlementsOutput,
  GetAgreementTermsInput,
} from "@aws-sdk/client-marketplace-agreement";
import type { AcceptedTerm } from "../../marketplace/agreements/accepted-term";
import { entitlementAt } from "../../marketplace/agreements/agreement-states";
import { saasProduct } from "../../marketplace/changes/product/product";
import { bareType } from "../catalog/arns";
import { productById } from "../discovery/listings";
import { wireTerm } from "../discovery/wire-terms";
import { registrationToken } from "../entitlement/registration-tokens";
import type { Context } from "../service";
import { agreementAs, agreementOf, PURCHASE, refuseInactive, type StoredAgreement } from "./agreements";
import { endAgreement } from "./life";
import { refuseWhileAddedTo } from "./other-agreements";
import { pageOf } from "./pages";
import { notFound, wrong } from "./refusals";

export function describeAgreement(ctx: Context, { agreementId }: DescribeAgreementInput): DescribeAgreementOutput {
  const agreement = agreementOf(ctx, agreementId);
  const { currency, value = "0.00" } = agreement;
  return { ...viewOf(agreement), estimatedCharges: { currencyCode: currency, agreementValue: value } };
}

/** An agreement as both parties see it. What is paid by use has no end. */
export function viewOf(agreement: StoredAgreement): AgreementViewSummary {
  const { id, acceptor, proposer, acceptedAt, start, end, status, productId, productType, offerId } = agreement;
  return {
    agreementId: id,
    agreementType: PURCHASE,
    acceptor: { accountId: acceptor },
    proposer: { accountId: proposer },
    acceptanceTime: new Date(acceptedAt),
    startTime: new Date(start),
    ...(end !== undefined && { endTime: new Date(end) }),
    proposalSummary: { resources: [{ id: productId, type: productType }], offerId },
    status,
  };
}

/** The terms that were accepted, with what the buyer chose, as the offer said them then. */
export function getAgreementTerms(ctx: Context, request: GetAgreementTermsInput): object {
  const agreement = agreementOf(ctx, request.agreementId);
  const product = productById(ctx.market, agreement.productId);
  if (product === undefined) throw notFound("Agreement", agreement.id);
  const terms = agreement.terms.map((item, key) => ({ id: item.id, key, item }));
  const { items, nextToken } = pageOf(terms, request, {
    operation: "GetAgreementTerms",
    account: ctx.caller.accountId,
  });
  return { acceptedTerms: items.map((term) => wireTerm(term, product, configurationOf(term))), nextToken };
}

function configurationOf({ upfront, renewal, variable }: AcceptedTerm): object | undefined {
  return upfront ?? renewal ?? variable;
}

/** Whether the buyer can use what was bought. */
export function getAgreementEntitlements(
  ctx: Context,
  request: GetAgreementEntitlementsInput,
): GetAgreementEntitlementsOutput {
  const agreement = agreementAs(ctx, "Acceptor", request.agreementId);
  const listed = [{ id: agreement.id, key: 0, item: entitlementOf(ctx, agreement) }];
  const of = { operation: "GetAgreementEntitlements", account: ctx.caller.accountId };
  const { items, nextToken } = pageOf(listed, request, of);
  return { agreementEntitlements: items, nextToken };
}

function entitlementOf({ market }: Context, agreement: StoredAgreement): AgreementEntitlement {
  const { status, reason } = entitlementAt(agreement, market.clock.now().toISOString());
  return {
    resource: { id: agreement.productId, type: agreement.productType },
    type: agreement.productType,
    status,
    ...(reason !== undefined && { statusReasonCode: reason }),
    ...(status === "PROVISIONED" &&
      registers(agreement) && { registrationToken: registrationToken(market, agreement) }),
    licenseArn: agreement.licenseArn,
  };
}

/** Buyers of software as a service register with its seller: they bring a token of the entitlement. */
function registers({ productType }: StoredAgreement): boolean {
  return productType === bareType(saasProduct);
}

/**
 * Ends an agreement for the buyer. Only what is paid by use, by the month, or not at all: what was paid upfront lasts
 * until its end unless the seller asks to cancel it, and what adds to an agreement by use keeps that one (Buyer Guide, "Canceling your product subscription").
 */
export function cancelAgreement(ctx: Context, { agreementId }: CancelAgreementInput): CancelAgreementOutput {
  const agreement = agreementAs(ctx, "Acceptor", agreementId);
  refuseInactive(agreement);
  if (agreement.value !== undefined) {
    const message = `Agreement ${agreement.id} is paid upfront and lasts until its end. Its seller can ask to cancel it.`;
    throw wrong("UNSUPPORTED_ACTION", "agreementId", message);
  }
  refuseWhileAddedTo(ctx.market.store, agreement);
  endAgreement(ctx.market, agreement, "cancel");
  return {};
}
