import { expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import { findProperty } from "../../../providers/ami-product/converge";
import { placeOf, withoutPlace } from "../../../providers/change-sets/error-place";

const pricing: Change = {
  changeType: "UpdatePricingTerms",
  entity: { type: "Offer@1.0", identifier: "offer-1" },
  details: {
    PricingModel: "Usage",
    Terms: [
      {
        Type: "UsageBasedPricingTerm",
        CurrencyCode: "USD",
        RateCards: [
          {
            RateCard: [
              { DimensionKey: "m5.large", Price: "0.1" },
              { DimensionKey: "m7g.large", Price: "0.2" },
            ],
          },
        ],
      },
    ],
  },
};
const place = "Terms[0].RateCards[0].RateCard[1].DimensionKey";

test.each([
  ["begins with a path", `${place}: unknown dimension.`, place],
  ["quotes a value", 'The dimension "m7g.large" does not exist.', place],
  ["quotes a part of a longer word", "The dimension m7g.large-x does not exist.", ""],
  ["speaks of nothing in particular", "The request was rejected by seller operations.", ""],
])("an error that %s", (_what, message, expected) => {
  expect(placeOf(pricing.details, message)).toBe(expected);
});

test("AWS's error comes back to the property that was declared", () => {
  expect(findProperty(pricing, 'The dimension "m7g.large" does not exist.')).toBe('pricing.hourly["m7g.large"]');
});

test("a sentence is told without the path of a document that nobody declared", () => {
  expect(withoutPlace(`${place}: unknown dimension.`)).toBe("unknown dimension.");
  expect(withoutPlace("Not found: the image.")).toBe("Not found: the image.");
});
