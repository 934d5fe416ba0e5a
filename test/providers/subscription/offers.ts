import type { Change } from "@aws-sdk/client-marketplace-catalog";
import { SearchAgreementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { madeBy } from "../../backend/catalog/catalog-market";
import { change, hourlyPrices, OFFER } from "../../backend/catalog/listing";
import type { openShopAsBuyer } from "../support/shop";

export type Shop = Awaited<ReturnType<typeof openShopAsBuyer>>;

/** Prices of units that are bought together and paid at once. */
const upfront = (prices: Readonly<Record<string, string>>, durations = ["P365D"]) => ({
  Type: "ConfigurableUpfrontPricingTerm",
  CurrencyCode: "USD",
  RateCards: durations.map((Value) => ({
    Selector: { Type: "Duration", Value },
    Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
    RateCard: Object.entries(prices).map(([DimensionKey, Price]) => ({ DimensionKey, Price })),
  })),
});

const hourly = { "m5.large": "0.10", "m5.xlarge": "0.20" };

/** An offer by the hour and, at the given prices, by the year. */
export const hourlyAndAnnual = (yearly: Readonly<Record<string, string>>) => ({
  PricingModel: "Usage",
  Terms: [...hourlyPrices(hourly).Terms, upfront(yearly)],
});

/** An offer of seats by contract alone, for openShop's `instead`. */
export const seats = {
  AddDimensions: [{ Key: "seats", Name: "Seats", Description: "Seats", Unit: "Users", Types: ["Entitled"] }],
  UpdatePricingTerms: { PricingModel: "Contract", Terms: [upfront({ seats: "365" }, ["P365D", "P1095D"])] },
};

/** To go into openShop's `more`: the buyer may let the contract renew itself. */
export const renewable = change("UpdateRenewalTerms", OFFER, "$PublicOffer.Entity.Identifier", {
  Terms: [{ Type: "RenewalTerm" }],
});

/** Releases a private offer of the shop's product. */
export async function privateOffer(
  { run, productId }: Pick<Shop, "run" | "productId">,
  { buyer = "444455556666", until = "2099-12-31", prices = hourly } = {},
): Promise<string> {
  const name = "$Private.Entity.Identifier";
  const Documents = [{ Type: "StandardEula", Version: "2022-07-14" }];
  const changes: Change[] = [
    change("CreateOffer", OFFER, undefined, { ProductId: productId, Name: "For you" }, "Private"),
    change("UpdateInformation", OFFER, name, { Name: "For you", Description: "Cheaper" }),
    change("UpdateTargeting", OFFER, name, { PositiveTargeting: { BuyerAccounts: [buyer] } }),
    change("UpdateAvailability", OFFER, name, { AvailabilityEndDate: until }),
    change("UpdatePricingTerms", OFFER, name, hourlyPrices(prices)),
    change("UpdateValidityTerms", OFFER, name, { Terms: [{ Type: "ValidityTerm", AgreementDuration: "P365D" }] }),
    change("UpdateLegalTerms", OFFER, name, { Terms: [{ Type: "LegalTerm", Documents }] }),
    change("ReleaseOffer", OFFER, name, {}),
  ];
  return madeBy(await run(changes));
}

/** The buyer's agreements as AWS has them. */
export async function agreementsOf({ agreements }: Pick<Shop, "agreements">) {
  const filters = [
    { name: "PartyType", values: ["Acceptor"] },
    { name: "AgreementType", values: ["PurchaseAgreement"] },
  ];
  const { agreementViewSummaries = [] } = await agreements.send(new SearchAgreementsCommand({ filters }));
  return agreementViewSummaries.map(({ agreementId, status }) => ({ agreementId, status }));
}

/** Their states, sorted. */
export async function statusesOf(shop: Pick<Shop, "agreements">) {
  return (await agreementsOf(shop)).map(({ status }) => status).toSorted();
}
