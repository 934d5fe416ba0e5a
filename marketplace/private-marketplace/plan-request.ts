import type { Change, JsonObject } from "../changes/change-type";
import { productRequestType } from "../changes/product-request/product-request";
import { checkChange } from "../changes/request";
import type { Problem } from "../problem";
import { declaredPath } from "./declared";

/** A user's wish for a product that the private marketplace lacks. */
export interface ProductRequestSpec {
  readonly productId: string;
  readonly notes?: string;
}

export const requestProperties = { ProductId: "productId", Notes: "notes" };

/** What the catalog would refuse at once, by the declared property's name. */
export function checkProductRequest(wanted: ProductRequestSpec): Problem[] {
  return checkChange(planNewRequest(wanted)).map((problem) => ({
    ...problem,
    path: declaredPath(problem.path.replace(/^DetailsDocument\.?/, ""), requestProperties),
  }));
}

export function planNewRequest({ productId, notes }: ProductRequestSpec): Change {
  const details: JsonObject = { ProductId: productId, ...(notes !== undefined && { Notes: notes }) };
  return { changeType: "CreateProductProcurementRequest", entity: { type: productRequestType }, details };
}

export function planCancelling(id: string): Change {
  const entity = { type: productRequestType, identifier: id };
  return { changeType: "CancelProductProcurementRequest", entity, details: {} };
}
