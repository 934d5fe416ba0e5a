import type { OfferSpec } from "../../../marketplace/offers/offer-spec";

/** A private offer for an hourly product. */
export const privateOffer: OfferSpec = {
  productId: "prod-aaaaaaaaaaaaa",
  name: "Log Agent for Northwind",
  description: "As agreed in October.",
  buyerAccounts: ["444455556666"],
  availabilityEndDate: "2026-12-31",
  pricing: { model: "usage", hourly: { "m5.large": "0.08", "m5.xlarge": "0.16" } },
  validity: { duration: "P365D" },
  eula: { type: "standard" },
};
