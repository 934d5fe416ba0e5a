import type { Json } from "../../../marketplace/changes/change-type";
import { planAmiListing, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { newVersionOf } from "../../../marketplace/listing/documents";
import { hourlyListing, version } from "./listings";
import { Market } from "./market";

export type Asked = [changeType: string, details: Json][];

/** Changes of the only product (`Offer:` in front: of its offer), against a listing in some state; codes by change type. */
export function codes(market: Market, asked: Asked): Record<string, string[]> {
  const changes = asked.map(([name, details]) => {
    const [changeType = "", isOffer] = name.split(":").toReversed();
    const type = isOffer ? "Offer@1.0" : "AmiProduct@1.0";
    return { changeType, entity: { type, identifier: market.only(type).id }, details };
  });
  const { problems } = market.try(changes);
  return Object.fromEntries([...problems].map(([index, found]) => [asked[index]?.[0], found.map(({ code }) => code)]));
}

/** A market with a listing in some state; a Draft is an empty one. */
export function marketIn(
  visibility: "Draft" | "Limited" | "Public" | "Restricted",
  listing: AmiListing = hourlyListing,
): Market {
  const market = new Market();
  if (visibility === "Draft") {
    market.apply([{ changeType: "CreateProduct", entity: { type: "AmiProduct@1.0" }, details: {} }]);
    return market;
  }
  market.apply(planAmiListing(listing).changes);
  const identifier = market.only("AmiProduct@1.0").id;
  const entity = { type: "AmiProduct@1.0", identifier };
  if (visibility !== "Limited") {
    market.apply([{ changeType: "UpdateVisibility", entity, details: { TargetVisibility: visibility } }]);
  }
  return market;
}

export const optionIds = (market: Market): string[] =>
  (market.only("AmiProduct@1.0").details["Versions"] as unknown as { DeliveryOptions: { Id: string }[] }[]).flatMap(
    (one) => one.DeliveryOptions.map(({ Id }) => Id),
  );

export const dimension = { Key: "seats", Name: "Seats", Description: "People", Unit: "Users", Types: ["Entitled"] };
export const hours = (type: string) => ({ Key: type, Name: type, Description: type, Unit: "Hrs", Types: ["Metered"] });
export const add = (part: Partial<typeof version>) =>
  newVersionOf({ ...version, title: "2.0", ...part }) as unknown as Json;
export const group = { protocol: "tcp" as const, fromPort: 1, toPort: 2, cidrs: ["10.0.0.0/8"] };
