import type { AgreementCalls } from "../buying/agreement-calls";

/** Puts a purchase order's number on the agreement's charges that do not bear it yet. */
export async function orderCharges(agreements: AgreementCalls, agreementId: string, reference: string): Promise<void> {
  const { items = [] } = await agreements((client, { ListAgreementChargesCommand }) =>
    client.send(new ListAgreementChargesCommand({ catalog: "AWSMarketplace", agreementId })),
  );
  const purchaseOrders = items
    .filter(({ purchaseOrderReference }) => purchaseOrderReference !== reference)
    .map(({ id: chargeId, revision: chargeRevision }) => ({
      chargeId,
      chargeRevision,
      agreementId,
      purchaseOrderReference: reference,
    }));
  if (purchaseOrders.length === 0) return;
  await agreements((client, { UpdatePurchaseOrdersCommand }) =>
    client.send(new UpdatePurchaseOrdersCommand({ purchaseOrders })),
  );
}
