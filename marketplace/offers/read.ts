import type { Entity } from "../changes/change-type";
import { availabilityOf, offerOf, offerSubmissions, targetingOf } from "../changes/offer/offer";
import { isPricingTerm, type Term } from "../changes/offer/terms";
import { withoutUndefined } from "../listing/documents";
import type { ListingEula } from "../listing/listing";
import { samePrices } from "../listing/plan-prices";
import { same } from "../listing/same";
import { facets, sameDocument } from "./facets";
import { pricingDocument, readPricing } from "./offer-pricing";
import type { OfferSpec, OfferValidity, PreExisting } from "./offer-spec";
import { readRenewal } from "./renewal";
import { renewalsOf } from "./submitted";

/**
 * What an offer in the catalog would have to be declared as. In: what the catalog shows, with what was submitted and is
 * never read back, and what was last declared, if anything was: whatever still says the same keeps the form that it was
 * declared in, and what was left to AWS stays out.
 */
export function readOffer(observed: Entity, last?: OfferSpec): OfferSpec {
  const seen = readWhole(observed);
  if (last === undefined) return seen;
  const unchanged = facets.filter((facet) => {
    const document = facet.declared(last);
    return document === undefined || sameDocument(facet, document, facet.seen(observed));
  });
  const kept = new Set<string>(["tags", ...unchanged.flatMap(({ properties }) => properties)]);
  const { description, preExistingAgreement } = seen;
  if (samePrices(pricingDocument(last.pricing).Terms, offerOf(observed).Terms.filter(isPricingTerm)))
    kept.add("pricing");
  if (last.description === undefined || last.description === description) kept.add("description");
  if (same(last.preExistingAgreement, preExistingAgreement)) kept.add("preExistingAgreement");
  // A replacement has its product and buyer from its agreement, which is not shown.
  if (last.replaces !== undefined) kept.add("replaces").add("productId");
  const names = [...new Set([...Object.keys(last), ...Object.keys(seen)])] as (keyof OfferSpec)[];
  const members = names.map((name) => [name, kept.has(name) ? last[name] : seen[name]] as const);
  return withoutUndefined(Object.fromEntries(members)) as unknown as OfferSpec;
}

function readWhole(observed: Entity): OfferSpec {
  const { Name, Description, ProductId, PreExistingAgreement: before, Terms } = offerOf(observed);
  const { PositiveTargeting: positive, NegativeTargeting: negative } = targetingOf(observed) ?? {};
  const schedule = find(Terms, "PaymentScheduleTerm");
  const [renewal] = renewalsOf(
    observed,
    Terms.filter(({ Type }) => Type === "RenewalTerm"),
  );
  return withoutUndefined({
    productId: ProductId,
    name: Name ?? "",
    description: Description ?? undefined,
    buyerAccounts: positive?.BuyerAccounts,
    countries: positive?.CountryCodes,
    exceptCountries: negative?.CountryCodes,
    availabilityEndDate: availabilityOf(observed)?.AvailabilityEndDate.slice(0, 10),
    pricing: readPricing(Terms.filter(isPricingTerm), offerSubmissions(observed).PricingModel),
    validity: readValidity(Terms),
    paymentSchedule: schedule?.Schedule.map(({ ChargeDate, ChargeAmount }) => ({
      date: ChargeDate.slice(0, 10),
      amount: ChargeAmount,
    })),
    netPayment: find(Terms, "NetPaymentTerm")?.PaymentDuePeriod,
    renewal: renewal && readRenewal(renewal),
    eula: readEula(observed),
    refundPolicy: find(Terms, "SupportTerm")?.RefundPolicy,
    preExistingAgreement: before && {
      acquisitionChannel: before.AcquisitionChannel as PreExisting["acquisitionChannel"],
      pricingModel: before.PricingModel as PreExisting["pricingModel"],
    },
  });
}

function readValidity(terms: readonly Term[]): OfferValidity | undefined {
  const term = find(terms, "ValidityTerm");
  return (
    term &&
    withoutUndefined({
      duration: term.AgreementDuration,
      startDate: term.AgreementStartDate?.slice(0, 10),
      endDate: term.AgreementEndDate?.slice(0, 10),
    })
  );
}

function readEula(observed: Entity): ListingEula {
  const document = find(offerOf(observed).Terms, "LegalTerm")?.Documents[0];
  if (document?.Type === "CustomEula") {
    return { type: "custom", url: offerSubmissions(observed).EulaUrl ?? document.Url ?? "" };
  }
  return withoutUndefined({ type: "standard" as const, version: document?.Version });
}

function find<Type extends Term["Type"]>(terms: readonly Term[], type: Type) {
  return terms.find((term): term is Extract<Term, { Type: Type }> => term.Type === type);
}
