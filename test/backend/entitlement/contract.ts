import type { Instead, Terms } from "../agreement/buyer";
import { without } from "../agreement/buyer";

/** A listing that is sold by seats for a year. */
export const contract: Instead = {
  AddDimensions: [{ Key: "seats", Name: "Seats", Description: "Seats", Unit: "Users", Types: ["Entitled"] }],
  UpdatePricingTerms: {
    PricingModel: "Contract",
    Terms: [
      {
        Type: "ConfigurableUpfrontPricingTerm",
        CurrencyCode: "USD",
        RateCards: [
          {
            Selector: { Type: "Duration", Value: "P12M" },
            Constraints: { MultipleDimensionSelection: "Disallowed", QuantityConfiguration: "Disallowed" },
            RateCard: [{ DimensionKey: "seats", Price: "12.5" }],
          },
        ],
      },
    ],
  },
};

/** Asks for one seat for a year. */
export function takeSeats(terms: Terms) {
  const chosen = { selectorValue: "P12M", dimensions: [{ dimensionKey: "seats", dimensionValue: 1 }] };
  return [
    ...without("configurableUpfrontPricingTerm")(terms),
    {
      id: terms["configurableUpfrontPricingTerm"]?.id,
      configuration: { configurableUpfrontPricingTermConfiguration: chosen },
    },
  ];
}
