import {
  AcceptAgreementCancellationRequestCommand,
  BatchCreateBillingAdjustmentRequestCommand,
  CancelAgreementCancellationRequestCommand,
  DescribeAgreementCommand,
  GetBillingAdjustmentRequestCommand,
  ListAgreementCancellationRequestsCommand,
  ListAgreementInvoiceLineItemsCommand,
  ListBillingAdjustmentRequestsCommand,
  RejectAgreementCancellationRequestCommand,
  SendAgreementCancellationRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, type Instead, openShop } from "./buyer";

const DAY = 86_400_000;

const monthly: Instead[string] = {
  PricingModel: "Usage",
  Terms: [
    {
      Type: "UsageBasedPricingTerm",
      CurrencyCode: "USD",
      RateCards: [
        {
          RateCard: [
            { DimensionKey: "m5.large", Price: "0.10" },
            { DimensionKey: "m5.xlarge", Price: "0.20" },
          ],
        },
      ],
    },
    { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" },
  ],
};

async function subscribed() {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, { UpdatePricingTerms: monthly });
  const agreementId = await shop.buy(shop.offerId, everything);
  return { ...shop, clock, agreementId, buyer: shop.agreements, seller: buyerOf(shop.market, "seller").agreements };
}

test("a seller asks to cancel; the buyer says no, then yes, and the agreement ends", async () => {
  const { buyer, seller, agreementId } = await subscribed();
  const send = () =>
    seller.send(new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "TEST_AGREEMENT" }));
  const first = await send();
  expect(first).toMatchObject({ agreementId, status: "PENDING_APPROVAL", reasonCode: "TEST_AGREEMENT" });
  await expect(send()).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "AgreementCancellationRequest",
    resourceId: first.agreementCancellationRequestId,
  });
  const about = { agreementId, agreementCancellationRequestId: first.agreementCancellationRequestId };
  const accept = new AcceptAgreementCancellationRequestCommand(about);
  await expect(seller.send(accept)).rejects.toMatchObject({ name: "AccessDeniedException" });
  const reject = new RejectAgreementCancellationRequestCommand({ ...about, rejectionReason: "We need it." });
  expect(await buyer.send(reject)).toMatchObject({ status: "REJECTED", statusMessage: "We need it." });
  await expect(buyer.send(accept)).rejects.toMatchObject({ name: "ConflictException" });

  const second = await send();
  const callOff = { agreementId, agreementCancellationRequestId: second.agreementCancellationRequestId };
  expect(
    await seller.send(new CancelAgreementCancellationRequestCommand({ ...callOff, cancellationReason: "Mistake." })),
  ).toMatchObject({ status: "CANCELLED" });
  const third = await send();
  await buyer.send(
    new AcceptAgreementCancellationRequestCommand({
      agreementId,
      agreementCancellationRequestId: third.agreementCancellationRequestId,
    }),
  );
  expect(await buyer.send(new DescribeAgreementCommand({ agreementId }))).toMatchObject({ status: "CANCELLED" });
  await expect(send()).rejects.toMatchObject({ reason: "INACTIVE_AGREEMENT" });
  const { items = [] } = await buyer.send(new ListAgreementCancellationRequestsCommand({ partyType: "Acceptor" }));
  expect(items.map(({ status }) => status).toSorted()).toEqual(["APPROVED", "CANCELLED", "REJECTED"]);
});

test("a seller takes something off an invoice, but no more than it says", async () => {
  const { seller, buyer, clock, agreementId } = await subscribed();
  const invoices = async () => {
    const listing = new ListAgreementInvoiceLineItemsCommand({ agreementId, groupBy: "INVOICE_ID" });
    return (await seller.send(listing)).agreementInvoiceLineItemGroupSummaries ?? [];
  };
  expect(await invoices()).toEqual([]);
  await clock.turn(31 * DAY);
  const [invoice] = await invoices();
  expect(invoice).toMatchObject({
    invoiceType: "INVOICE",
    invoiceBillingPeriod: { month: 4, year: 2026 },
    pricingCurrencyAmount: { amount: "25.00", maxAdjustmentAmount: "25.00", currencyCode: "USD" },
  });
  const entry = (adjustmentAmount: string, clientToken: string) => ({
    agreementId,
    originalInvoiceId: invoice?.invoiceId,
    adjustmentAmount,
    currencyCode: "USD" as const,
    adjustmentReasonCode: "INCORRECT_METERING" as const,
    clientToken,
  });
  await clock.turn(1000);
  const billingAdjustmentRequestEntries = [entry("10", "a"), entry("10", "a"), entry("15.01", "b")];
  const asked = await seller.send(new BatchCreateBillingAdjustmentRequestCommand({ billingAdjustmentRequestEntries }));
  expect(asked.errors).toMatchObject([{ code: "VALIDATION_EXCEPTION", clientToken: "b" }]);
  const billingAdjustmentRequestId = asked.items?.[0]?.billingAdjustmentRequestId;
  expect(asked.items).toMatchObject([{ billingAdjustmentRequestId }, { billingAdjustmentRequestId }]);
  await clock.turn(1);
  expect(
    await seller.send(new GetBillingAdjustmentRequestCommand({ agreementId, billingAdjustmentRequestId })),
  ).toMatchObject({ status: "COMPLETED", adjustmentAmount: "10" });
  expect(await invoices()).toMatchObject([
    { invoiceType: "CREDIT_MEMO", pricingCurrencyAmount: { amount: "10.00" } },
    { invoiceType: "INVOICE", pricingCurrencyAmount: { maxAdjustmentAmount: "15.00" } },
  ]);
  const { items } = await seller.send(new ListBillingAdjustmentRequestsCommand({ status: "COMPLETED" }));
  expect(items).toHaveLength(1);
  const asBuyer = new ListAgreementInvoiceLineItemsCommand({ agreementId, groupBy: "INVOICE_ID" });
  await expect(buyer.send(asBuyer)).rejects.toMatchObject({ name: "AccessDeniedException" });
});
