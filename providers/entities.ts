import type { JsonObject } from "../marketplace/changes/change-type";
import type { CatalogCalls } from "./catalog-calls";
import type { Time } from "./host/host";

/** An entity as the catalog describes it. */
export interface DescribedEntity {
  readonly id: string;
  readonly arn: string;
  readonly revision: number;
  readonly details: JsonObject;
}

/** Reads entities, those asked for at the same time in one request. */
export interface Entities {
  /** Undefined when the account has no such entity. */
  describe(id: string): Promise<DescribedEntity | undefined>;
  /** The ids of a product's public offers, released or not. */
  publicOffersOf(productId: string): Promise<readonly string[]>;
  /** The ids of all the account's entities of a type, with its bare name: `Audience`. */
  idsOf(type: string): Promise<readonly string[]>;
}

const Catalog = "AWSMarketplace";

/** BatchDescribeEntities takes so many: Catalog API reference. */
const batchSize = 20;

export function entitiesOf(call: CatalogCalls, time: Time): Entities {
  let waiting: Waiting[] = [];

  const flush = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    const batches = Array.from({ length: Math.ceil(all.length / batchSize) }, (_, i) =>
      all.slice(i * batchSize, (i + 1) * batchSize),
    );
    await Promise.all(batches.map((batch) => answer(call, batch)));
  };

  return {
    describe: (id) =>
      new Promise((resolve, reject) => {
        waiting.push({ id, resolve, reject });
        if (waiting.length === 1) void time.sleep(2).then(flush);
      }),
    publicOffersOf: async (productId) => {
      const { ListEntitiesCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const command = new ListEntitiesCommand({
        Catalog,
        EntityType: "Offer",
        EntityTypeFilters: { OfferFilters: { ProductId: { ValueList: [productId] } } },
        MaxResults: 50,
      });
      const { EntitySummaryList } = await call("ListEntities", (client) => client.send(command));
      return (EntitySummaryList ?? [])
        .filter(({ OfferSummary }) => !OfferSummary?.Targeting?.includes("BuyerAccounts"))
        .flatMap(({ EntityId }) => EntityId?.split("@")[0] ?? []);
    },
    idsOf: async (EntityType) => {
      const { ListEntitiesCommand } = await import("@aws-sdk/client-marketplace-catalog");
      const ids: string[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListEntitiesCommand({ Catalog, EntityType, MaxResults: 50, NextToken });
        const page = await call("ListEntities", (client) => client.send(command));
        ids.push(...(page.EntitySummaryList ?? []).flatMap(({ EntityId }) => EntityId?.split("@")[0] ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return ids;
    },
  };
}

interface Waiting {
  readonly id: string;
  readonly resolve: (entity: DescribedEntity | undefined) => void;
  readonly reject: (error: unknown) => void;
}

async function answer(call: CatalogCalls, batch: readonly Waiting[]): Promise<void> {
  try {
    const { BatchDescribeEntitiesCommand } = await import("@aws-sdk/client-marketplace-catalog");
    const EntityRequestList = [...new Set(batch.map(({ id }) => id))].map((EntityId) => ({ Catalog, EntityId }));
    const command = new BatchDescribeEntitiesCommand({ EntityRequestList });
    const { EntityDetails, Errors } = await call("BatchDescribeEntities", (client) => client.send(command));
    for (const { id, resolve, reject } of batch) {
      const found = EntityDetails?.[id];
      const error = Errors?.[id];
      if (found !== undefined) resolve(asEntity(id, found));
      else if (error === undefined || /NotFound/.test(error.ErrorCode ?? "")) resolve(undefined);
      else reject(new Error(`${id}: ${error.ErrorMessage} [${error.ErrorCode}]`));
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

function asEntity(
  id: string,
  found: { readonly EntityArn?: string; readonly EntityIdentifier?: string; readonly DetailsDocument?: unknown },
): DescribedEntity {
  return {
    id,
    arn: found.EntityArn ?? "",
    revision: Number(found.EntityIdentifier?.split("@")[1] ?? 0),
    details: isObject(found.DetailsDocument) ? found.DetailsDocument : {},
  };
}

/** What came over the wire as JSON is JSON. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
