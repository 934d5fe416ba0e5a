import type * as sdk from "@aws-sdk/client-marketplace-agreement";
import type { AgreementCalls } from "../buying/agreement-calls";

/** The most that one request takes: AWS Marketplace Agreement API, UpdatePurchaseOrders. */
const atOnce = 86;

/**
 * Puts a purchase order's number on the agreement's charges that do not bear it yet.
 * @param reference undefined takes the numbers off.
 */
export async function orderCharges(
  agreements: AgreementCalls,
  agreementId: string,
  reference: string | undefined,
): Promise<void> {
  const purchaseOrders = (await chargesOf(agreements, agreementId))
    .filter(({ purchaseOrderReference }) => purchaseOrderReference !== reference)
    .map(({ id: chargeId, revision: chargeRevision }) => ({
      chargeId,
      chargeRevision,
      agreementId,
      ...(reference !== undefined && { purchaseOrderReference: reference }),
    }));
  for (let i = 0; i < purchaseOrders.length; i += atOnce) {
    const some = purchaseOrders.slice(i, i + atOnce);
    await agreements((client, { UpdatePurchaseOrdersCommand }) =>
      client.send(new UpdatePurchaseOrdersCommand({ purchaseOrders: some })),
    );
  }
}

type Charge = NonNullable<sdk.ListAgreementChargesOutput["items"]>[number];

async function chargesOf(agreements: AgreementCalls, agreementId: string): Promise<Charge[]> {
  const found: Charge[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const page = await agreements((client, { ListAgreementChargesCommand }) =>
      client.send(new ListAgreementChargesCommand({ catalog: "AWSMarketplace", agreementId, nextToken: token })),
    );
    found.push(...(page.items ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}
