import {
  AcceptAgreementPaymentRequestCommand,
  CancelAgreementCommand,
  CancelAgreementPaymentRequestCommand,
  CreateAgreementRequestCommand,
  GetAgreementPaymentRequestCommand,
  ListAgreementChargesCommand,
  ListAgreementPaymentRequestsCommand,
  RejectAgreementPaymentRequestCommand,
  SendAgreementPaymentRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import type { VariablePaymentChoice } from "../../../marketplace/agreements/accepted-term";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, openShop } from "./buyer";
import { allowVariablePayments, variableTermId as termId } from "./variable-payments";

const HOUR = 3_600_000;
const byTime = (expirationDuration: string): VariablePaymentChoice => ({
  paymentRequestApprovalStrategy: "AUTO_APPROVE_ON_EXPIRATION",
  expirationDuration,
});

async function deal(variable?: VariablePaymentChoice, latency: "none" | "realistic" = "none") {
  const clock = new TurningClock();
  const shop = await openShop({ clock });
  // Only the time that requests take is of interest here, not that of the listing.
  Object.assign(shop.market.market, { latency });
  const agreementId = await shop.buy(shop.offerId, everything);
  await allowVariablePayments(shop.market, agreementId, "100", variable);
  const [buyer, seller] = [shop.agreements, buyerOf(shop.market, "seller").agreements];
  const send = (chargeAmount: string) =>
    seller.send(new SendAgreementPaymentRequestCommand({ agreementId, termId, name: "Milestone", chargeAmount }));
  const status = async (paymentRequestId?: string) =>
    (await seller.send(new GetAgreementPaymentRequestCommand({ agreementId, paymentRequestId }))).status;
  return { clock, buyer, seller, send, status, agreementId };
}

test("payments are asked for up to the total agreed on, and charged once the buyer approves", async () => {
  const { buyer, seller, send, agreementId } = await deal();
  const tooMuch = { name: "ValidationException", reason: "INVALID_CHARGE_AMOUNT" };
  await expect(send("100.01")).rejects.toMatchObject(tooMuch);
  await expect(send("0")).rejects.toMatchObject(tooMuch);
  const first = await send("60");
  expect(first).toMatchObject({ status: "PENDING_APPROVAL", chargeAmount: "60", currencyCode: "USD" });
  await expect(send("40.01")).rejects.toMatchObject(tooMuch);
  const rejected = { agreementId, paymentRequestId: (await send("40")).paymentRequestId };
  const rejecting = new RejectAgreementPaymentRequestCommand({ ...rejected, rejectionReason: "Not yet." });
  expect(await buyer.send(rejecting)).toMatchObject({ status: "REJECTED", statusMessage: "Not yet." });
  const second = { agreementId, paymentRequestId: (await send("40")).paymentRequestId };

  const about = { agreementId, paymentRequestId: first.paymentRequestId };
  const accept = new AcceptAgreementPaymentRequestCommand({ ...about, purchaseOrderReference: "PO-1" });
  await expect(seller.send(accept)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(await buyer.send(accept)).toMatchObject({ status: "APPROVED" });
  const late = { name: "ConflictException", resourceType: "PaymentRequest", resourceId: first.paymentRequestId };
  await expect(buyer.send(accept)).rejects.toMatchObject(late);
  await expect(seller.send(new CancelAgreementPaymentRequestCommand(about))).rejects.toMatchObject(late);
  expect(await seller.send(new CancelAgreementPaymentRequestCommand(second))).toMatchObject({ status: "CANCELLED" });

  const { chargeId } = await seller.send(new GetAgreementPaymentRequestCommand(about));
  const { items } = await buyer.send(new ListAgreementChargesCommand({ agreementId }));
  expect(items).toMatchObject([{ id: chargeId, amount: "60", purchaseOrderReference: "PO-1" }]);
  const listing = new ListAgreementPaymentRequestsCommand({ partyType: "Acceptor", status: "APPROVED" });
  expect((await buyer.send(listing)).items).toMatchObject([{ chargeId, status: "APPROVED" }]);
});

test("who agreed to it and does not answer has approved when the time is up, to the hour", async () => {
  const { clock, send, status } = await deal(byTime("P1DT12H"));
  const { paymentRequestId } = await send("10");
  await clock.turn(36 * HOUR - 1);
  expect(await status(paymentRequestId)).toBe("PENDING_APPROVAL");
  await clock.turn(1);
  expect(await status(paymentRequestId)).toBe("APPROVED");
});

test("nobody pays under an agreement that has ended", async () => {
  const { clock, buyer, seller, send, status, agreementId } = await deal(byTime("P1D"));
  const { paymentRequestId } = await send("10");
  await buyer.send(new CancelAgreementCommand({ agreementId }));
  const about = { agreementId, paymentRequestId };
  const ended = { name: "ValidationException", reason: "INACTIVE_AGREEMENT" };
  await expect(send("10")).rejects.toMatchObject(ended);
  await expect(buyer.send(new AcceptAgreementPaymentRequestCommand(about))).rejects.toMatchObject(ended);
  await clock.turn(48 * HOUR);
  expect(await status(paymentRequestId)).toBe("PENDING_APPROVAL");
  await seller.send(new CancelAgreementPaymentRequestCommand(about));
});

test("where things take time a request is looked at first, and fails if the agreement ends meanwhile", async () => {
  const { clock, buyer, send, status, agreementId } = await deal(undefined, "realistic");
  const first = await send("10");
  expect(first.status).toBe("VALIDATING");
  const early = new AcceptAgreementPaymentRequestCommand({ agreementId, paymentRequestId: first.paymentRequestId });
  await expect(buyer.send(early)).rejects.toMatchObject({ name: "ConflictException" });
  await clock.turn(10_000);
  expect(await status(first.paymentRequestId)).toBe("PENDING_APPROVAL");
  const second = await send("10");
  await buyer.send(new CancelAgreementCommand({ agreementId }));
  await clock.turn(10_000);
  expect(await status(second.paymentRequestId)).toBe("VALIDATION_FAILED");
});

test("the buyer chooses how requests are approved, and time alone needs a time", async () => {
  const { buyer, send, status, clock, agreementId } = await deal();
  const choose = (variable: VariablePaymentChoice) =>
    buyer.send(
      new CreateAgreementRequestCommand({
        intent: "AMEND",
        sourceAgreementIdentifier: agreementId,
        requestedTerms: [{ id: termId, configuration: { variablePaymentTermConfiguration: variable } }],
      }),
    );
  const strategy = { paymentRequestApprovalStrategy: "AUTO_APPROVE_ON_EXPIRATION" } as const;
  await expect(choose(strategy)).rejects.toMatchObject({ reason: "MISSING_REQUESTED_TERM_CONFIGURATION" });
  await expect(choose(byTime("P0D"))).rejects.toMatchObject({ reason: "INVALID_REQUESTED_TERM_CONFIGURATION" });
  await expect(choose(byTime("P1M"))).rejects.toMatchObject({ reason: "INVALID_REQUESTED_TERM_CONFIGURATION" });
  await expect(choose(byTime("PT1H"))).resolves.toMatchObject({ agreementRequestId: expect.any(String) });
  const { paymentRequestId } = await send("10");
  await clock.turn(1000 * HOUR);
  expect(await status(paymentRequestId)).toBe("PENDING_APPROVAL");
});
