import { offerOf, offerSubmissions } from "../changes/offer/offer";
import type { Json } from "../changes/change-type";
import { legalDocumentOf } from "./documents";
import type { AmiListing } from "./listing";
import { change, type ObservedListing, type PartialPlan } from "./plan-parts";
import { planPrices } from "./plan-prices";
import { pricingOf } from "./prices";
import type { PlannedChange } from "./property-of";
import { same } from "./same";

/** What must change about the public offer: words, prices, agreement, refunds, renewal. */
export function planOffer(wanted: AmiListing, observed: ObservedListing): PartialPlan {
  const prices = planPrices(pricingOf(wanted), observed.offer);
  return {
    changes: [...planWords(wanted, observed), ...prices.changes, ...planOtherTerms(wanted, observed)],
    problems: prices.problems,
    more: prices.more,
  };
}

function planWords({ offer: words }: AmiListing, { offer }: ObservedListing): PlannedChange[] {
  const { Name, Description } = offerOf(offer);
  const details: Record<string, Json> = {};
  if (words?.name !== undefined && words.name !== Name) details["Name"] = words.name;
  if (words?.description !== undefined && words.description !== Description) details["Description"] = words.description;
  return Object.keys(details).length === 0 ? [] : [change("UpdateInformation", offer, details)];
}

function planOtherTerms(wanted: AmiListing, { offer }: ObservedListing): PlannedChange[] {
  const { Terms } = offerOf(offer);
  const legal = Terms.find((term) => term.Type === "LegalTerm")?.Documents[0];
  const support = Terms.find((term) => term.Type === "SupportTerm");
  const renews = Terms.some((term) => term.Type === "RenewalTerm");
  const target = legalDocumentOf(wanted.eula);
  const url = offerSubmissions(offer).EulaUrl;
  const now = legal && (url === undefined ? legal : { ...legal, Url: url });
  const changes: PlannedChange[] = [];
  if (!same(target, now)) {
    changes.push(change("UpdateLegalTerms", offer, { Terms: [{ Type: "LegalTerm", Documents: [target] }] }));
  }
  if (wanted.refundPolicy !== undefined && wanted.refundPolicy !== support?.RefundPolicy) {
    const terms = [{ Type: "SupportTerm", RefundPolicy: wanted.refundPolicy }];
    changes.push(change("UpdateSupportTerms", offer, { Terms: terms }));
  }
  if (wanted.renewal !== undefined && wanted.renewal !== renews) {
    changes.push(change("UpdateRenewalTerms", offer, { Terms: wanted.renewal ? [{ Type: "RenewalTerm" }] : [] }));
  }
  return changes;
}
