import type { AcceptedTerm } from "../../marketplace/agreements/accepted-term";
import { pricedByUse } from "../../marketplace/agreements/choose-terms";
import type { Span } from "../../marketplace/agreements/term-length";
import { offerOf, offerSubmissions } from "../../marketplace/changes/offer/offer";
import { amiProduct } from "../../marketplace/changes/product/product";
import { entitiesIn, type StoredEntity } from "../catalog/entities";
import type { Store } from "../storage/store";
import { inForce, type StoredAgreement } from "./agreements";
import { conflict, wrong } from "./refusals";

/** A replacement offer takes the place of the agreement that it was made for, and of no other. */
export function refuseOtherPlace(offer: StoredEntity, source: StoredAgreement | undefined): void {
  const replaces = offerSubmissions(offer).ReplacesAgreementId;
  if (replaces === undefined || replaces === source?.id) return;
  const message = `The offer ${offer.id} takes the place of agreement ${replaces}. Use the intent REPLACE with that agreement as the source.`;
  if (source === undefined) throw wrong("INVALID_INTENT", "intent", message);
  throw wrong("INVALID_SOURCE_AGREEMENT_IDENTIFIER", "sourceAgreementIdentifier", message);
}

/**
 * Of images, what is paid by the hour and what is paid ahead make two agreements (AWS Marketplace API Reference, "Replace
 * an AMI usage-based pricing term but keep the ConfigurableUpfrontPricingTerm").
 */
export function makesTwoAgreements(productType: string): boolean {
  return productType === amiProduct;
}

/** Of each kind, by use and upfront, a buyer has one agreement about a product at a time; the next one may wait. */
export function refuseIfInForce(others: readonly StoredAgreement[], terms: readonly AcceptedTerm[], span: Span): void {
  const same = others.find((other) => pricedByUse(other.terms) === pricedByUse(terms) && overlap(other, span));
  if (same === undefined) return;
  const message = `Agreement ${same.id} about this product is in force. Amend it, or replace it with the offer.`;
  throw conflict("Agreement", same.id, message);
}

/** Whether what is paid ahead under an offer adds to an agreement by use, which has to be there first. */
export function needsUsage(offer: StoredEntity): boolean {
  return offerOf(offer).Terms.some(({ Type }) => Type === "UsageBasedPricingTerm");
}

/** The buyer's agreement in force that adds to an agreement by use: the annual one to the hourly one. */
export function agreementOnTopOf(store: Store, agreement: StoredAgreement): StoredAgreement | undefined {
  const { acceptor, productId, productType, terms } = agreement;
  if (!makesTwoAgreements(`${productType}@1.0`) || !pricedByUse(terms)) return undefined;
  return inForce(store, acceptor, productId).find((other) => {
    const offer = entitiesIn(store).get(other.offerId);
    return !pricedByUse(other.terms) && offer !== undefined && needsUsage(offer);
  });
}

/** An agreement by use goes on for as long as another one adds to it. */
export function refuseWhileAddedTo(store: Store, agreement: StoredAgreement): void {
  const other = agreementOnTopOf(store, agreement);
  if (other === undefined) return;
  const message = `Agreement ${other.id} is paid ahead and adds to agreement ${agreement.id}. It has to end first.`;
  throw wrong("UNSUPPORTED_ACTION", "agreementId", message);
}

function overlap(a: Span, b: Span): boolean {
  return (a.end === undefined || a.end > b.start) && (b.end === undefined || b.end > a.start);
}
