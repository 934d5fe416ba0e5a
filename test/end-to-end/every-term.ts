import type { RunningMarketplace } from "../../backend";
import { type Instead, shopIn } from "../backend/agreement/buyer";
import {
  fixedPrice,
  forBuyer,
  newOffer,
  renewal,
  schedule,
  standardEula,
  validity,
  words,
} from "../backend/agreement/offers";
import { seats } from "../backend/agreement/seat-contract";
import { catalogOf, madeBy } from "../backend/catalog/catalog-market";
import { change, OFFER } from "../backend/catalog/listing";

type Document = NonNullable<Instead[string]>;

const types = ["m5.large", "m5.xlarge"];
const hourly = {
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard: types.map((DimensionKey) => ({ DimensionKey, Price: "0.1" })) }],
};
const monthly = { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" };
const trial = {
  Type: "FreeTrialPricingTerm",
  Duration: "P14D",
  Grants: types.map((DimensionKey) => ({ DimensionKey, MaxQuantity: 1 })),
};
const priced = (PricingModel: string, ...Terms: Document[]): Instead => ({
  UpdatePricingTerms: { PricingModel, Terms },
});

/** Offers that have every kind of term among them, each of a product of its own. */
export async function offerEveryTerm(market: RunningMarketplace): Promise<Readonly<Record<string, string>>> {
  const catalog = catalogOf(market);
  const publicly = async (instead: Instead, more: Parameters<typeof shopIn>[2] = []) =>
    (await shopIn(catalog, instead, more)).offerId;
  const contract = await shopIn(catalog, seats, [
    change("UpdateRenewalTerms", OFFER, "$PublicOffer.Entity.Identifier", renewal({})),
  ]);
  const instalments = await shopIn(catalog, seats);
  const dated = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const made = await catalog.run(
    newOffer(instalments.productId, {
      UpdateInformation: words,
      UpdateTargeting: forBuyer,
      UpdateAvailability: { AvailabilityEndDate: "2099-12-31" },
      UpdatePricingTerms: fixedPrice("0"),
      UpdatePaymentScheduleTerms: schedule([dated, "1000"]),
      UpdateValidityTerms: validity({ AgreementDuration: "P12M" }),
      UpdateLegalTerms: standardEula,
    }),
  );
  return {
    trial: await publicly(priced("Usage", hourly, trial)),
    monthly: await publicly(priced("Usage", hourly, monthly)),
    byol: await publicly(priced("Byol", { Type: "ByolPricingTerm" })),
    contract: contract.offerId,
    instalments: madeBy(made),
  };
}
