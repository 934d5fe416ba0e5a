import {
  DescribeChangeSetCommand,
  DescribeEntityCommand,
  ListChangeSetsCommand,
  type MarketplaceCatalogClient,
  StartChangeSetCommand,
} from "@aws-sdk/client-marketplace-catalog";
import { entitiesIn } from "../../../backend/catalog/entities";
import type { RunningMarketplace } from "../../../backend/index";
import { catalogOf, madeBy } from "../../backend/catalog/catalog-market";
import { change } from "../../backend/catalog/listing";

const Catalog = "AWSMarketplace";

/** A buyer's own catalog client, to ask what really is there and to meddle. */
export function openBuyer(market: RunningMarketplace) {
  const { catalog, run } = catalogOf(market, "buyer");
  const typed: MarketplaceCatalogClient = catalog;
  return {
    details: async (EntityId: unknown) =>
      (await typed.send(new DescribeEntityCommand({ Catalog, EntityId: String(EntityId) }))).DetailsDocument,
    change: async (type: string, id: unknown, details: object) =>
      madeBy(await run([change(type, "Experience@1.0", String(id), details as never)])),
    startOnly: (type: string, id: unknown, details: object) =>
      typed.send(
        new StartChangeSetCommand({
          Catalog,
          ChangeSet: [change(type, "Experience@1.0", String(id), details as never)],
        }),
      ),
    /** The change types of every change set so far, oldest first. */
    changeSets: async () => {
      const { ChangeSetSummaryList = [] } = await typed.send(
        new ListChangeSetsCommand({ Catalog, Sort: { SortBy: "StartTime", SortOrder: "ASCENDING" } }),
      );
      const sets = await Promise.all(
        ChangeSetSummaryList.map(({ ChangeSetId }) =>
          typed.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId })),
        ),
      );
      return sets.map(({ ChangeSet = [] }) => ChangeSet.map(({ ChangeType }) => ChangeType));
    },
  };
}

/** Products that are on sale, or as good as: a seller's, allowlisted. Their ids, sorted. */
export async function productsOnSale(market: RunningMarketplace, titles: readonly string[]): Promise<string[]> {
  const ids = titles.map((title) => `prod-${title}`);
  await market.market.store.transaction(() => {
    for (const id of ids) {
      entitiesIn(market.market.store).put({
        id,
        type: "SaaSProduct@1.0",
        owner: "111122223333",
        details: { Description: { ProductTitle: id, Visibility: "Public" } },
        submitted: {},
        revision: 1,
        createdAt: "2026-01-05T00:00:00.000Z",
        modifiedAt: "2026-01-05T00:00:00.000Z",
      });
    }
  });
  return ids.toSorted();
}
