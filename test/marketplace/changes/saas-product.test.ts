import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, Entity, Json } from "../../../marketplace/changes/change-type";
import { checkChange } from "../../../marketplace/changes/request";
import { Market } from "../support/market";
import {
  ahead,
  api,
  type Asked,
  both,
  calls,
  codesOf,
  contractFor,
  FulfillmentUrl,
  listed,
  listing,
  OFFER,
  onProduct,
  optionOf,
  optionsOf,
  SAAS,
  seats,
  site,
  template,
  upfront,
  usage,
} from "../support/software";

test.each<readonly [what: string, dimensions: readonly object[], pricing: object]>([
  ["by contract", [seats], contractFor("seats")],
  ["by use", [calls], { PricingModel: "Usage", Terms: [usage("0.01", "calls")] }],
  [
    "by contract, with use beyond it",
    [both],
    { PricingModel: "Contract", Terms: [upfront("10", "calls"), usage("0.1", "calls")] },
  ],
  ["free", [calls], { PricingModel: "Free", Terms: [usage("0", "calls")] }],
])("software as a service is sold %s", (_what, dimensions, pricing) => {
  expect(codesOf(new Market(), listing(dimensions, pricing))).toEqual([]);
});

test.each<readonly [what: string, dimensions: readonly object[], pricing: object, code: string]>([
  [
    "metered by AWS",
    [{ ...calls, Key: "m5.large", Unit: "Hrs", Types: ["Metered"] }],
    contractFor("m5.large"),
    "INVALID_DIMENSION",
  ],
  ["ahead of use", [calls], { PricingModel: "Usage", Terms: [usage("1", "calls"), ahead] }, "INCOMPATIBLE_PRODUCT"],
  [
    "by the month",
    [calls],
    {
      PricingModel: "Usage",
      Terms: [{ Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "1" }],
    },
    "INCOMPATIBLE_PRODUCT",
  ],
  [
    "by a license of one's own",
    [seats],
    { PricingModel: "Byol", Terms: [{ Type: "ByolPricingTerm" }] },
    "INCOMPATIBLE_PRODUCT",
  ],
  ["for a dimension that it has not", [seats], contractFor("nodes"), "INCOMPATIBLE_PRODUCT"],
  ["free, without a dimension at nothing", [seats], { PricingModel: "Free", Terms: [] }, "MISSING_MANDATORY_TERMS"],
])("software as a service is not sold %s", (_what, dimensions, pricing, code) => {
  expect(codesOf(new Market(), listing(dimensions, pricing))).toContain(code);
});

test.each(["AddDimensions", "AddDeliveryOptions", "UpdateInformation", "ReleaseOffer"])(
  "without %s a product is not released",
  (missing) => {
    const changes = listing([seats], contractFor("seats")).filter(
      ({ changeType, entity }) => changeType !== missing || (missing === "UpdateInformation" && entity.type === OFFER),
    );
    expect(codesOf(new Market(), changes)).toContain("VALIDATION_FAILED");
  },
);

test.each<readonly [what: string, asked: Asked, code: string]>([
  ["the same type twice", ["AddDeliveryOptions", site()], "DUPLICATE_DELIVERY_OPTIONS"],
  ["no delivery option", ["AddDeliveryOptions", { DeliveryOptions: [] }], "INVALID_INPUT"],
  ["an option of no kind", ["AddDeliveryOptions", { DeliveryOptions: [{ Details: {} }] }], "INVALID_INPUT"],
  [
    "a schema elsewhere",
    ["AddDeliveryOptions", api({ Schemas: [{ Type: "OPEN_API", SchemaUrl: "https://example.com/x" }] })],
    "INVALID_SCHEMA_URL",
  ],
  [
    "an option that there is not",
    ["UpdateDeliveryOptions", { DeliveryOptions: [{ Id: "do-x", Details: { SaaSUrlDeliveryOptionDetails: {} } }] }],
    "INVALID_DELIVERY_OPTION_IDS",
  ],
  ["no ids", ["UpdateDeliveryOptions", { DeliveryOptions: [] }], "MISSING_DELIVERY_OPTION_IDS"],
  ["nobody's visibility", ["UpdateDeliveryOptionsVisibility", { DeliveryOptions: [] }], "MISSING_DELIVERY_OPTION_IDS"],
  ["a dimension of another family", ["AddDimensions", [calls]], "INVALID_DIMENSION"],
  [
    "a restricted dimension after release",
    ["RestrictDimensions", [{ Key: "seats", Types: ["Entitled"] }]],
    "INVALID_DIMENSION",
  ],
  ["a visibility that it has", ["UpdateVisibility", { TargetVisibility: "Limited" }], "INVALID_TARGET_VISIBILITY"],
  ["a second release", ["ReleaseProduct", {}], "VALIDATION_FAILED"],
])("a listed product refuses %s", (_what, asked, code) => {
  expect(onProduct(listed(), asked)).toContain(code);
});

test("an option is updated by the details of its own type, and with templates that can be read", () => {
  const market = listed();
  const Id = optionOf(market);
  const update = (Details: object): Asked => ["UpdateDeliveryOptions", { DeliveryOptions: [{ Id, Details }] } as Json];
  const url = (details: object) => update({ SaaSUrlDeliveryOptionDetails: details });
  expect(onProduct(market, url({ LaunchUrl: FulfillmentUrl, DeploymentTemplates: [template] }))).toEqual([]);
  expect(onProduct(market, url({ DeploymentTemplates: [template, template] }))).toEqual(["INVALID_INPUT"]);
  expect(onProduct(market, url({ DeploymentTemplates: [{ ...template, IamPolicy: "{" }] }))).toEqual(["INVALID_INPUT"]);
  expect(onProduct(market, update({ ApiDeliveryOptionDetails: { ApiType: "AGENT" } }))).toEqual([
    "INVALID_DELIVERY_OPTIONS",
  ]);
  const accounts = { PositiveTargeting: { BuyerAccounts: ["me"] } };
  const visibility = (one: object): Asked => [
    "UpdateDeliveryOptionsVisibility",
    { DeliveryOptions: [{ Id, ...one }] } as Json,
  ];
  expect(onProduct(market, visibility({ Targeting: accounts }))).toEqual(["INVALID_AWS_ACCOUNT_IDS"]);
  expect(onProduct(market, visibility({}))).toEqual(["MISSING_DATA"]);
  expect(onProduct(market, visibility({ TargetVisibility: "Unavailable" }))).toEqual(["INVALID_VISIBILITY_STATE"]);
  expect(onProduct(market, visibility({ TargetVisibility: "Unavailable" }), ["AddDeliveryOptions", api()])).toEqual([]);
});

test("Quick Launch needs somewhere to launch", () => {
  const changes = listing([seats], contractFor("seats")).map((change) =>
    change.changeType === "AddDeliveryOptions" ? { ...change, details: site({ QuickLaunchEnabled: true }) } : change,
  );
  expect(codesOf(new Market(), changes)).toContain("INVALID_INPUT");
});

test("any changes of software as a service get an answer, and never leave a product with two options of a type", () => {
  const start = listed();
  const { id } = start.only(SAAS);
  const Id = optionOf(start);
  const asked: readonly Asked[] = [
    ["AddDeliveryOptions", site()],
    ["AddDeliveryOptions", api()],
    ["UpdateDeliveryOptions", { DeliveryOptions: [{ Id, Details: { SaaSUrlDeliveryOptionDetails: {} } }] }],
    ["UpdateDeliveryOptionsVisibility", { DeliveryOptions: [{ Id, TargetVisibility: "Unavailable" }] }],
    ["UpdateDeliveryOptionsVisibility", { DeliveryOptions: [{ Id, TargetVisibility: "Public" }] }],
    ["AddDimensions", [{ ...seats, Key: "more", Name: "More" }] as Json],
    ["UpdateTargeting", { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }],
    ["UpdateVisibility", { TargetVisibility: "Public" }],
    ["UpdateVisibility", { TargetVisibility: "Restricted" }],
  ];
  const change = fc.constantFrom(...asked).map(([changeType, details]): Change => ({
    changeType,
    entity: { type: SAAS, identifier: id },
    details,
  }));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      expect(changes.flatMap(checkChange)).toEqual([]);
      const { problems, entities } = start.try(changes);
      for (const { code, message } of [...problems.values()].flat()) {
        expect(code).toMatch(/^[A-Z_]{1,72}$/);
        expect(message).toMatch(/[.?]$/);
      }
      const [product] = entities;
      if (problems.size > 0 || product === undefined) return;
      const options = optionsOf(product);
      expect(new Set(options.map(({ Type }) => Type)).size).toBe(options.length);
      const usable = options.some(({ Visibility }) => Visibility !== "Unavailable");
      expect(usable || isRestricted(product)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

function isRestricted({ details }: Entity): boolean {
  return (details["Description"] as { Visibility: string }).Visibility === "Restricted";
}
