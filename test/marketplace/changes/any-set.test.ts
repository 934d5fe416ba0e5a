import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, Json } from "../../../marketplace/changes/change-type";
import { checkChange } from "../../../marketplace/changes/request";
import { hourlyListing } from "../support/listings";
import { listed, withDraft } from "../support/offers";
import { add, dimension, hours } from "../support/products";

const market = listed(hourlyListing);
const [product, offer] = [market.only("AmiProduct@1.0").id, market.only("Offer@1.0").id];
const draft = withDraft(market, true);
const targets = [product, offer, draft, "$P.Entity.Identifier", "$O.Entity.Identifier", "prod-nobody"];

const usage: Json = { Type: "UsageBasedPricingTerm", CurrencyCode: "EUR", RateCards: [{}] };
const upfront: Json = { Type: "ConfigurableUpfrontPricingTerm", CurrencyCode: "USD" };
const monthly: Json = { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "1." };
const schedule: Json = {
  Type: "PaymentScheduleTerm",
  CurrencyCode: "USD",
  Schedule: [{ ChargeDate: "2027-01-01", ChargeAmount: "5" }],
};

const asked: readonly (readonly [type: "AmiProduct@1.0" | "Offer@1.0", changeType: string, details: Json])[] = [
  ["AmiProduct@1.0", "UpdateInformation", { ProductTitle: "x", LogoUrl: "https://a.example.com/b", Sku: null }],
  ["AmiProduct@1.0", "AddRegions", { Regions: ["us-east-1", "mars-1"] }],
  ["AmiProduct@1.0", "RestrictRegions", { Regions: ["us-east-1"] }],
  ["AmiProduct@1.0", "UpdateFutureRegionSupport", { FutureRegionSupport: { SupportedRegions: ["US"] } }],
  ["AmiProduct@1.0", "AddDimensions", [hours("c5.large"), dimension] as Json],
  ["AmiProduct@1.0", "UpdateDimensions", [{ Key: "seats", Types: ["Entitled"], Name: "Chairs" }]],
  ["AmiProduct@1.0", "RestrictDimensions", [{ Key: "seats", Types: ["Entitled"] }]],
  ["AmiProduct@1.0", "AddInstanceTypes", { InstanceTypes: ["c5.large", "m7g.large", "?"] }],
  ["AmiProduct@1.0", "RestrictInstanceTypes", { InstanceTypes: ["m5.large", "?"] }],
  ["AmiProduct@1.0", "AddDeliveryOptions", add({})],
  ["AmiProduct@1.0", "UpdateDeliveryOptions", { DeliveryOptions: [{ Id: "00000000-0000-4000-a000-000000000000" }] }],
  ["AmiProduct@1.0", "RestrictDeliveryOptions", { DeliveryOptionIds: ["x"] }],
  ["AmiProduct@1.0", "UpdateTargeting", { PositiveTargeting: { BuyerAccounts: ["x"] } }],
  ["AmiProduct@1.0", "ReleaseProduct", {}],
  ["AmiProduct@1.0", "UpdateVisibility", { TargetVisibility: "Restricted", ReplacementProductId: product }],
  ["Offer@1.0", "UpdateInformation", { Name: "x", PreExistingAgreement: null }],
  ["Offer@1.0", "UpdateTargeting", {}],
  ["Offer@1.0", "UpdatePricingTerms", { PricingModel: "Usage", Terms: [usage, upfront, monthly] }],
  ["Offer@1.0", "UpdatePaymentScheduleTerms", { Terms: [schedule] }],
  ["Offer@1.0", "UpdateLegalTerms", { Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardDsa" }] }] }],
  ["Offer@1.0", "UpdateSupportTerms", { Terms: [] }],
  ["Offer@1.0", "UpdateValidityTerms", { Terms: [{ Type: "ValidityTerm" }] }],
  ["Offer@1.0", "UpdateRenewalTerms", { Terms: [{ Type: "RenewalTerm" }] }],
  [
    "Offer@1.0",
    "UpdateRenewalTerms",
    {
      Terms: [
        {
          Type: "RenewalTerm",
          LockoutPeriod: "P0D",
          AdjustmentDeadline: "P9999D",
          TermTemplates: [
            {
              Type: "PaymentScheduleTermTemplate",
              Schedule: [{ ChargeDateOffset: "P999999999M", ChargePercentage: "all", DayOfMonth: 31 }],
            },
          ],
        },
      ],
    },
  ],
  ["Offer@1.0", "UpdateNetPaymentTerms", { Terms: [] }],
  ["Offer@1.0", "UpdateAvailability", { AvailabilityEndDate: "2024-02-29" }],
  ["Offer@1.0", "ReleaseOffer", {}],
];

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>({
    changeType: "CreateProduct",
    changeName: "P",
    entity: { type: "AmiProduct@1.0" },
    details: {},
  }),
  fc.constantFrom(...targets).map((ProductId): Change => ({
    changeType: "CreateOffer",
    changeName: "O",
    entity: { type: "Offer@1.0" },
    details: { ProductId },
  })),
  fc.constantFrom("agmt-1", "agmt-nobody").map((AgreementId): Change => ({
    changeType: "CreateReplacementOffer",
    changeName: "O",
    entity: { type: "Offer@1.0" },
    details: { AgreementId },
  })),
  fc
    .tuple(fc.constantFrom(...asked), fc.constantFrom(...targets))
    .map(([[type, changeType, details], identifier]): Change => ({
      changeType,
      entity: { type, identifier },
      details,
    })),
);

test("any set of well-formed changes gets an answer, in codes and sentences that fit AWS's error shape", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
      expect(changes.flatMap(checkChange)).toEqual([]);
      for (const { code, message } of [...market.try(changes).problems.values()].flat()) {
        expect(code).toMatch(/^[a-zA-Z_]{1,72}$/);
        expect(message.length).toBeLessThanOrEqual(2048);
        expect(message).toMatch(/[.?]$/);
      }
    }),
    { numRuns: 300 },
  );
});

test("what one run reports, every run reports", () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const codes = () =>
        [...market.try(changes).problems].map(([index, found]) => [index, found.map(({ code }) => code)]);
      expect(codes()).toEqual(codes());
    }),
    { numRuns: 50 },
  );
});
