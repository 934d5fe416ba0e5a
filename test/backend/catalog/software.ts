import type { Change } from "@aws-sdk/client-marketplace-catalog";
import { buyerOf } from "../agreement/buyer";
import { contractOf } from "../agreement/seat-contract";
import { madeBy, openCatalog } from "./catalog-market";
import { change, INFORMATION, OFFER } from "./listing";

export const SAAS = "SaaSProduct@1.0";

export const SEATS = { Key: "seats", Name: "Seats", Description: "People", Unit: "Users", Types: ["Entitled"] };
export const CALLS = {
  Key: "calls",
  Name: "Calls",
  Description: "Calls of the API",
  Unit: "Requests",
  Types: ["ExternallyMetered"],
};

export const byCall = (price: string) => ({
  PricingModel: price === "0" ? "Free" : "Usage",
  Terms: [
    {
      Type: "UsageBasedPricingTerm",
      CurrencyCode: "USD",
      RateCards: [{ RateCard: [{ DimensionKey: "calls", Price: price }] }],
    },
  ],
});

export const site = (details: object = {}) => ({
  DeliveryOptions: [
    { Details: { SaaSUrlDeliveryOptionDetails: { FulfillmentUrl: "https://example.com/register", ...details } } },
  ],
});

/** The changes that put software as a service on the market for its allowlist. The offer's are the last six. */
export function newSoftware(
  dimensions: readonly object[] = [SEATS],
  pricing: Change["DetailsDocument"] = contractOf("120"),
): Change[] {
  const product = "$Product.Entity.Identifier";
  const offer = "$PublicOffer.Entity.Identifier";
  return [
    change("CreateProduct", SAAS, undefined, { ProductTitle: "Log Service" }, "Product"),
    change("UpdateInformation", SAAS, product, INFORMATION),
    change("AddDimensions", SAAS, product, [...dimensions] as Change["DetailsDocument"]),
    change("AddDeliveryOptions", SAAS, product, site()),
    change("UpdateTargeting", SAAS, product, { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }),
    change("ReleaseProduct", SAAS, product, {}),
    change("CreateOffer", OFFER, undefined, { ProductId: product }, "PublicOffer"),
    change("UpdateInformation", OFFER, offer, { Name: "Standard", Description: "For everybody" }),
    change("UpdatePricingTerms", OFFER, offer, pricing),
    change("UpdateLegalTerms", OFFER, offer, {
      Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
    }),
    change("UpdateSupportTerms", OFFER, offer, { Terms: [{ Type: "SupportTerm", RefundPolicy: "No refunds." }] }),
    change("ReleaseOffer", OFFER, offer, {}),
  ];
}

/** Public software as a service, and a buyer. */
export async function openSoftwareShop(
  options: Parameters<typeof openCatalog>[0] = {},
  ...sold: Parameters<typeof newSoftware>
) {
  const shop = await openCatalog(options);
  const made = await shop.run(newSoftware(...sold));
  const [productId, offerId] = [madeBy(made), madeBy(made, 6)];
  madeBy(await shop.run([change("UpdateVisibility", SAAS, productId, { TargetVisibility: "Public" })]));
  const { DetailsDocument } = await shop.entity(productId);
  const { ProductCode } = (DetailsDocument as { Description: { ProductCode: string } }).Description;
  return { ...shop, productId, offerId, ProductCode, ...buyerOf(shop.market, "buyer") };
}
