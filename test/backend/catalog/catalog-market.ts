import {
  type Change,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeEntityCommand,
  MarketplaceCatalogClient,
  StartChangeSetCommand,
  type StartChangeSetRequest,
} from "@aws-sdk/client-marketplace-catalog";
import { onTestFinished } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { createProduct } from "./listing";

export const Catalog = "AWSMarketplace";

type Options = NonNullable<Parameters<typeof startMarketplace>[0]>;

/** A marketplace on a port of its own, closed when the test ends, and what tests of the catalog do with it. */
export async function openCatalog(options: Options = {}) {
  const market = await startMarketplace({ limits: false, ...options });
  onTestFinished(() => market.close());
  return catalogOf(market);
}

export function catalogOf(market: RunningMarketplace, account = "seller") {
  return catalogOn(market, new MarketplaceCatalogClient(connection(market, account)));
}

/** The same for whoever the client signs for. */
export function catalogOn(market: RunningMarketplace, catalog: MarketplaceCatalogClient) {
  const start = async (changes: readonly Change[], more: Partial<StartChangeSetRequest> = {}): Promise<string> => {
    const { ChangeSetId } = await catalog.send(
      new StartChangeSetCommand({ Catalog, ChangeSet: [...changes], ...more }),
    );
    return ChangeSetId ?? "";
  };
  const describe = (ChangeSetId: string) => catalog.send(new DescribeChangeSetCommand({ Catalog, ChangeSetId }));
  const ended = async (id: string): Promise<DescribeChangeSetCommandOutput> => {
    for (;;) {
      const changeSet = await describe(id);
      if (changeSet.Status !== "PREPARING" && changeSet.Status !== "APPLYING") return changeSet;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const run = async (changes: readonly Change[], more: Partial<StartChangeSetRequest> = {}) =>
    ended(await start(changes, more));
  return {
    market,
    catalog,
    start,
    describe,
    /** The change set once it has ended. */
    ended,
    /** Starts a change set and waits until it has ended. */
    run,
    entity: (EntityId: string) => catalog.send(new DescribeEntityCommand({ Catalog, EntityId })),
    /** A new draft's id. */
    draft: async (title: string) => madeBy(await run([createProduct(title)])),
    /** The same marketplace, seen from another account. */
    as: (name: string) => catalogOf(market, name),
  };
}

/** Client settings for an account of the marketplace. No retries: tests want to see the first answer. */
export function connection(market: RunningMarketplace, account: string) {
  const { accessKeyId = "", secretAccessKey = "" } = market.accounts.find(({ name }) => name === account) ?? {};
  return {
    endpoint: market.endpoint,
    region: market.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
}

/** The bare id of the entity that a change of a succeeded set made or changed. */
export function madeBy(changeSet: DescribeChangeSetCommandOutput, index = 0): string {
  const identifier = changeSet.ChangeSet?.[index]?.Entity?.Identifier;
  if (changeSet.Status !== "SUCCEEDED" || identifier === undefined) {
    throw new Error(
      `Change set ${changeSet.ChangeSetId} is ${changeSet.Status}: ${JSON.stringify(changeSet.ChangeSet)}`,
    );
  }
  return identifier.split("@")[0] ?? "";
}
