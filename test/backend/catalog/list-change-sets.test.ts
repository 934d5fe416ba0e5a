import { type Filter, ListChangeSetsCommand, type ListChangeSetsRequest } from "@aws-sdk/client-marketplace-catalog";
import { assert, asyncProperty, constantFrom, integer } from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { Catalog, catalogOf } from "./catalog-market";
import { AMI, change, createProduct, retitle } from "./listing";
import { TurningClock } from "./turning-clock";

const HOUR = 3_600_000;

describe("a seller with a succeeded, a failed and a running change set", () => {
  const clock = new TurningClock();
  let market: RunningMarketplace;
  let catalog: ReturnType<typeof catalogOf>;
  let product: string;
  let running: string;

  beforeAll(async () => {
    market = await startMarketplace({ clock, latency: "realistic", limits: false });
    catalog = catalogOf(market);
    const created = await catalog.start([createProduct("Log Agent")], { ChangeSetName: "Create" });
    await clock.turn(HOUR);
    await clock.turn(HOUR);
    product = (await catalog.describe(created)).ChangeSet?.[0]?.Entity?.Identifier?.split("@")[0] ?? "";
    await catalog.start([change("AddRegions", AMI, product, { Regions: ["mars-north-1"] })], {
      ChangeSetName: "Regions",
    });
    await clock.turn(HOUR);
    running = await catalog.start([retitle(product, "Log Agent Pro")], { ChangeSetName: "Rename" });
    return () => market.close();
  });

  const list = async (request: Partial<ListChangeSetsRequest>) => {
    const answer = await catalog.catalog.send(new ListChangeSetsCommand({ Catalog, ...request }));
    return answer.ChangeSetSummaryList ?? [];
  };

  test("lists the latest first, with the entities that each set names", async () => {
    const summaries = await list({});
    expect(summaries.map(({ ChangeSetName }) => ChangeSetName)).toEqual(["Rename", "Regions", "Create"]);
    expect(summaries[0]).toEqual({
      ChangeSetId: running,
      ChangeSetArn: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/ChangeSet/${running}`,
      ChangeSetName: "Rename",
      StartTime: "2026-03-02T12:00:00Z",
      Status: "PREPARING",
      EntityIdList: [product],
    });
    expect(summaries[1]).toMatchObject({
      Status: "FAILED",
      FailureCode: "CLIENT_ERROR",
      EndTime: "2026-03-02T12:00:00Z",
    });
    expect(summaries[2]).toMatchObject({ Status: "SUCCEEDED", EntityIdList: [product] });
  });

  test.each<[string, Filter[], string[]]>([
    ["status", [filter("Status", "PREPARING", "APPLYING")], ["Rename"]],
    ["several statuses", [filter("Status", "PREPARING", "FAILED")], ["Rename", "Regions"]],
    ["name", [filter("ChangeSetName", "Create", "Other")], ["Create"]],
    ["an entity of somebody else", [filter("EntityId", "prod-aaaaaaaaaaaaa")], []],
    ["start before", [filter("BeforeStartTime", "2026-03-02T11:00:00Z")], ["Create"]],
    ["start after", [filter("AfterStartTime", "2026-03-02T11:00:00Z")], ["Rename"]],
    ["end before", [filter("BeforeEndTime", "2026-03-02T12:00:00Z")], ["Create"]],
    ["end after", [filter("AfterEndTime", "2026-03-02T11:59:59Z")], ["Regions"]],
    ["two filters that must both hold", [filter("Status", "SUCCEEDED"), filter("ChangeSetName", "Rename")], []],
    ["what others share", [filter("Scope", "SharedWithMe")], []],
  ])("lists by %s", async (_, FilterList, expected) => {
    expect((await list({ FilterList })).map(({ ChangeSetName }) => ChangeSetName)).toEqual(expected);
  });

  test("lists by entity", async () => {
    expect(await list({ FilterList: [filter("EntityId", product)] })).toHaveLength(3);
  });

  test("a set that has not ended counts as the last to end", async () => {
    const names = (await list({ Sort: { SortBy: "EndTime", SortOrder: "DESCENDING" } })).map(
      ({ ChangeSetName }) => ChangeSetName,
    );
    expect(names).toEqual(["Rename", "Regions", "Create"]);
  });

  test.each<[string, Partial<ListChangeSetsRequest>]>([
    ["a filter that does not exist", { FilterList: [filter("Colour", "red")] }],
    ["a status that does not exist", { FilterList: [filter("Status", "DONE")] }],
    ["a moment that is none", { FilterList: [filter("AfterStartTime", "yesterday")] }],
    ["a sort that does not exist", { Sort: { SortBy: "Name" } }],
    ["a token that nobody gave out", { NextToken: "abc" }],
  ])("%s is refused", async (_, request) => {
    await expect(list(request)).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("other accounts see none of them", async () => {
    const partner = catalogOf(market, "partner");
    const { ChangeSetSummaryList } = await partner.catalog.send(new ListChangeSetsCommand({ Catalog }));
    expect(ChangeSetSummaryList).toEqual([]);
    await expect(partner.describe(running)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("under any page size and order, the pages put together are the whole list", async () => {
    const order = constantFrom("ASCENDING", "DESCENDING");
    const sortBy = constantFrom("StartTime", "EndTime");
    await assert(
      asyncProperty(sortBy, order, integer({ min: 1, max: 4 }), async (SortBy, SortOrder, MaxResults) => {
        const Sort = { SortBy, SortOrder };
        const whole = await list({ Sort });
        const pages = [];
        let NextToken: string | undefined;
        do {
          const command = new ListChangeSetsCommand({ Catalog, Sort, MaxResults, NextToken });
          const answer = await catalog.catalog.send(command);
          pages.push(...(answer.ChangeSetSummaryList ?? []));
          NextToken = answer.NextToken;
        } while (NextToken !== undefined);
        expect(pages).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });
});

function filter(Name: string, ...ValueList: string[]): Filter {
  return { Name, ValueList };
}
