import { expect, test } from "vitest";
import type { Json } from "../../../marketplace/changes/change-type";
import { planAmiListing, propertyOf, type AmiListing } from "../../../marketplace/listing/ami-listing";
import { hourlyListing } from "../support/listings";

const contract: AmiListing = {
  ...hourlyListing,
  dimensions: [{ key: "seats", name: "Seats", description: "People.", unit: "Users", types: ["Entitled"] }],
  pricing: { model: "contract", durations: [{ duration: "P365D", prices: { seats: "10" } }] },
};

test.each([
  ["CreateProduct", "ProductTitle", "title"],
  ["UpdateInformation", "Highlights[1]", "highlights[1]"],
  ["UpdateInformation", "AdditionalResources[0].Url", "additionalResources[0].url"],
  ["UpdateInformation", "VideoUrls[0]", "videoUrl"],
  ["AddRegions", "DetailsDocument.Regions[1]", "regions[1]"],
  ["AddRegions", "Entity.Identifier", "regions"],
  ["AddInstanceTypes", "InstanceTypes[0]", "instanceTypes[0]"],
  ["AddDimensions", "[0].Key", "instanceTypes"],
  ["AddDeliveryOptions", "Version.VersionTitle", "versions[0].title"],
  [
    "AddDeliveryOptions",
    "DeliveryOptions[0].Details.AmiDeliveryOptionDetails.AmiSource.AmiId",
    "versions[0].image.amiId",
  ],
  [
    "AddDeliveryOptions",
    "DeliveryOptions[0].Details.AmiDeliveryOptionDetails.SecurityGroups[2].IpRanges[1]",
    "versions[0].securityGroups[2].cidrs[1]",
  ],
  [
    "AddDeliveryOptions",
    "DeliveryOptions[0].Details.AmiDeliveryOptionDetails.AccessEndpointUrl.Port",
    "versions[0].accessEndpoint.port",
  ],
  ["AddDeliveryOptions", "", "versions[0]"],
  ["UpdateTargeting", "PositiveTargeting.BuyerAccounts[0]", "allowlist"],
  ["UpdatePricingTerms", "Terms[0].RateCards[0].RateCard[1].DimensionKey", 'pricing.hourly["m5.xlarge"]'],
  ["UpdatePricingTerms", "Terms[1].RateCards[0].RateCard[0].Price", 'pricing.annual["m5.large"]'],
  ["UpdatePricingTerms", "Terms[1].CurrencyCode", "pricing.currency"],
  ["UpdatePricingTerms", "", "pricing"],
  ["UpdateLegalTerms", "Terms[0].Documents[0].Version", "eula.version"],
  ["UpdateSupportTerms", "Terms[0].RefundPolicy", "refundPolicy"],
  ["ReleaseOffer", "", ""],
])("%s %j is the property %j", (changeType, path, property) => {
  const change = planAmiListing(hourlyListing).changes.find((one) => one.changeType === changeType);
  expect(change && propertyOf(change, path)).toBe(property);
});

test.each([
  ["AddDimensions", "[0].Unit", "dimensions[0].unit"],
  ["UpdatePricingTerms", "Terms[0].RateCards[0].RateCard[0].Price", 'pricing.durations[0].prices["seats"]'],
  ["UpdatePricingTerms", "Terms[0].RateCards[0].Selector.Value", "pricing.durations[0].duration"],
])("of a contract, %s %j is the property %j", (changeType, path, property) => {
  const change = planAmiListing(contract).changes.find((one) => one.changeType === changeType);
  expect(change && propertyOf(change, path)).toBe(property);
});

test("a path of a change that nobody planned says as much as it can", () => {
  const entity = { type: "Offer@1.0", identifier: "offer-1" };
  const found = (changeType: string, path: string, details: Json = {}) =>
    propertyOf({ changeType, entity, details }, path);
  expect(found("UpdateInformation", "Name")).toBe("offer.name");
  expect(found("AddDeliveryOptions", "Version.VersionTitle")).toBe("versions");
  expect(found("UpdatePricingTerms", "Terms[3].RateCards[0]")).toBe("pricing");
  expect(found("Whatever", "x")).toBe("");
});
