import type { SellerDocument } from "../../marketplace/changes/seller/seller";
import type { Account } from "../accounts";

/** A seller as the catalog shows it. On AWS nothing is known of the document's members. */
export interface SeenSeller {
  readonly id: string;
  readonly arn: string;
  readonly revision: number;
  readonly details: SellerDocument;
}

/** The account's registration; undefined where there is none. */
export async function registered({
  clients,
  entities,
}: Pick<Account, "clients" | "entities">): Promise<SeenSeller | undefined> {
  const { ListEntitiesCommand } = await import("@aws-sdk/client-marketplace-catalog");
  const client = await clients.catalog();
  const command = new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "Seller" });
  const { EntitySummaryList = [] } = await client.send(command);
  const id = EntitySummaryList[0]?.EntityId?.split("@")[0];
  const entity = id === undefined ? undefined : await entities.describe(id);
  return entity && { ...entity, details: entity.details as unknown as SellerDocument };
}
