import type { ListAgreementChargesInput, ListAgreementChargesOutput } from "@aws-sdk/client-marketplace-agreement";
import type { Context } from "../service";
import { agreementAs, agreementsIn, PURCHASE } from "./agreements";
import { type Charge, chargesIn } from "./charges";
import { pageOf } from "./pages";
import { wrong } from "./refusals";

/** What the caller's agreements, or one of them, cost: charges that are due and those to come. */
export function listAgreementCharges(ctx: Context, request: ListAgreementChargesInput): ListAgreementChargesOutput {
  const { catalog = "AWSMarketplace", agreementId, agreementType = PURCHASE } = request;
  if (catalog !== "AWSMarketplace") throw wrong("INVALID_CATALOG", "catalog", "The only catalog is AWSMarketplace.");
  const { store } = ctx.market;
  const account = ctx.caller.accountId;
  const agreements =
    agreementId === undefined
      ? agreementsIn(store).of("Acceptor", account)
      : [agreementAs(ctx, "Acceptor", agreementId)];
  const charges = agreementType === PURCHASE ? agreements.flatMap(({ id }) => chargesIn(store).of(id)) : [];
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
