import {
  AcceptAgreementCancellationRequestCommand,
  SendAgreementCancellationRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import type { RunningMarketplace } from "../../../backend";
import { buyerOf } from "./buyer";

/** Ends what is paid ahead, as both sides together can: the seller asks, and the buyer agrees. */
export async function endContract(market: RunningMarketplace, agreementId: string): Promise<void> {
  const ask = new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "OTHER" });
  const { agreementCancellationRequestId } = await buyerOf(market, "seller").agreements.send(ask);
  const accept = new AcceptAgreementCancellationRequestCommand({ agreementId, agreementCancellationRequestId });
  await buyerOf(market, "buyer").agreements.send(accept);
}
