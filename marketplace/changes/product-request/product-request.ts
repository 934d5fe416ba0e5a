import type { Entity, JsonObject, World } from "../change-type";

/**
 * What a user asks of those who administer a private marketplace. AWS names its two change types (managed policy
 * AWSPrivateMarketplaceRequests) but publishes no documents for them: the members here are this package's, in the manner
 * of the Catalog API.
 */
export const productRequestType = "ProductProcurementRequest@1.0";

/** A request as DescribeEntity shows it. */
export type ProductRequestDocument = JsonObject & {
  readonly ProductId: string;
  /** Why, in the words of who asks. */
  readonly Notes: string | null;
  /** The experience that governs the account, whose administrators are asked. */
  readonly ExperienceId: string | null;
  /** ARN of who asks; null where that is not known. */
  readonly RequestedBy: string | null;
  readonly Status: "Pending" | "Approved" | "Declined" | "Cancelled";
};

export function productRequestOf(entity: Entity): ProductRequestDocument {
  return entity.details as ProductRequestDocument;
}

/** The requests for some products that an experience has not settled yet, settled. */
export function settledRequests(
  world: World,
  experienceId: string,
  products: ReadonlySet<string>,
  Status: "Approved" | "Declined",
): Entity[] {
  return [...world.entitiesOf(productRequestType)].flatMap((entity) => {
    const request = productRequestOf(entity);
    const meant = request.Status === "Pending" && request.ExperienceId === experienceId;
    return meant && products.has(request.ProductId) ? [{ ...entity, details: { ...request, Status } }] : [];
  });
}
