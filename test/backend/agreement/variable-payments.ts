import { agreementsIn } from "../../../backend/agreement/agreements";
import type { AcceptedTerm, VariablePaymentChoice } from "../../../marketplace/agreements/accepted-term";
import type { RunningMarketplace } from "../../../backend";

export const variableTermId = "term-variable";

/** Adds a VariablePaymentTerm to an agreement. No offer of the catalog has one: AWS arranges them. */
export async function allowVariablePayments(
  { market: { store } }: RunningMarketplace,
  agreementId: string,
  MaxTotalChargeAmount: string,
  variable: VariablePaymentChoice = { paymentRequestApprovalStrategy: "WAIT_FOR_APPROVAL" },
): Promise<void> {
  const term = { Type: "VariablePaymentTerm", CurrencyCode: "USD", MaxTotalChargeAmount } as const;
  const accepted: AcceptedTerm = { id: variableTermId, term, variable };
  await store.transaction(() => {
    const agreement = agreementsIn(store).get(agreementId);
    if (agreement !== undefined) agreementsIn(store).put({ ...agreement, terms: [...agreement.terms, accepted] });
  });
}
