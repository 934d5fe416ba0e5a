import type { Change, Json } from "../../../marketplace/changes/change-type";
import { planAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing } from "./listings";
import { Market, seller } from "./market";

export { seller };

export const offerType = "Offer@1.0";
export const hourly: AmiListing = {
  ...hourlyListing,
  pricing: { model: "usage", hourly: { "m5.large": "0.10", "m5.xlarge": "0.20" } },
};
export const contract: AmiListing = {
  ...hourlyListing,
  dimensions: [
    { key: "seats", name: "Seats", description: "People.", unit: "Users", types: ["Entitled"] },
    { key: "nodes", name: "Nodes", description: "Hosts.", unit: "Hosts", types: ["Entitled"] },
  ],
  pricing: { model: "contract", durations: [{ duration: "P365D", prices: { seats: "10" } }] },
};

/** A market with a released, Limited listing. */
export function listed(listing: AmiListing): Market {
  const market = new Market();
  market.apply(planAmiListing(listing).changes);
  return market;
}

/** A second offer, for a buyer, as a draft beside the listing's public one. */
export function withDraft(market: Market, isPrivate: boolean): string {
  const product = market.only("AmiProduct@1.0").id;
  const changes: Change[] = [
    { changeType: "CreateOffer", changeName: "o", entity: { type: offerType }, details: { ProductId: product } },
  ];
  const targeting = { PositiveTargeting: { BuyerAccounts: ["444455556666"] } };
  if (isPrivate)
    changes.push({
      changeType: "UpdateTargeting",
      entity: { type: offerType, identifier: "$o.Entity.Identifier" },
      details: targeting,
    });
  return market.apply(changes).resolved[0]?.entityId ?? "";
}

/** What is wrong with changes of an offer. */
export function codes(market: Market, identifier: string, asked: [changeType: string, details: Json][]): string[] {
  const changes = asked.map(([changeType, details]) => ({
    changeType,
    entity: { type: offerType, identifier },
    details,
  }));
  return [...market.try(changes).problems.values()].flat().map(({ code }) => code);
}
