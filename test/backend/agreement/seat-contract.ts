import { type Terms, without } from "./buyer";

/** A product whose seats are sold by contract, for its public offer: `openShop(options, seats)`. */
export const seats = {
  AddDimensions: [{ Key: "seats", Name: "Seats", Description: "Seats", Unit: "Users", Types: ["Entitled"] }],
  UpdatePricingTerms: contractOf("12.5"),
};

/** Seats for a year, chosen by the buyer: whether there is a choice of dimensions and quantities. */
export function contractOf(Price: string, choice: "Allowed" | "Disallowed" = "Disallowed") {
  return {
    PricingModel: "Contract",
    Terms: [
      {
        Type: "ConfigurableUpfrontPricingTerm",
        CurrencyCode: "USD",
        RateCards: [
          {
            Selector: { Type: "Duration", Value: "P12M" },
            Constraints: { MultipleDimensionSelection: choice, QuantityConfiguration: choice },
            RateCard: [{ DimensionKey: "seats", Price }],
          },
        ],
      },
    ],
  };
}

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
