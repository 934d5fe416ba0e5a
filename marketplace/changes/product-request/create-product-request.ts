import { type Problem, quoted, unless } from "../../problem";
import type { BuyerFacts, ChangeType, World } from "../change-type";
import { anyText, object } from "../document-shapes";
import { productRequestOf, productRequestType, type ProductRequestDocument } from "./product-request";

type Details = { readonly ProductId: string; readonly Notes?: string };

/**
 * Asks the administrators of the private marketplace that governs the caller's account for a product that it lacks. They
 * settle it by AllowProductProcurement or DenyProductProcurement of the same product. Takes a product, and at most 1,000
 * characters of why.
 */
export const createProductProcurementRequest: ChangeType<Details> = {
  changeType: "CreateProductProcurementRequest",
  entityType: productRequestType,
  creates: "procrequest",
  schema: object({ ProductId: anyText(50, 1), Notes: anyText(1000, 1) }, ["ProductId"]),
  check: (world, _entity, { ProductId }) =>
    world.buyers === undefined
      ? []
      : [...checkMayAsk(world.account, world.buyers, ProductId), ...checkFirst(world, world.buyers, ProductId)],
  apply: (world, _entity, { ProductId, Notes }) => {
    const details: ProductRequestDocument = {
      ProductId,
      Notes: Notes ?? null,
      ExperienceId: world.buyers?.governedBy()?.id ?? null,
      RequestedBy: world.buyers?.requester ?? null,
      Status: "Pending",
    };
    return { details, submitted: {} };
  },
};

/** Whether users ask at all is the procurement policy's to say: PolicyResourceRequests. */
function checkMayAsk(account: string, buyers: BuyerFacts, productId: string): Problem[] {
  const experience = buyers.governedBy();
  if (experience?.policy === undefined) {
    const why = experience === undefined ? "no private marketplace governs it" : `${experience.id} has no policy`;
    return [refusal("ENTITY_NOT_FOUND", "", `Account ${account} may buy every product: ${why}.`)];
  }
  const { id, policy } = experience;
  if (policy.requests !== true) {
    const message = `Experience ${id} takes no requests for products. Ask its administrators to allow them.`;
    return [refusal("CALLER_NOT_AUTHORIZED", "", message)];
  }
  const allowed = policy.allow.includes(productId) && !policy.deny.includes(productId);
  return [
    ...unless(
      buyers.isListed(productId),
      "RESOURCE_NOT_FOUND",
      "ProductId",
      `AWS Marketplace has no product with the id ${quoted([productId])}.`,
    ),
    ...unless(
      !allowed,
      "ENTITY_IN_USE",
      "ProductId",
      `Experience ${id} allows the product ${productId} already. Subscribe to it.`,
    ),
  ];
}

function checkFirst(world: World, { requester }: BuyerFacts, productId: string): Problem[] {
  for (const entity of world.entitiesOf(productRequestType)) {
    const { ProductId, RequestedBy, Status } = productRequestOf(entity);
    if (ProductId !== productId || RequestedBy !== requester || Status !== "Pending") continue;
    const message = `You have asked for ${productId} in ${entity.id}, which nobody has answered yet.`;
    return [refusal("ENTITY_ALREADY_EXISTS", "ProductId", message)];
  }
  return [];
}

function refusal(code: string, path: string, message: string): Problem {
  return { code, path, message };
}
