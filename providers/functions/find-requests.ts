import type { ProductRequestDocument } from "../../marketplace/changes/product-request/product-request";
import type { Account } from "../accounts";
import type { Connection } from "../connection";
import { at } from "./find";

export type ProductRequestStatus = ProductRequestDocument["Status"];

/** What somebody has asked for, as those who decide see it. */
export interface ProductRequestFacts {
  readonly requestId: string;
  readonly productId: string;
  readonly notes?: string;
  /** ARN of who asked. */
  readonly requestedBy?: string;
  readonly experienceId?: string;
  readonly status: ProductRequestStatus;
}

/** The embedded marketplace's; those of AWS are not published. */
const idOfRequest = /^procrequest-/;

/**
 * The account's requests for products, those of one status where it is given; what changed last comes first. AWS's list of entities has
 * none of them, so they are found by their change sets, which are remembered for 90 days.
 * @throws on AWS, which publishes nothing about requests.
 */
export function getProductRequests(
  status?: ProductRequestStatus,
  connection: Connection = {},
): Promise<ProductRequestFacts[]> {
  return at(connection, async ({ account }) => {
    if (!account.clients.custom) {
      throw new Error("AWS publishes no way to list requests for products. See the private marketplace's own pages.");
    }
    const ids = await idsIn(account);
    const found = await Promise.all(ids.map((id) => account.entities.describe(id)));
    return found
      .flatMap((entity) => (entity === undefined ? [] : [factsOf(entity.id, entity.details as ProductRequestDocument)]))
      .filter((request) => status === undefined || request.status === status);
  });
}

async function idsIn({ clients }: Account): Promise<string[]> {
  const { ListChangeSetsCommand } = await import("@aws-sdk/client-marketplace-catalog");
  const client = await clients.catalog();
  const ids = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListChangeSetsCommand({ Catalog: "AWSMarketplace", MaxResults: 20, NextToken }));
    const touched = (page.ChangeSetSummaryList ?? []).flatMap(({ EntityIdList = [] }) => EntityIdList);
    for (const id of touched) if (idOfRequest.test(id)) ids.add(id.split("@")[0] ?? id);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return [...ids];
}

function factsOf(requestId: string, document: ProductRequestDocument): ProductRequestFacts {
  const { ProductId, Notes, RequestedBy, ExperienceId, Status } = document;
  return {
    requestId,
    productId: ProductId,
    ...(Notes !== null && { notes: Notes }),
    ...(RequestedBy !== null && { requestedBy: RequestedBy }),
    ...(ExperienceId !== null && { experienceId: ExperienceId }),
    status: Status,
  };
}
