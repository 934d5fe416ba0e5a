import type { ListAgreementChargesInput, ListAgreementChargesOutput } from "@aws-sdk/client-marketplace-agreement";
import type { Context } from "../service";
import { takesInPurchases } from "./agreement-type";
import { agreementAs, agreementsIn, PURCHASE } from "./agreements";
import { type Charge, chargesIn } from "./charges";
import { pageOf } from "./pages";

/**
 * What the caller's agreements, or one of them, cost: charges that are due and those to come. Of an agreement that the
 * caller has no part in there are none.
 */
export function listAgreementCharges(ctx: Context, request: ListAgreementChargesInput): ListAgreementChargesOutput {
  const { agreementId } = request;
  const { store } = ctx.market;
  const account = ctx.caller.accountId;
  if (agreementId !== undefined && agreementsIn(store).get(agreementId)?.proposer === account) {
    agreementAs(ctx, "Acceptor", agreementId);
  }
  const agreements = takesInPurchases(request) ? agreementsIn(store).of("Acceptor", account) : [];
  const charges = agreements
    .filter(({ id }) => agreementId === undefined || id === agreementId)
    .flatMap(({ id }) => chargesIn(store).of(id));
  const listed = charges.map((item) => ({ id: item.id, key: item.time, item }));
  const { items, nextToken } = pageOf(listed, request, { operation: "ListAgreementCharges", account });
  return { items: items.map(wireCharge), nextToken };
}

function wireCharge({ id, revision, agreementId, currency, amount, time, purchaseOrder }: Charge) {
  return {
    id,
    revision,
    agreementId,
    agreementType: PURCHASE,
    currencyCode: currency,
    amount,
    time: new Date(time),
    ...(purchaseOrder !== undefined && { purchaseOrderReference: purchaseOrder }),
  };
}
