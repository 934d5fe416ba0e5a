import type {
  BatchDescribeEntitiesRequest,
  BatchDescribeEntitiesResponse,
  BatchDescribeErrorDetail,
  DescribeEntityRequest,
  DescribeEntityResponse,
  EntityDetail,
} from "@aws-sdk/client-marketplace-catalog";
import { describing } from "../auth/actions/catalog";
import { decisionOn } from "../auth/authorize";
import { denial } from "../auth/denial";
import { AwsError, type Context } from "../service";
import { catalogArn, requireCatalog } from "./arns";
import { asDocument } from "./documents";
import type { StoredEntity } from "./entities";
import { timestamp } from "./moments";
import { invalid, notFound } from "./refusals";
import { ownOrShared } from "./sharing";

/**
 * The latest revision of the caller's entity, or of one that another account shares with the caller. Any other answers as
 * one that does not exist.
 */
export function describeEntity(ctx: Context, request: DescribeEntityRequest): DescribeEntityResponse {
  requireCatalog(request.Catalog);
  const entity = ownOrShared(ctx, bareId(request.EntityId ?? ""), "DescribeEntity");
  return { ...detailOf(entity), Details: JSON.stringify(entity.details) };
}

/** Up to 20 entities at once. What is wrong with one of them goes to the `Errors` map and spoils no other. */
export function batchDescribeEntities(
  ctx: Context,
  request: BatchDescribeEntitiesRequest,
): BatchDescribeEntitiesResponse {
  const details = new Map<string, EntityDetail>();
  const errors = new Map<string, BatchDescribeErrorDetail>();
  for (const { Catalog, EntityId = "" } of request.EntityRequestList ?? []) {
    try {
      requireCatalog(Catalog);
      requireRight(ctx, EntityId);
      details.set(EntityId, detailOf(ownOrShared(ctx, bareId(EntityId), "DescribeEntity")));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.set(EntityId, { ErrorCode: error.code, ErrorMessage: error.message });
    }
  }
  return { EntityDetails: Object.fromEntries(details), Errors: Object.fromEntries(errors) };
}

/** Each entity needs the right that DescribeEntity of it would need. */
function requireRight(ctx: Context, id: string): void {
  const need = describing(ctx, id);
  const decision = decisionOn(ctx, need);
  if (!decision.allowed) throw denial("restJson", ctx, need, decision);
}

function detailOf(entity: StoredEntity): EntityDetail {
  return {
    EntityType: entity.type,
    EntityIdentifier: `${entity.id}@${entity.revision}`,
    EntityArn: catalogArn(entity.owner, entity.type, entity.id),
    LastModifiedDate: timestamp(entity.modifiedAt),
    DetailsDocument: asDocument(entity.details),
  };
}

/** Only the latest revision can be read, so an id that names one is refused: API reference, DescribeEntity. */
function bareId(id: string): string {
  if (id.includes("@"))
    throw invalid(`EntityId ${id} names a revision. Give the id alone; the latest revision is returned.`);
  if (!/^[\w-]+$/.test(id)) throw notFound(`The entity ${id} was not found.`);
  return id;
}
