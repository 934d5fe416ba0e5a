import { type EntitySummary, ListEntitiesCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { discoverer } from "../agreement/buyer";
import { Catalog, madeBy, openCatalog } from "./catalog-market";
import { change } from "./listing";
import { byCall, CALLS, newSoftware, openSoftwareShop, SAAS, SEATS, site } from "./software";

test("twelve changes in one set put software as a service on the market, and it reads back as it was said", async () => {
  const shop = await openCatalog();
  const made = await shop.run(newSoftware());
  const id = madeBy(made);
  const { EntityType, DetailsDocument } = await shop.entity(id);
  expect(EntityType).toBe(SAAS);
  expect(DetailsDocument).toMatchObject({
    Description: { ProductTitle: "Log Service", Visibility: "Limited", ProductState: "Active" },
    SupportInformation: { Description: "Write to support@example.com." },
    Dimensions: [SEATS],
    Versions: [
      {
        Id: expect.stringMatching(/^version-\w{13}$/),
        DeliveryOptions: [
          {
            Id: expect.stringMatching(/^do-\w{13}$/),
            Type: "SoftwareRegistration",
            FulfillmentUrl: "https://example.com/register",
            Visibility: "Public",
          },
        ],
      },
    ],
    Targeting: { PositiveTargeting: { BuyerAccounts: ["444455556666"] } },
  });
  const list = (request: object = {}) =>
    shop.catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "SaaSProduct", ...request }));
  const { EntitySummaryList } = await list({
    EntityTypeFilters: { SaaSProductFilters: { Visibility: { ValueList: ["Limited"] } } },
    EntityTypeSort: { SaaSProductSort: { SortBy: "DeliveryOptionTypes" } },
  });
  expect(EntitySummaryList).toEqual([
    expect.objectContaining<EntitySummary>({
      Name: "Log Service",
      EntityType: "SaaSProduct",
      EntityId: id,
      EntityArn: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/SaaSProduct/${id}`,
      SaaSProductSummary: { ProductTitle: "Log Service", Visibility: "Limited" },
    }),
  ]);
});

test("delivery options are updated, added once for each type, and opened to some accounts", async () => {
  const shop = await openSoftwareShop();
  const { run, entity, productId } = shop;
  const options = async () => {
    const { DetailsDocument } = await entity(productId);
    return (DetailsDocument as { Versions: { DeliveryOptions: { Id: string; Type: string }[] }[] }).Versions[0]
      ?.DeliveryOptions;
  };
  const [first] = (await options()) ?? [];
  const twice = await run([change("AddDeliveryOptions", SAAS, productId, site())]);
  expect(twice.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([{ ErrorCode: "DUPLICATE_DELIVERY_OPTIONS" }]);

  const template = {
    Title: "Agent",
    IamPolicy: "{}",
    CloudFormationDetails: { DefaultStackName: "agent", TemplateUrl: "https://example.s3.amazonaws.com/t.json" },
  };
  const details = { LaunchUrl: "https://example.com/launch", DeploymentTemplates: [template] };
  const api = {
    ApiType: "MCP_SERVER",
    QuickLaunchEnabled: false,
    FulfillmentUrl: "https://example.com/register",
    Endpoints: [{ EndpointUrl: "https://api.example.com/mcp", AuthorizationTypes: ["API_KEY"] }],
  };
  madeBy(
    await run([
      change("UpdateDeliveryOptions", SAAS, productId, {
        DeliveryOptions: [{ Id: first?.Id, Details: { SaaSUrlDeliveryOptionDetails: details } }] as never,
      }),
      change("AddDeliveryOptions", SAAS, productId, {
        DeliveryOptions: [{ Details: { ApiDeliveryOptionDetails: api } }],
      }),
    ]),
  );
  const [updated, added] = (await options()) ?? [];
  expect(updated).toEqual({
    ...first,
    LaunchUrl: "https://example.com/launch",
    DeploymentTemplates: [
      {
        Type: "CloudFormation",
        Title: "Agent",
        IamPolicy: "{}",
        DefaultStackName: "agent",
        TemplateUrl: "https://example.s3.amazonaws.com/t.json",
      },
    ],
  });
  expect(added).toMatchObject({ Type: "Api", ApiType: "MCP_SERVER", Endpoints: api.Endpoints });

  const discover = discoverer(shop.market, "partner");
  const kinds = async () =>
    ((await discover("listFulfillmentOptions", { productId }))["fulfillmentOptions"] as object[]).flatMap(Object.keys);
  expect((await kinds()).toSorted()).toEqual(["apiFulfillmentOption", "saasFulfillmentOption"]);
  const Targeting = { PositiveTargeting: { BuyerAccounts: ["444455556666"] } };
  const narrower = { DeliveryOptions: [{ Id: added?.Id, TargetVisibility: "Limited", Targeting }] as never };
  madeBy(await run([change("UpdateDeliveryOptionsVisibility", SAAS, productId, narrower)]));
  expect(await kinds()).toEqual(["saasFulfillmentOption"]);
  const closed = { DeliveryOptions: [first, added].map((one) => ({ Id: one?.Id, TargetVisibility: "Unavailable" })) };
  const none = await run([change("UpdateDeliveryOptionsVisibility", SAAS, productId, closed as never)]);
  expect(none.ChangeSet?.[0]?.ErrorDetailList).toMatchObject([{ ErrorCode: "INVALID_VISIBILITY_STATE" }]);
});

test("buyers find software as a service by what it is, and see where they register", async () => {
  const { market, productId } = await openSoftwareShop();
  const discover = discoverer(market, "buyer");
  const search = (type: string) =>
    discover("searchListings", { filters: [{ filterType: "FULFILLMENT_OPTION_TYPE", filterValues: [type] }] });
  expect(await search("SAAS")).toMatchObject({
    totalResults: 1,
    listingSummaries: [
      {
        listingName: "Log Service",
        pricingModels: [{ pricingModelType: "CONTRACT" }],
        pricingUnits: [{ pricingUnitType: "USERS" }],
        fulfillmentOptionSummaries: [{ fulfillmentOptionType: "SAAS" }],
      },
    ],
  });
  expect(await search("AMAZON_MACHINE_IMAGE")).toMatchObject({ totalResults: 0 });
  expect(await discover("listFulfillmentOptions", { productId })).toMatchObject({
    fulfillmentOptions: [
      { saasFulfillmentOption: { fulfillmentOptionType: "SAAS", fulfillmentUrl: "https://example.com/register" } },
    ],
  });
  expect(await discover("getProduct", { productId })).toMatchObject({ productName: "Log Service" });
});

const wrong: readonly (readonly [name: string, changes: ReturnType<typeof newSoftware>, codes: string[]])[] = [
  [
    "a dimension that AWS would meter",
    newSoftware([{ ...CALLS, Key: "m5.large", Types: ["Metered"], Unit: "Hrs" }], byCall("1")),
    ["INVALID_DIMENSION"],
  ],
  [
    "a price by use of what is sold by contract",
    newSoftware([SEATS, CALLS], byCall("1")).with(8, seatsByUse()),
    ["INVALID_RATE_CARD"],
  ],
  ["bring your own license", newSoftware([SEATS]).with(8, byol()), ["INCOMPATIBLE_PRODUCT"]],
  [
    "no way to get to it",
    newSoftware().filter(({ ChangeType }) => ChangeType !== "AddDeliveryOptions"),
    ["VALIDATION_FAILED"],
  ],
  [
    "two kinds of details in one option",
    newSoftware().with(
      3,
      change("AddDeliveryOptions", SAAS, "$Product.Entity.Identifier", { DeliveryOptions: [{ Details: {} }] }),
    ),
    ["INVALID_INPUT"],
  ],
];

function seatsByUse() {
  const Terms = [{ ...byCall("1").Terms[0], RateCards: [{ RateCard: [{ DimensionKey: "seats", Price: "1" }] }] }];
  return change("UpdatePricingTerms", "Offer@1.0", "$PublicOffer.Entity.Identifier", {
    PricingModel: "Usage",
    Terms,
  } as never);
}

function byol() {
  const details = { PricingModel: "Byol", Terms: [{ Type: "ByolPricingTerm" }] };
  return change("UpdatePricingTerms", "Offer@1.0", "$PublicOffer.Entity.Identifier", details);
}

test.each(wrong)("a listing with %s is refused, and nothing is made", async (_name, changes, codes) => {
  const { run, catalog } = await openCatalog();
  const { Status, ChangeSet = [] } = await run(changes);
  expect(Status).toBe("FAILED");
  const found = ChangeSet.flatMap(({ ErrorDetailList = [] }) => ErrorDetailList.map(({ ErrorCode }) => ErrorCode));
  expect(found).toEqual(expect.arrayContaining(codes));
  const { EntitySummaryList } = await catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "SaaSProduct" }));
  expect(EntitySummaryList).toEqual([]);
});

test("software as a service may be free, with a dimension at nothing", async () => {
  const { run, entity } = await openCatalog();
  const id = madeBy(await run(newSoftware([CALLS], byCall("0"))));
  expect((await entity(id)).DetailsDocument).toMatchObject({ Description: { Visibility: "Limited" } });
});

test("changes of an image are not for software as a service, nor the other way round", async () => {
  const { run } = await openCatalog();
  const id = madeBy(await run(newSoftware()));
  const asked = [
    change("AddRegions", SAAS, id, { Regions: ["us-east-1"] }),
    change("UpdateInformation", "AmiProduct@1.0", id, { ProductTitle: "An image" }),
  ];
  for (const one of asked) await expect(run([one])).rejects.toMatchObject({ name: "ValidationException" });
});
