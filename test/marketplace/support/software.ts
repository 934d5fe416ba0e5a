import type { Change, Entity, Json } from "../../../marketplace/changes/change-type";
import { Market } from "./market";

export const SAAS = "SaaSProduct@1.0";
export const OFFER = "Offer@1.0";
export const FulfillmentUrl = "https://example.com/register";

export const seats = { Key: "seats", Name: "Seats", Description: "People", Unit: "Users", Types: ["Entitled"] };
export const calls = {
  Key: "calls",
  Name: "Calls",
  Description: "Calls",
  Unit: "Requests",
  Types: ["ExternallyMetered"],
};
export const both = { ...calls, Types: ["ExternallyMetered", "Entitled"] };

export const usage = (price: string, ...keys: string[]) => ({
  Type: "UsageBasedPricingTerm",
  CurrencyCode: "USD",
  RateCards: [{ RateCard: keys.map((DimensionKey) => ({ DimensionKey, Price: price })) }],
});
export const upfront = (price: string, ...keys: string[]) => ({
  Type: "ConfigurableUpfrontPricingTerm",
  CurrencyCode: "USD",
  RateCards: [
    {
      Selector: { Type: "Duration", Value: "P12M" },
      Constraints: { MultipleDimensionSelection: "Disallowed", QuantityConfiguration: "Disallowed" },
      RateCard: keys.map((DimensionKey) => ({ DimensionKey, Price: price })),
    },
  ],
});
/** By the year, as images are sold by use. */
export const ahead = {
  ...upfront("1", "calls"),
  RateCards: [
    {
      Selector: { Type: "Duration", Value: "P365D" },
      Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
      RateCard: [{ DimensionKey: "calls", Price: "1" }],
    },
  ],
};
export const site = (details: object = {}): Json => ({
  DeliveryOptions: [{ Details: { SaaSUrlDeliveryOptionDetails: { FulfillmentUrl, ...details } } }],
});
export const endpoint = { EndpointUrl: "https://api.example.com/mcp", AuthorizationTypes: ["API_KEY"] };
export const api = (one: object = {}): Json => ({
  DeliveryOptions: [
    {
      Details: {
        ApiDeliveryOptionDetails: {
          ApiType: "AGENT",
          QuickLaunchEnabled: false,
          FulfillmentUrl,
          Endpoints: [{ ...endpoint, ...one }],
        },
      },
    },
  ],
});
export const template = {
  Title: "Agent",
  IamPolicy: "{}",
  CloudFormationDetails: { DefaultStackName: "agent", TemplateUrl: "https://example.s3.amazonaws.com/t.json" },
};

export type Asked = readonly [changeType: string, details: Json];

/** What lists a product: each change type once, in the order of the list. */
export function listing(dimensions: readonly object[], pricing: object): Change[] {
  const product: Asked[] = [
    [
      "UpdateInformation",
      {
        ProductTitle: "Log Service",
        ShortDescription: "Logs.",
        LongDescription: "All logs.",
        LogoUrl: "https://example.com/logo.png",
        Highlights: ["Quick"],
        SupportDescription: "Write to us.",
        Categories: ["Log Analysis"],
        SearchKeywords: ["logs"],
      },
    ],
    ["AddDimensions", dimensions as Json],
    ["AddDeliveryOptions", site()],
    ["ReleaseProduct", {}],
  ];
  const offer: Asked[] = [
    ["UpdateInformation", { Name: "Standard", Description: "For everybody" }],
    ["UpdatePricingTerms", pricing as Json],
    [
      "UpdateLegalTerms",
      { Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }] },
    ],
    ["UpdateSupportTerms", { Terms: [{ Type: "SupportTerm", RefundPolicy: "None." }] }],
    ["ReleaseOffer", {}],
  ];
  const to =
    (type: string, name: string) =>
    ([changeType, details]: Asked) => ({
      changeType,
      entity: { type, identifier: `$${name}.Entity.Identifier` },
      details,
    });
  const ProductId = "$P.Entity.Identifier";
  return [
    { changeType: "CreateProduct", changeName: "P", entity: { type: SAAS }, details: {} },
    ...product.map(to(SAAS, "P")),
    { changeType: "CreateOffer", changeName: "O", entity: { type: OFFER }, details: { ProductId } },
    ...offer.map(to(OFFER, "O")),
  ];
}

export function listed(dimensions: readonly object[] = [seats], pricing: object = contractFor("seats")): Market {
  const market = new Market();
  market.apply(listing(dimensions, pricing));
  return market;
}

export function contractFor(...keys: string[]) {
  return { PricingModel: "Contract", Terms: [upfront("10", ...keys)] };
}

export function codesOf(market: Market, changes: readonly Change[]): string[] {
  return [...market.try(changes).problems.values()].flat().map(({ code }) => code);
}

export function onProduct(market: Market, ...asked: Asked[]): string[] {
  const entity = { type: SAAS, identifier: market.only(SAAS).id };
  return codesOf(
    market,
    asked.map(([changeType, details]) => ({ changeType, entity, details })),
  );
}

export interface Option {
  readonly Id: string;
  readonly Type: string;
  readonly Visibility: string;
}

export function optionsOf({ details }: Entity): readonly Option[] {
  const [version] = details["Versions"] as unknown as [{ readonly DeliveryOptions: readonly Option[] }];
  return version.DeliveryOptions;
}

export function optionOf(market: Market): string {
  return optionsOf(market.only(SAAS))[0]?.Id ?? "";
}
