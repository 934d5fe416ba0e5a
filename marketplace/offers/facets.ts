import type { Entity, Json, JsonObject } from "../changes/change-type";
import { availabilityOf, offerOf, offerSubmissions, targetingOf } from "../changes/offer/offer";
import type { Term } from "../changes/offer/terms";
import { filled, legalDocumentOf, withoutUndefined } from "../listing/documents";
import { plainAmount } from "../money";
import { same } from "../listing/same";
import { currencyOf } from "./offer-pricing";
import type { OfferSpec } from "./offer-spec";
import { renewalTermOf } from "./renewal";
import { renewalsOf } from "./submitted";

/** A part of an offer that one change type replaces as a whole. */
export interface Facet {
  readonly changeType: string;
  readonly properties: readonly (keyof OfferSpec)[];
  /** The document that makes an offer as declared; undefined where the declaration leaves this part to AWS. */
  readonly declared: (spec: OfferSpec) => JsonObject | undefined;
  /** The same document for the offer as it is. */
  readonly seen: (offer: Entity) => JsonObject;
  /** One way to write it, for comparing: lists that are sets in order, amounts in plain form. */
  readonly plain?: (document: JsonObject) => Json;
}

/** Every part of an offer but its words and its prices, in the order of AWS's own examples. */
export const facets: readonly Facet[] = [
  {
    changeType: "UpdateTargeting",
    properties: ["buyerAccounts", "countries", "exceptCountries"],
    declared: ({ replaces, buyerAccounts, countries, exceptCountries }) => {
      // AWS aims a replacement at the buyer of the agreement, for good.
      if (replaces !== undefined) return undefined;
      return targetingDocument(buyerAccounts, countries, exceptCountries);
    },
    seen: (offer) => {
      const { PositiveTargeting: positive, NegativeTargeting: negative } = targetingOf(offer) ?? {};
      return targetingDocument(positive?.BuyerAccounts, positive?.CountryCodes, negative?.CountryCodes);
    },
    plain: sorted,
  },
  {
    changeType: "UpdateAvailability",
    properties: ["availabilityEndDate"],
    declared: ({ availabilityEndDate: day }) => (day === undefined ? undefined : { AvailabilityEndDate: day }),
    seen: (offer): JsonObject => {
      const rule = availabilityOf(offer);
      return rule === undefined ? {} : { AvailabilityEndDate: dayOf(rule.AvailabilityEndDate) };
    },
  },
  {
    changeType: "UpdatePaymentScheduleTerms",
    properties: ["paymentSchedule"],
    declared: ({ paymentSchedule = [], pricing }) => {
      if (paymentSchedule.length === 0) return { Terms: [] };
      const Schedule = paymentSchedule.map(({ date, amount }) => ({ ChargeDate: date, ChargeAmount: amount }));
      return { Terms: [{ Type: "PaymentScheduleTerm", CurrencyCode: currencyOf(pricing), Schedule }] };
    },
    seen: (offer) => ({
      Terms: termsOf(offer, "PaymentScheduleTerm").map((term) => ({
        ...term,
        Schedule: term.Schedule.map((charge) => ({ ...charge, ChargeDate: dayOf(charge.ChargeDate) })),
      })),
    }),
    plain: (document) => sorted(withPlainAmounts(document, "ChargeAmount")),
  },
  {
    changeType: "UpdateLegalTerms",
    properties: ["eula"],
    declared: ({ eula }) => ({ Terms: [{ Type: "LegalTerm", Documents: [legalDocumentOf(eula)] }] }),
    seen: (offer) => {
      // A custom document reads back as AWS's copy of it, so the address last submitted stands for it.
      const Url = offerSubmissions(offer).EulaUrl;
      const terms = termsOf(offer, "LegalTerm");
      if (Url === undefined) return { Terms: terms };
      return { Terms: terms.map((term) => ({ ...term, Documents: term.Documents.map((one) => ({ ...one, Url })) })) };
    },
  },
  {
    changeType: "UpdateSupportTerms",
    properties: ["refundPolicy"],
    declared: ({ refundPolicy }) =>
      refundPolicy === undefined ? undefined : { Terms: [{ Type: "SupportTerm", RefundPolicy: refundPolicy }] },
    seen: (offer) => ({ Terms: termsOf(offer, "SupportTerm") }),
  },
  {
    changeType: "UpdateValidityTerms",
    properties: ["validity"],
    declared: ({ validity }) => {
      const { duration, startDate, endDate } = validity ?? {};
      const term = { AgreementDuration: duration, AgreementStartDate: startDate, AgreementEndDate: endDate };
      return { Terms: validity === undefined ? [] : [{ Type: "ValidityTerm", ...withoutUndefined(term) } as Json] };
    },
    seen: (offer) => ({
      Terms: termsOf(offer, "ValidityTerm").map(
        ({ AgreementStartDate: start, AgreementEndDate: end, ...term }): JsonObject => ({
          ...term,
          ...(start !== undefined && { AgreementStartDate: dayOf(start) }),
          ...(end !== undefined && { AgreementEndDate: dayOf(end) }),
        }),
      ),
    }),
  },
  {
    changeType: "UpdateRenewalTerms",
    properties: ["renewal"],
    declared: ({ renewal }) => ({ Terms: renewal === undefined ? [] : [renewalTermOf(renewal)] }),
    seen: (offer) => ({ Terms: renewalsOf(offer, termsOf(offer, "RenewalTerm")) as readonly Json[] }),
  },
  {
    changeType: "UpdateNetPaymentTerms",
    properties: ["netPayment"],
    declared: ({ netPayment }) =>
      netPayment === undefined ? undefined : { Terms: [{ Type: "NetPaymentTerm", PaymentDuePeriod: netPayment }] },
    seen: (offer) => ({ Terms: termsOf(offer, "NetPaymentTerm") }),
  },
];

/** Both documents say the same. */
export function sameDocument({ plain = (document) => document }: Facet, a: JsonObject, b: JsonObject): boolean {
  return same(plain(a), plain(b));
}

/** There is nothing in the document: a new offer needs no such change. */
export function isEmpty(document: JsonObject): boolean {
  return Object.values(document).every((member) => Array.isArray(member) && member.length === 0);
}

function termsOf<Type extends Term["Type"]>(offer: Entity, type: Type): Extract<Term, { Type: Type }>[] {
  return offerOf(offer).Terms.filter((term): term is Extract<Term, { Type: Type }> => term.Type === type);
}

/** `2027-01-31T23:59:59.999Z` is given as `2027-01-31`. */
function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

/** Without lists that are empty, which say nothing. */
function targetingDocument(
  buyers: readonly string[] | undefined,
  countries: readonly string[] | undefined,
  except: readonly string[] | undefined,
): JsonObject {
  const positive = withoutUndefined({ BuyerAccounts: filled(buyers), CountryCodes: filled(countries) }) as JsonObject;
  const negative = withoutUndefined({ CountryCodes: filled(except) }) as JsonObject;
  return {
    ...(Object.keys(positive).length > 0 && { PositiveTargeting: positive }),
    ...(Object.keys(negative).length > 0 && { NegativeTargeting: negative }),
  };
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(sorted);
    return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, sorted(member as Json)]));
}

function withPlainAmounts(value: Json, amount: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withPlainAmounts(item, amount));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === amount && typeof member === "string" ? plainAmount(member) : withPlainAmounts(member as Json, amount),
    ]),
  );
}
