import type {
  CreateAgreementRequestInput,
  CreateAgreementRequestOutput,
  RequestedTerm as WireRequestedTerm,
} from "@aws-sdk/client-marketplace-agreement";
import { type RequestedTerm, termOf } from "../../marketplace/agreements/accepted-term";
import { checkChosenTerms, pricedByUse, takeTerms } from "../../marketplace/agreements/choose-terms";
import { type Quote, quote, quoteAmendment } from "../../marketplace/agreements/quote";
import { lockedOutFrom } from "../../marketplace/agreements/renewed-terms";
import { spanOf } from "../../marketplace/agreements/term-length";
import { isPrivateOffer, offerSubmissions } from "../../marketplace/changes/offer/offer";
import { newEntityId } from "../catalog/ids";
import { offeredTerms } from "../discovery/proposals";
import type { Context } from "../service";
import { agreementAs, amendmentsOf, inForce, refuseInactive, type StoredAgreement } from "./agreements";
import { chargeSummary } from "./charge-summary";
import { once } from "./idempotency";
import { openProposal } from "./open-proposal";
import { makesTwoAgreements, refuseIfInForce, refuseOtherPlace } from "./other-agreements";
import { refuseOverQuota, refuseOverValue } from "./quotas";
import { type StoredQuote, quotesIn } from "./quotes";
import { notFound, refuseIfAny, wrong } from "./refusals";

/** Quotes what a buyer wants to take, change or replace. Nothing is bought before the request is accepted. */
export function createAgreementRequest(
  ctx: Context,
  request: CreateAgreementRequestInput,
): CreateAgreementRequestOutput {
  const id = once(ctx, "CreateAgreementRequest", request, "AgreementRequest", () => {
    const made = {
      id: newEntityId("ar"),
      acceptor: ctx.caller.accountId,
      createdAt: nowOf(ctx),
      ...asked(ctx, request),
    };
    quotesIn(ctx.market.store).put(made.id, made);
    return made.id;
  });
  const stored = quotesIn(ctx.market.store).get(id);
  if (stored === undefined) throw notFound("AgreementRequest", id);
  const withTaxes = request.taxConfiguration?.taxEstimation === "ENABLED";
  return { agreementRequestId: id, chargeSummary: chargeSummary(stored, withTaxes) };
}

type Asked = Omit<StoredQuote, "id" | "acceptor" | "createdAt">;

function asked(ctx: Context, request: CreateAgreementRequestInput): Asked {
  const { intent, sourceAgreementIdentifier: sourceId } = request;
  if (intent === "NEW") {
    if (sourceId === undefined) return newTerms(ctx, request);
    const message = "A new agreement has no source. To change or replace one, use the intent AMEND or REPLACE.";
    throw wrong("INVALID_SOURCE_AGREEMENT_IDENTIFIER", "sourceAgreementIdentifier", message);
  }
  if (sourceId === undefined) {
    const message = `The intent ${intent} needs the agreement that it is about.`;
    throw wrong("MISSING_SOURCE_AGREEMENT_IDENTIFIER", "sourceAgreementIdentifier", message);
  }
  const source = agreementAs(ctx, "Acceptor", sourceId);
  refuseInactive(source, "sourceAgreementIdentifier");
  return intent === "AMEND" ? amendedTerms(ctx, request, source) : newTerms(ctx, request, source);
}

/** The terms of an offer, for a new agreement or for one that replaces another about the same product. */
function newTerms(ctx: Context, request: CreateAgreementRequestInput, source?: StoredAgreement): Asked {
  const { agreementProposalIdentifier: proposalId, intent } = request;
  if (proposalId === undefined) {
    const message = `The intent ${intent} needs the agreementProposalId of an offer, which GetOffer returns.`;
    throw wrong("MISSING_AGREEMENT_PROPOSAL_IDENTIFIER", "agreementProposalIdentifier", message);
  }
  const { offer, product } = openProposal(ctx, proposalId);
  refuseOtherPlace(offer, source);
  if (source !== undefined && source.productId !== product.id) {
    const message = `Agreement ${source.id} is about another product than the offer.`;
    throw wrong("INVALID_SOURCE_AGREEMENT_IDENTIFIER", "sourceAgreementIdentifier", message);
  }
  const offered = offeredTerms(offer);
  const requested = readTerms(request.requestedTerms);
  const others = inForce(ctx.market.store, ctx.caller.accountId, product.id).filter(({ id }) => id !== source?.id);
  const hasUsageAgreement = others.some(({ terms }) => pricedByUse(terms));
  const upfrontIsSeparate = makesTwoAgreements(product.type);
  const isContract = offerSubmissions(offer).PricingModel === "Contract";
  refuseIfAny(checkChosenTerms(offered, requested, { upfrontIsSeparate, hasUsageAgreement, isContract }));
  const terms = takeTerms(offered, requested);
  const span = spanOf(terms, nowOf(ctx));
  refuseIfInForce(others, terms, span);
  const quoted = quote(terms, span);
  const { value } = quoted;
  const targeted = isPrivateOffer(offer);
  refuseOverQuota(ctx, { productId: product.id, terms, ...(value && { value }), targeted, sourceId: source?.id });
  return { intent: intent ?? "NEW", proposalId, sourceId: source?.id, terms, ...numbered(quoted) };
}

function amendedTerms(ctx: Context, request: CreateAgreementRequestInput, source: StoredAgreement): Asked {
  if (request.agreementProposalIdentifier !== undefined) {
    const message = "An amendment stays with what was agreed on. To move to an offer, use the intent REPLACE.";
    throw wrong("INVALID_AGREEMENT_PROPOSAL_IDENTIFIER", "agreementProposalIdentifier", message);
  }
  const requested = readTerms(request.requestedTerms);
  const kept = source.terms.filter(({ id }) => requested.every((one) => one.id !== id));
  const all = [
    ...requested,
    ...kept.map(({ id, upfront, renewal, variable }) => ({ id, choices: { upfront, renewal, variable } })),
  ];
  refuseIfAny(
    checkChosenTerms(source.terms, all, {
      upfrontIsSeparate: makesTwoAgreements(`${source.productType}@1.0`),
      hasUsageAgreement: true,
    }),
  );
  refuseWhileLockedOut(ctx, source, requested);
  const terms = takeTerms(
    source.terms.map(({ id, term }) => ({ id, term })),
    all,
  );
  const amended = quoteAmendment(source.terms, terms, source, nowOf(ctx));
  if ("code" in amended) throw wrong(amended.code, amended.path, amended.message);
  refuseOverValue(ctx, source, amended.value);
  const basis = { sourceId: source.id, sourceAmendments: amendmentsOf(source) };
  return { intent: "AMEND", ...basis, terms, ...numbered(amended) };
}

/** Some days before the end, whether the agreement goes on is settled. */
function refuseWhileLockedOut(ctx: Context, source: StoredAgreement, requested: readonly RequestedTerm[]): void {
  const accepted = termOf(source.terms, "RenewalTerm");
  const choice = requested.find(({ id }) => id === accepted?.id)?.choices.renewal;
  const from = lockedOutFrom(source.terms, source.end);
  if (choice === undefined || choice.enableAutoRenew === accepted?.renewal?.enableAutoRenew) return;
  if (from === undefined || nowOf(ctx) < from) return;
  const message = `Since ${from.slice(0, 10)} it is settled whether agreement ${source.id} renews; its renewal can no longer be changed.`;
  throw wrong("UNSUPPORTED_ACTION", "requestedTerms", message);
}

function numbered(quoted: Quote): Pick<StoredQuote, "currency" | "value" | "charges" | "items"> {
  return { ...quoted, charges: quoted.charges.map((charge) => ({ ...charge, id: newEntityId("ch") })) };
}

function readTerms(requested: readonly WireRequestedTerm[] | undefined): RequestedTerm[] {
  return (requested ?? []).map(({ id = "", configuration }) => {
    const upfront = configuration?.configurableUpfrontPricingTermConfiguration;
    const renewal = configuration?.renewalTermConfiguration;
    const variable = configuration?.variablePaymentTermConfiguration;
    const choices = { ...(upfront && { upfront }), ...(renewal && { renewal }), ...(variable && { variable }) };
    // The wire has checked what the client's types leave open: required members are there.
    return { id, choices: choices as RequestedTerm["choices"] };
  });
}

function nowOf({ market }: Context): string {
  return market.clock.now().toISOString();
}
