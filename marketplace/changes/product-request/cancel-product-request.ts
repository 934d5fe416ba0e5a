import { unless } from "../../problem";
import type { ChangeType } from "../change-type";
import { object } from "../document-shapes";
import { productRequestOf, productRequestType } from "./product-request";

/** Takes a request back that nobody has answered. It stays readable, as everything in the catalog does. */
export const cancelProductProcurementRequest: ChangeType = {
  changeType: "CancelProductProcurementRequest",
  entityType: productRequestType,
  schema: object({}),
  check: (_world, entity) => {
    const { Status } = productRequestOf(entity);
    const message = `Request ${entity.id} is ${Status.toLowerCase()} and can no longer be cancelled.`;
    return unless(Status === "Pending", "INCOMPATIBLE_REQUEST_STATUS", "", message);
  },
  apply: (_world, { details, submitted }) => ({ details: { ...details, Status: "Cancelled" }, submitted }),
};
