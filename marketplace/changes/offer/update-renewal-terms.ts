import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { ChangeType, Entity } from "../change-type";
import { list, whole } from "../document-shapes";
import {
  isExpired,
  isPrivateOffer,
  leastAgreementDays,
  offerOf,
  offerSubmissions,
  offerType,
  withTerms,
} from "./offer";
import { checkRenewal } from "./renewal-rules";
import { renewalTerm, type RenewalTerm } from "./terms";

type Details = { readonly Terms: readonly RenewalTerm[] };

/** Lets contracts renew themselves; an empty list forbids it. */
export const updateRenewalTerms: ChangeType<Details> = {
  changeType: "UpdateRenewalTerms",
  entityType: offerType,
  schema: whole({ Terms: list(renewalTerm, 0, 1) }),
  check: (world, entity) =>
    unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
  apply: (_world, entity, { Terms }) => withTerms(entity, ["RenewalTerm"], Terms),
  verify: (_world, entity, { Terms }) => {
    const model = offerSubmissions(entity).PricingModel;
    const fits = model === undefined || model === "Contract";
    const message = `Only contracts renew; the offer's pricing model is ${model}.`;
    return [
      ...unless(Terms.length === 0 || fits, "INCOMPATIBLE_TERMS", "Terms", message),
      ...Terms.flatMap((term, i) => [
        ...checkWithOffer(entity, term, `Terms[${i}]`),
        ...checkRenewal(term, leastAgreementDays(entity), `Terms[${i}]`),
      ]),
    ];
  },
};

/** A private offer says what a renewal costs, and how it is paid where the first time is paid in parts. */
function checkWithOffer(entity: Entity, { PriceIncrease, TermTemplates = [] }: RenewalTerm, path: string): Problem[] {
  const inParts = offerOf(entity).Terms.some(({ Type }) => Type === "PaymentScheduleTerm");
  return [
    ...unless(
      !isPrivateOffer(entity) || PriceIncrease !== undefined,
      "MISSING_PRICE_INCREASE",
      `${path}.PriceIncrease`,
      "Say by how much the price grows when a private offer's agreement renews.",
    ),
    ...unless(
      !inParts || TermTemplates.length > 0,
      "MISSING_PAYMENT_SCHEDULE_TERM_TEMPLATE",
      `${path}.TermTemplates`,
      "The offer is paid in parts: say in which parts a renewed agreement is paid.",
    ),
    ...unless(
      inParts || TermTemplates.length === 0,
      "INCOMPATIBLE_TERMS",
      `${path}.TermTemplates`,
      "The offer is not paid in parts, so its renewals are not either (UpdatePaymentScheduleTerms).",
    ),
  ];
}
