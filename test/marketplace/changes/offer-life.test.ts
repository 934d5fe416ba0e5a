import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Entity, Json } from "../../../marketplace/changes/change-type";
import { contract, listed, offerType } from "../support/offers";

type Term = { readonly Type: string } & Readonly<Record<string, unknown>>;
interface Offer {
  readonly Name: string | null;
  readonly Description: string | null;
  readonly State: string;
  readonly Terms: readonly Term[];
  readonly Rules: readonly ({ readonly Type: string } & Readonly<Record<string, unknown>>)[];
}

const buyers = (...BuyerAccounts: string[]): Json => ({ PositiveTargeting: { BuyerAccounts } });
const fixed = (Price: string, CurrencyCode = "USD"): Json => ({
  PricingModel: "Contract",
  Terms: [
    { Type: "FixedUpfrontPricingTerm", CurrencyCode, Price, Duration: "P365D", Grants: [{ DimensionKey: "seats" }] },
  ],
});
const chosen = (CurrencyCode: string): Json => ({
  PricingModel: "Contract",
  Terms: [
    {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode,
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: [{ DimensionKey: "seats", Price: "9" }],
        },
      ],
    },
  ],
});
const free: Json = {
  PricingModel: "Free",
  Terms: [{ Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "0", Grants: [{ DimensionKey: "seats" }] }],
};
const schedule = (...days: string[]): Json => ({
  Terms:
    days.length === 0
      ? []
      : [
          {
            Type: "PaymentScheduleTerm",
            CurrencyCode: "USD",
            Schedule: days.map((ChargeDate) => ({ ChargeDate, ChargeAmount: "5" })),
          },
        ],
});
const terms = (...Terms: Json[]): Json => ({ Terms });
const increase = { Type: "FixedPercentage", Value: "3" };
const template = {
  Type: "PaymentScheduleTermTemplate",
  Schedule: [{ ChargeDateOffset: "P0D", ChargePercentage: "100" }],
};

const asked: readonly (readonly [changeType: string, details: Json])[] = [
  ["UpdateInformation", { Name: "One", Description: "First" }],
  ["UpdateInformation", { Name: "Two" }],
  ["UpdateTargeting", buyers("444455556666")],
  ["UpdateTargeting", buyers("444455556666", "777788889999")],
  ["UpdateTargeting", { PositiveTargeting: { CountryCodes: ["DE"] } }],
  ["UpdateTargeting", {}],
  ["UpdatePricingTerms", fixed("0")],
  ["UpdatePricingTerms", fixed("7")],
  ["UpdatePricingTerms", fixed("0", "EUR")],
  ["UpdatePricingTerms", chosen("USD")],
  ["UpdatePricingTerms", chosen("EUR")],
  ["UpdatePricingTerms", free],
  ["UpdatePaymentScheduleTerms", schedule("2027-01-01")],
  ["UpdatePaymentScheduleTerms", schedule("2027-01-01", "2027-02-01", "2027-03-01")],
  ["UpdatePaymentScheduleTerms", schedule()],
  ["UpdateLegalTerms", terms({ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] })],
  ["UpdateSupportTerms", terms({ Type: "SupportTerm", RefundPolicy: "No refunds." })],
  ["UpdateSupportTerms", terms()],
  ["UpdateValidityTerms", terms({ Type: "ValidityTerm", AgreementDuration: "P1Y" })],
  [
    "UpdateValidityTerms",
    terms({ Type: "ValidityTerm", AgreementStartDate: "2027-01-15", AgreementEndDate: "2027-02-15" }),
  ],
  ["UpdateValidityTerms", terms()],
  ["UpdateRenewalTerms", terms({ Type: "RenewalTerm" })],
  ["UpdateRenewalTerms", terms({ Type: "RenewalTerm", PriceIncrease: increase })],
  ["UpdateRenewalTerms", terms({ Type: "RenewalTerm", PriceIncrease: increase, TermTemplates: [template] })],
  ["UpdateRenewalTerms", terms()],
  ["UpdateNetPaymentTerms", terms({ Type: "NetPaymentTerm", PaymentDuePeriod: "P30D" })],
  ["UpdateNetPaymentTerms", terms()],
  ["UpdateAvailability", { AvailabilityEndDate: "2026-12-31" }],
  ["UpdateAvailability", { AvailabilityEndDate: "2027-02-10" }],
  ["UpdateAvailability", { AvailabilityEndDate: "2027-06-30" }],
];

/** A change set of one offer, or days that pass. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.uniqueArray(fc.constantFrom(...asked), { selector: ([type]) => type, maxLength: 9 }) },
  { weight: 2, arbitrary: fc.constant<readonly [string, Json][]>([["ReleaseOffer", {}]]) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
);

/** Everything that a private offer of seats needs; steps before and after it make it something else. */
const whole: readonly (readonly [string, Json])[] = [
  ["UpdateInformation", { Name: "One", Description: "First" }],
  ["UpdateTargeting", buyers("444455556666")],
  ["UpdatePricingTerms", fixed("0")],
  ["UpdatePaymentScheduleTerms", schedule("2027-01-01")],
  ["UpdateLegalTerms", terms({ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] })],
  ["UpdateAvailability", { AvailabilityEndDate: "2026-12-31" }],
];

test("whatever is asked of offers, in any order and at any time, none is released unfit, and what is fixed stays", () => {
  const product = { ...contract, dimensions: contract.dimensions?.slice(0, 1) };
  let released = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), step), { minLength: 4, maxLength: 14 }), (steps) => {
      const market = listed(product);
      const productId = market.only("AmiProduct@1.0").id;
      const ids = [0, 1].map(
        () =>
          market.apply([{ changeType: "CreateOffer", entity: { type: offerType }, details: { ProductId: productId } }])
            .resolved[0]?.entityId ?? "",
      );
      const fixedAt = new Map<string, string>();
      const wrong: string[] = [];
      for (const [which, what] of [[0, whole] as const, ...steps]) {
        if (typeof what === "number") {
          market.now = new Date(Date.parse(market.now) + what * 86_400_000).toISOString().replace(".000", "");
          continue;
        }
        const identifier = ids[which] ?? "";
        const run = market.try(
          what.map(([changeType, details]) => ({ changeType, entity: { type: offerType, identifier }, details })),
        );
        if (run.problems.size > 0) continue;
        for (const entity of run.entities) market.entities.set(entity.id, entity);
        const entity = market.entities.get(identifier);
        if (entity === undefined || offerOf(entity).State !== "Released") continue;
        if (!fixedAt.has(identifier)) {
          released += 1;
          wrong.push(...faults(entity, market.now));
          if (publicOffersOf([...market.entities.values()]) > 1) wrong.push("two public offers");
        }
        if (fixedPartsOf(entity) !== (fixedAt.get(identifier) ?? fixedPartsOf(entity))) wrong.push("changed later");
        fixedAt.set(identifier, fixedPartsOf(entity));
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(released).toBeGreaterThan(20);
});

function offerOf(entity: Entity): Offer {
  return entity.details as unknown as Offer;
}

function buyersOf({ Rules }: Offer): readonly string[] {
  const rule = Rules.find(({ Type }) => Type === "TargetingRule") as
    { readonly PositiveTargeting?: { readonly BuyerAccounts?: readonly string[] } } | undefined;
  return rule?.PositiveTargeting?.BuyerAccounts ?? [];
}

function publicOffersOf(entities: readonly Entity[]): number {
  return entities.filter(
    (entity) =>
      entity.type === offerType && offerOf(entity).State === "Released" && buyersOf(offerOf(entity)).length === 0,
  ).length;
}

/** Why an offer should not have been released, by a table of its own. */
function faults(entity: Entity, now: string): string[] {
  const offer = offerOf(entity);
  const term = (type: string) => offer.Terms.find(({ Type }) => Type === type);
  const isPrivate = buyersOf(offer).length > 0;
  const model = String((entity.submitted as Record<string, unknown>)["PricingModel"]);
  const lastDay = String(offer.Rules.find(({ Type }) => Type === "AvailabilityRule")?.["AvailabilityEndDate"] ?? "");
  const price = term("FixedUpfrontPricingTerm");
  const parts = (term("PaymentScheduleTerm")?.["Schedule"] ?? []) as readonly { readonly ChargeDate: string }[];
  const end = String(term("ValidityTerm")?.["AgreementEndDate"] ?? "");
  const renewal = term("RenewalTerm");
  const currencies = new Set(offer.Terms.flatMap(({ CurrencyCode }) => CurrencyCode ?? []));
  const found: Readonly<Record<string, boolean>> = {
    "no words": offer.Name === null || offer.Description === null,
    "no price": price === undefined && term("ConfigurableUpfrontPricingTerm") === undefined,
    "no agreement text": term("LegalTerm") === undefined,
    "several currencies": currencies.size > 1,
    "no last day": isPrivate && lastDay === "",
    "over already": isPrivate && lastDay < now,
    "a last day in public": !isPrivate && lastDay !== "",
    "validity in public": !isPrivate && term("ValidityTerm") !== undefined,
    "parts in public": !isPrivate && parts.length > 0,
    "net payment in public": !isPrivate && term("NetPaymentTerm") !== undefined,
    "another currency in public": !isPrivate && [...currencies].some((currency) => currency !== "USD"),
    "no refund policy": !isPrivate && model !== "Free" && term("SupportTerm") === undefined,
    "a refund policy in private": isPrivate && term("SupportTerm") !== undefined,
    "a price that is paid nohow": price !== undefined && parts.length === 0,
    "parts of another price": parts.length > 0 && price?.["Price"] !== "0",
    "early parts": parts.filter(({ ChargeDate }) => ChargeDate.slice(0, 10) < lastDay.slice(0, 10)).length > 1,
    "late parts": end !== "" && parts.some(({ ChargeDate }) => ChargeDate > end),
    "an agreement that ends before the offer": end !== "" && end.slice(0, 10) <= lastDay.slice(0, 10),
    "a renewal without price": isPrivate && renewal !== undefined && renewal["PriceIncrease"] === undefined,
    "a renewal without parts": renewal !== undefined && parts.length > 0 && renewal["TermTemplates"] === undefined,
    "a renewal of nothing ahead": renewal !== undefined && model !== "Contract",
  };
  return Object.keys(found).filter((fault) => found[fault]);
}

/** What no change may touch once an offer is released. */
function fixedPartsOf(entity: Entity): string {
  const offer = offerOf(entity);
  const isPrivate = buyersOf(offer).length > 0;
  const open = new Set(isPrivate ? ["RenewalTerm"] : ["RenewalTerm", "SupportTerm", "LegalTerm"]);
  const kept = offer.Terms.filter(({ Type }) => !open.has(Type)).toSorted((a, b) => (a.Type < b.Type ? -1 : 1));
  return JSON.stringify([offer.State, buyersOf(offer).toSorted(), kept]);
}
