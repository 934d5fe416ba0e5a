import type { RunningMarketplace } from "../../backend";
import { catalogOf, madeBy } from "../backend/catalog/catalog-market";
import { AMI, change, INFORMATION, newListing, OFFER } from "../backend/catalog/listing";
import { sellerImage } from "../backend/catalog/seller-image";

const offer = "$PublicOffer.Entity.Identifier";
const rateCard = (large: string, xlarge: string) => [
  { DimensionKey: "m5.large", Price: large },
  { DimensionKey: "m5.xlarge", Price: xlarge },
];
const hourly = {
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard: rateCard("0.10", "0.20") }],
};
const annual = {
  Type: "ConfigurableUpfrontPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      Selector: { Type: "Duration", Value: "P365D" },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: rateCard("365", "730"),
    },
  ],
};
const legal = { Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }] };

/**
 * A market with something to buy: "Log Agent" by the hour and the year, with a cheaper private offer for the buyer,
 * "Mail Gateway" by the hour, and "Secret Agent", which the buyer alone can find.
 */
export async function stock(market: RunningMarketplace) {
  const { run } = catalogOf(market);
  const made = await run(
    await listing(market, "Log Agent", ["Log Analysis"], { PricingModel: "Usage", Terms: [hourly, annual] }),
  );
  const [productId, offerId] = [madeBy(made), madeBy(made, 8)];
  const other = await run(await listing(market, "Mail Gateway", ["Security"]));
  const [otherProductId, otherOfferId] = [madeBy(other), madeBy(other, 8)];
  madeBy(await run(await listing(market, "Secret Agent", ["Security"])));
  for (const id of [productId, otherProductId]) {
    madeBy(await run([change("UpdateVisibility", AMI, id, { TargetVisibility: "Public" })]));
  }
  return { productId, offerId, otherProductId, otherOfferId, privateOfferId: await cheaperOffer(market, productId) };
}

async function listing(market: RunningMarketplace, title: string, Categories: string[], prices?: object) {
  const about = title.toLowerCase();
  return newListing(title, await sellerImage(market)).map((one) => {
    if (one.ChangeType === "UpdatePricingTerms" && prices) return { ...one, DetailsDocument: { ...prices } };
    if (one.ChangeType !== "UpdateInformation" || one.Entity?.Type !== AMI) return one;
    const words = { ShortDescription: `The ${about}.`, LongDescription: `The ${about}.`, SearchKeywords: [about] };
    return { ...one, DetailsDocument: { ...INFORMATION, ...words, Categories } };
  });
}

async function cheaperOffer(market: RunningMarketplace, productId: string): Promise<string> {
  const made = await catalogOf(market).run([
    change("CreateOffer", OFFER, undefined, { ProductId: productId, Name: "For you" }, "PublicOffer"),
    change("UpdateInformation", OFFER, offer, { Name: "For you", Description: "Cheaper" }),
    change("UpdateTargeting", OFFER, offer, { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }),
    change("UpdateAvailability", OFFER, offer, { AvailabilityEndDate: "2099-12-31" }),
    change("UpdatePricingTerms", OFFER, offer, { PricingModel: "Usage", Terms: [hourly] }),
    change("UpdateValidityTerms", OFFER, offer, { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P365D" }] }),
    change("UpdateLegalTerms", OFFER, offer, legal),
    change("ReleaseOffer", OFFER, offer, {}),
  ]);
  return madeBy(made);
}
