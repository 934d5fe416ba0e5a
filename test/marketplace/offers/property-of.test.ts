import { expect, test } from "vitest";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { newOffer } from "../../../marketplace/offers/plan";
import { offerPropertyOf } from "../../../marketplace/offers/property-of";
import { privateOffer } from "./specs";

const contract: OfferSpec = {
  ...privateOffer,
  countries: ["US", "CA"],
  netPayment: "P30D",
  preExistingAgreement: { acquisitionChannel: "External", pricingModel: "Contract" },
  pricing: {
    model: "contract",
    durations: [{ duration: "P1Y", prices: { seats: "10" } }],
    metered: { events: "0.01" },
    fixed: { price: "0", grants: [{ dimension: "seats" }], duration: "P12M" },
    freeTrial: { days: 14, grants: [{ dimension: "seats" }] },
  },
  paymentSchedule: [{ date: "2027-02-01", amount: "1" }],
  renewal: { priceIncrease: "3", schedule: [{ after: "P1M", percentage: "100" }] },
};
const free: OfferSpec = { ...privateOffer, pricing: { model: "free", dimensions: ["m5.large", "m5.xlarge"] } };
const { buyerAccounts: _, ...forAll } = privateOffer;
const abroad: OfferSpec = { ...forAll, exceptCountries: ["FR"] };

test.each<[OfferSpec, string, string, string]>([
  [contract, "CreateOffer", "ProductId", "productId"],
  [contract, "CreateOffer", "Name", "name"],
  [{ ...contract, replaces: "agmt-1" }, "CreateReplacementOffer", "AgreementId", "replaces"],
  [contract, "UpdateInformation", "Description", "description"],
  [contract, "UpdateInformation", "PreExistingAgreement.PricingModel", "preExistingAgreement.pricingModel"],
  [contract, "UpdateTargeting", "PositiveTargeting.BuyerAccounts[1]", "buyerAccounts[1]"],
  [contract, "UpdateTargeting", "DetailsDocument.PositiveTargeting.CountryCodes[0]", "countries[0]"],
  [contract, "UpdateTargeting", "", "buyerAccounts"],
  [abroad, "UpdateTargeting", "NegativeTargeting.CountryCodes[0]", "exceptCountries[0]"],
  [abroad, "UpdateTargeting", "", "exceptCountries"],
  [contract, "UpdateAvailability", "AvailabilityEndDate", "availabilityEndDate"],
  [contract, "UpdatePricingTerms", "Terms[0].RateCards[0].RateCard[0].Price", 'pricing.durations[0].prices["seats"]'],
  [contract, "UpdatePricingTerms", "Terms[1].RateCards[0].RateCard[0].Price", 'pricing.metered["events"]'],
  [contract, "UpdatePricingTerms", "Terms[2].Price", "pricing.fixed.price"],
  [contract, "UpdatePricingTerms", "Terms[2].Grants[0].DimensionKey", "pricing.fixed.grants[0].dimension"],
  [contract, "UpdatePricingTerms", "Terms[2].CurrencyCode", "pricing.currency"],
  [contract, "UpdatePricingTerms", "Terms[3].Grants[0].MaxQuantity", "pricing.freeTrial.grants[0].quantity"],
  [contract, "UpdatePricingTerms", "PricingModel", "pricing.model"],
  [free, "UpdatePricingTerms", "Terms[0].RateCards[0].RateCard[1].DimensionKey", "pricing.dimensions[1]"],
  [privateOffer, "UpdatePricingTerms", "Terms[0].RateCards[0].RateCard[1].Price", 'pricing.hourly["m5.xlarge"]'],
  [contract, "UpdatePaymentScheduleTerms", "Terms[0].Schedule[0].ChargeDate", "paymentSchedule[0].date"],
  [contract, "UpdatePaymentScheduleTerms", "Terms[0].CurrencyCode", "pricing.currency"],
  [contract, "UpdatePaymentScheduleTerms", "Terms", "paymentSchedule"],
  [contract, "UpdateLegalTerms", "Terms[0].Documents[0].Url", "eula.url"],
  [contract, "UpdateValidityTerms", "Terms[0].AgreementDuration", "validity.duration"],
  [contract, "UpdateRenewalTerms", "Terms[0].PriceIncrease.Value", "renewal.priceIncrease"],
  [contract, "UpdateRenewalTerms", "Terms[0].PriceIncrease.Range.MaxValue", "renewal.priceIncreaseRange.most"],
  [
    contract,
    "UpdateRenewalTerms",
    "Terms[0].TermTemplates[0].Schedule[0].DayOfMonth",
    "renewal.schedule[0].dayOfMonth",
  ],
  [contract, "UpdateNetPaymentTerms", "Terms[0].PaymentDuePeriod", "netPayment"],
])("of %#: what AWS says of %s, %s, is about one property", (spec, changeType, path, property) => {
  const change = newOffer(spec).find((one) => one.changeType === changeType);
  expect(change && offerPropertyOf(change, path)).toBe(property);
});
