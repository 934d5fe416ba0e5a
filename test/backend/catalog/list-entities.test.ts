import { ListEntitiesCommand, type ListEntitiesRequest } from "@aws-sdk/client-marketplace-catalog";
import { assert, asyncProperty, constantFrom, integer } from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { Catalog, catalogOf, madeBy, openCatalog } from "./catalog-market";
import { change, createProduct, OFFER } from "./listing";
import { TurningClock } from "./turning-clock";

const SECOND = 1000;
const TITLES = ["Log Agent", "Metrics Agent", "Trace Agent", "Log Viewer", "log shipper"];

describe("a seller with five products and three offers", () => {
  const clock = new TurningClock();
  let market: RunningMarketplace;
  let catalog: ReturnType<typeof catalogOf>;
  let products: string[];
  let offers: string[];

  beforeAll(async () => {
    market = await startMarketplace({ clock, limits: false });
    catalog = catalogOf(market);
    products = [];
    for (const title of TITLES) {
      products.push(await catalog.draft(title));
      await clock.turn(SECOND);
    }
    const created = await catalog.run([
      change("CreateOffer", OFFER, undefined, { ProductId: products[0] ?? "", Name: "Standard" }, "A"),
      change("CreateOffer", OFFER, undefined, { ProductId: products[1] ?? "", Name: "Standard" }, "B"),
      change("CreateOffer", OFFER, undefined, { ProductId: products[1] ?? "" }, "C"),
    ]);
    offers = [0, 1, 2].map((index) => madeBy(created, index));
    return () => market.close();
  });

  const list = async (request: Partial<ListEntitiesRequest>) => {
    const answer = await catalog.catalog.send(
      new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct", ...request }),
    );
    return answer.EntitySummaryList ?? [];
  };
  const titles = async (request: Partial<ListEntitiesRequest>) => (await list(request)).map(({ Name }) => Name);

  test("products list the latest change first, with bare type and id", async () => {
    const summaries = await list({});
    expect(summaries.map(({ Name }) => Name)).toEqual(TITLES.toReversed());
    expect(summaries[4]).toMatchObject({
      EntityType: "AmiProduct",
      EntityId: products[0],
      EntityArn: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/AmiProduct/${products[0]}`,
      LastModifiedDate: "2026-03-02T09:00:00Z",
      Visibility: "Draft",
      AmiProductSummary: { ProductTitle: "Log Agent", Visibility: "Draft" },
    });
  });

  test.each<[string, Partial<ListEntitiesRequest>, string[]]>([
    [
      "titles that hold a word, in any case",
      filters({ ProductTitle: { WildCardValue: "LOG" } }),
      ["log shipper", "Log Viewer", "Log Agent"],
    ],
    ["titles with a star in the middle", filters({ ProductTitle: { WildCardValue: "l*agent" } }), ["Log Agent"]],
    ["exact titles", filters({ ProductTitle: { ValueList: ["Log Agent", "Log"] } }), ["Log Agent"]],
    ["a visibility", filters({ Visibility: { ValueList: ["Public", "Draft"] } }), TITLES.toReversed()],
    ["another visibility", filters({ Visibility: { ValueList: ["Limited"] } }), []],
    [
      "changes after a moment",
      filters({ LastModifiedDate: { DateRange: { AfterValue: "2026-03-02T09:00:02Z" } } }),
      ["log shipper", "Log Viewer"],
    ],
    [
      "changes between two moments",
      filters({
        LastModifiedDate: { DateRange: { AfterValue: "2026-03-02T09:00:00Z", BeforeValue: "2026-03-02T09:00:02Z" } },
      }),
      ["Metrics Agent"],
    ],
    [
      "several fields at once",
      filters({
        ProductTitle: { WildCardValue: "Agent" },
        LastModifiedDate: { DateRange: { BeforeValue: "2026-03-02T09:00:01Z" } },
      }),
      ["Log Agent"],
    ],
    ["the older visibility filter", { FilterList: [{ Name: "Visibility", ValueList: ["Restricted"] }] }, []],
    ["what others share", { FilterList: [{ Name: "Scope", ValueList: ["SharedWithMe"] }] }, []],
    ["what others share, by ownership", { OwnershipType: "SHARED" }, []],
    ["a type that nobody made", { EntityType: "SaaSProduct" }, []],
    [
      "titles sorted",
      { EntityTypeSort: { AmiProductSort: { SortBy: "ProductTitle", SortOrder: "ASCENDING" } } },
      ["Log Agent", "Log Viewer", "Metrics Agent", "Trace Agent", "log shipper"],
    ],
    ["oldest first", { Sort: { SortBy: "LastModifiedDate", SortOrder: "ASCENDING" } }, TITLES],
  ])("products by %s", async (_, request, expected) => {
    expect(await titles(request)).toEqual(expected);
  });

  test("products by id, through both kinds of filter", async () => {
    const [, id = ""] = products;
    expect(await titles(filters({ EntityId: { ValueList: [id] } }))).toEqual(["Metrics Agent"]);
    expect(await titles({ FilterList: [{ Name: "EntityId", ValueList: [id] }] })).toEqual(["Metrics Agent"]);
  });

  test("offers show their product and state, and drafts without a name are untitled", async () => {
    const summaries = await list({
      EntityType: "Offer",
      EntityTypeSort: { OfferSort: { SortBy: "Name", SortOrder: "DESCENDING" } },
    });
    expect(summaries.map(({ Name }) => Name)).toEqual(["Standard", "Standard", `Untitled - ${offers[2]}`]);
    expect(summaries.find(({ EntityId }) => EntityId === offers[0])?.OfferSummary).toEqual({
      Name: "Standard",
      ProductId: products[0],
      State: "Draft",
      Targeting: ["None"],
      BuyerAccounts: [],
    });
  });

  test.each<[string, object, number[]]>([
    ["their product", { ProductId: { ValueList: ["1"] } }, [1, 2]],
    ["their name", { Name: { WildCardValue: "stand" } }, [0, 1]],
    ["their state", { State: { ValueList: ["Released"] } }, []],
    ["whom they are for", { Targeting: { ValueList: ["None"] } }, [0, 1, 2]],
    ["buyers", { BuyerAccounts: { WildCardValue: "444455556666" } }, []],
    [
      "release date, which drafts have none of",
      { ReleaseDate: { DateRange: { AfterValue: "2020-01-01T00:00:00Z" } } },
      [],
    ],
    ["end of availability", { AvailabilityEndDate: { DateRange: { AfterValue: "2020-01-01T00:00:00Z" } } }, []],
    ["offer set", { OfferSetId: { ValueList: ["offerset-aaaaaaaaaaaaa"] } }, []],
    ["resale authorization", { ResaleAuthorizationId: { ValueList: ["resaleauthz-aaaaaaaaaaaaa"] } }, []],
  ])("offers by %s", async (_, filter, expected) => {
    const OfferFilters = JSON.parse(JSON.stringify(filter).replace('["1"]', JSON.stringify([products[1]])));
    const found = await list({ EntityType: "Offer", EntityTypeFilters: { OfferFilters } });
    expect(found.map(({ EntityId }) => offers.indexOf(EntityId ?? "")).toSorted()).toEqual(expected);
  });

  test.each<[string, Partial<ListEntitiesRequest>]>([
    ["a type with its version", { EntityType: "AmiProduct@1.0" }],
    ["a type that does not exist", { EntityType: "Spaceship" }],
    ["filters of another type", { EntityType: "Offer", ...filters({ EntityId: { ValueList: ["prod-a"] } }) }],
    ["a sort of another type", { EntityTypeSort: { OfferSort: { SortBy: "Name" } } }],
    ["a filter that does not exist", { FilterList: [{ Name: "Colour", ValueList: ["red"] }] }],
    ["a sort that does not exist", { Sort: { SortBy: "Colour" } }],
    ["a moment that is none", filters({ LastModifiedDate: { DateRange: { AfterValue: "2026-99-99T99:99:99Z" } } })],
    ["a token that nobody gave out", { NextToken: "bm90LWEtdG9rZW4=" }],
  ])("%s is refused", async (_, request) => {
    await expect(list(request)).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("a token is good for its own query only", async () => {
    const first = await catalog.catalog.send(
      new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct", MaxResults: 2 }),
    );
    const again = { NextToken: first.NextToken };
    expect(await titles({ ...again, MaxResults: 2 })).toEqual(["Trace Agent", "Metrics Agent"]);
    await expect(list({ ...again, ...filters({ Visibility: { ValueList: ["Draft"] } }) })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("under any page size and sort, the pages put together are the whole list", async () => {
    const sortBy = constantFrom("EntityId", "LastModifiedDate", "ProductTitle", "Visibility");
    const order = constantFrom("ASCENDING", "DESCENDING");
    await assert(
      asyncProperty(sortBy, order, integer({ min: 1, max: 6 }), async (SortBy, SortOrder, MaxResults) => {
        const EntityTypeSort = { AmiProductSort: { SortBy, SortOrder } };
        const whole = await list({ EntityTypeSort });
        const pages = [];
        let NextToken: string | undefined;
        do {
          const request = { Catalog, EntityType: "AmiProduct", EntityTypeSort, MaxResults, NextToken };
          const answer = await catalog.catalog.send(new ListEntitiesCommand(request));
          expect(answer.EntitySummaryList?.length).toBeLessThanOrEqual(MaxResults);
          pages.push(...(answer.EntitySummaryList ?? []));
          NextToken = answer.NextToken;
        } while (NextToken !== undefined);
        expect(pages).toEqual(whole);
        expect(pages.length).toBe(TITLES.length);
      }),
      { numRuns: 25 },
    );
  });

  test("many entities can be described at once, and the missing ones do no harm", async () => {
    const { BatchDescribeEntitiesCommand } = await import("@aws-sdk/client-marketplace-catalog");
    const ids = [products[0] ?? "", offers[0] ?? "", "prod-aaaaaaaaaaaaa"];
    const answer = await catalog.catalog.send(
      new BatchDescribeEntitiesCommand({ EntityRequestList: ids.map((EntityId) => ({ Catalog, EntityId })) }),
    );
    expect(Object.keys(answer.EntityDetails ?? {}).toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect(answer.EntityDetails?.[ids[0] ?? ""]).toMatchObject({ EntityIdentifier: `${ids[0]}@1` });
    expect(Object.keys(answer.Errors ?? {})).toEqual(["prod-aaaaaaaaaaaaa"]);
    expect(answer.Errors?.["prod-aaaaaaaaaaaaa"]?.ErrorCode).toMatch(/^[a-zA-Z_]+$/);
  });
});

test("an entity is read by its bare id, and only by its owner", async () => {
  const { draft, entity, as } = await openCatalog();
  const id = await draft("Log Agent");
  expect(await entity(id)).toMatchObject({ EntityIdentifier: `${id}@1` });
  await expect(entity(`${id}@1`)).rejects.toMatchObject({ name: "ValidationException" });
  await expect(as("buyer").entity(id)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(entity("prod-aaaaaaaaaaaaa")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("what changes between two pages is neither shown twice nor left out", async () => {
  const { catalog, draft, run } = await openCatalog();
  for (const title of ["A", "B", "C", "D"]) await draft(title);
  const request = {
    Catalog,
    EntityType: "AmiProduct",
    MaxResults: 2,
    EntityTypeSort: { AmiProductSort: { SortBy: "ProductTitle" as const, SortOrder: "ASCENDING" as const } },
  };
  const first = await catalog.send(new ListEntitiesCommand(request));
  await run([createProduct("Aa")]);
  const second = await catalog.send(new ListEntitiesCommand({ ...request, NextToken: first.NextToken }));
  const names = [...(first.EntitySummaryList ?? []), ...(second.EntitySummaryList ?? [])].map(({ Name }) => Name);
  expect(names).toEqual(["A", "B", "C", "D"]);
});

function filters(AmiProductFilters: object): Partial<ListEntitiesRequest> {
  return { EntityTypeFilters: { AmiProductFilters } };
}
