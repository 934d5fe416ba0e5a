import type {
  PurchaseOrder,
  UpdatePurchaseOrdersInput,
  UpdatePurchaseOrdersOutput,
} from "@aws-sdk/client-marketplace-agreement";
import { repeated } from "../../marketplace/problem";
import type { Context } from "../service";
import { agreementsIn } from "./agreements";
import { type Charge, chargesIn } from "./charges";
import { conflict, denied, notFound, wrong } from "./refusals";

/** The order numbers of charges that are about to be made, by charge. */
export function orderNumbers(
  orders: readonly PurchaseOrder[] | undefined = [],
  charges: readonly string[],
): ReadonlyMap<string, string> {
  refuseRepeated(orders);
  for (const [i, { chargeId = "" }] of orders.entries()) {
    if (!charges.includes(chargeId)) {
      throw wrong("INVALID_CHARGE_ID", `purchaseOrders[${i}].chargeId`, `The request brings no charge ${chargeId}.`);
    }
  }
  return new Map(orders.map(({ chargeId = "", purchaseOrderReference = "" }) => [chargeId, purchaseOrderReference]));
}

/** Writes order numbers on charges of the caller's agreements, or takes them off: all of them or, where one fails, none. */
export function updatePurchaseOrders(
  ctx: Context,
  { purchaseOrders = [] }: UpdatePurchaseOrdersInput,
): UpdatePurchaseOrdersOutput {
  refuseRepeated(purchaseOrders);
  const charges = chargesIn(ctx.market.store);
  for (const [i, order] of purchaseOrders.entries()) {
    const { chargeId = "", chargeRevision, agreementId, purchaseOrderReference } = order;
    const charge = charges.get(chargeId);
    if (charge === undefined) throw notFound("Charge", chargeId);
    requireAcceptor(ctx, charge);
    if (agreementId !== undefined && agreementId !== charge.agreementId) {
      const message = `Charge ${chargeId} is of agreement ${charge.agreementId}.`;
      throw wrong("INVALID_AGREEMENT_ID", `purchaseOrders[${i}].agreementId`, message);
    }
    if (chargeRevision !== undefined && Number(chargeRevision) !== charge.revision) {
      throw conflict(
        "Charge",
        chargeId,
        `Charge ${chargeId} is at revision ${charge.revision}, not ${chargeRevision}.`,
      );
    }
    const { purchaseOrder: _, ...rest } = charge;
    charges.put({
      ...rest,
      revision: charge.revision + 1,
      ...(purchaseOrderReference !== undefined && { purchaseOrder: purchaseOrderReference }),
    });
  }
  return {};
}

/** The other party learns that the charge is there, but may not do this; everybody else learns nothing. */
function requireAcceptor({ market, caller }: Context, { id, acceptor, agreementId }: Charge): void {
  if (acceptor === caller.accountId) return;
  if (agreementsIn(market.store).get(agreementId)?.proposer !== caller.accountId) throw notFound("Charge", id);
  throw denied(`Only the acceptor of agreement ${agreementId} may write order numbers on its charges.`);
}

function refuseRepeated(orders: readonly PurchaseOrder[]): void {
  const [twice] = repeated(orders.map(({ chargeId }) => chargeId));
  if (twice === undefined) return;
  throw wrong("DUPLICATE_CHARGES", "purchaseOrders", `Charge ${twice} stands there more than once.`);
}
