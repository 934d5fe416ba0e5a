import {
  AcceptAgreementCancellationRequestCommand,
  ListAgreementChargesCommand,
  ListAgreementInvoiceLineItemsCommand,
  type PurchaseOrder,
  SendAgreementCancellationRequestCommand,
  UpdatePurchaseOrdersCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { madeBy } from "../catalog/catalog-market";
import { change, OFFER } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { seats } from "./seat-contract";
import { buyerOf, everything, openShop } from "./buyer";

const DAY = 86_400_000;
const name = "$Private.Entity.Identifier";

/** A private offer at 300 for a year, paid in three parts, the first of which is due at once. */
async function paidInParts() {
  const clock = new TurningClock();
  const shop = await openShop({ clock }, seats);
  const schedule = ["2026-03-02", "2026-07-01", "2026-11-01"].map((day) => ({
    ChargeDate: day,
    ChargeAmount: "100.00",
  }));
  const made = await shop.run([
    change("CreateOffer", OFFER, undefined, { ProductId: shop.productId, Name: "In parts" }, "Private"),
    change("UpdateInformation", OFFER, name, { Name: "In parts", Description: "In parts" }),
    change("UpdateTargeting", OFFER, name, { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }),
    change("UpdateAvailability", OFFER, name, { AvailabilityEndDate: "2026-06-30" }),
    change("UpdatePricingTerms", OFFER, name, {
      PricingModel: "Contract",
      Terms: [
        {
          Type: "FixedUpfrontPricingTerm",
          CurrencyCode: "USD",
          Price: "0.00",
          Duration: "P365D",
          Grants: [{ DimensionKey: "seats", MaxQuantity: 10 }],
        },
      ],
    }),
    change("UpdatePaymentScheduleTerms", OFFER, name, {
      Terms: [{ Type: "PaymentScheduleTerm", CurrencyCode: "USD", Schedule: schedule }],
    }),
    change("UpdateLegalTerms", OFFER, name, {
      Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
    }),
    change("ReleaseOffer", OFFER, name, {}),
  ]);
  const agreementId = await shop.buy(madeBy(made), everything);
  const seller = buyerOf(shop.market, "seller").agreements;
  const charges = async (maxResults?: number) => {
    const { items = [] } = await shop.agreements.send(new ListAgreementChargesCommand({ agreementId, maxResults }));
    return items;
  };
  const invoices = async () => {
    const request = new ListAgreementInvoiceLineItemsCommand({ agreementId, groupBy: "INVOICE_ID" });
    return (await seller.send(request)).agreementInvoiceLineItemGroupSummaries ?? [];
  };
  return { ...shop, clock, agreementId, seller, charges, invoices };
}

test("what is paid in parts is charged from the start, and invoiced part by part", async () => {
  const { charges, invoices, clock } = await paidInParts();
  expect((await charges()).map(({ amount, time }) => [amount, time?.toISOString().slice(0, 10)])).toEqual([
    ["100.00", "2026-03-02"],
    ["100.00", "2026-07-01"],
    ["100.00", "2026-11-01"],
  ]);
  expect(await invoices()).toHaveLength(1);
  await clock.turn(121 * DAY);
  expect(await invoices()).toMatchObject([
    { invoiceBillingPeriod: { month: 7, year: 2026 }, issuedTime: new Date("2026-07-01T00:00:00Z") },
    { invoiceBillingPeriod: { month: 3, year: 2026 } },
  ]);
});

test("an agreement that is cancelled brings no charges that are not due yet", async () => {
  const { charges, invoices, clock, agreements, seller, agreementId } = await paidInParts();
  await clock.turn(150 * DAY);
  const send = new SendAgreementCancellationRequestCommand({ agreementId, reasonCode: "TEST_AGREEMENT" });
  const { agreementCancellationRequestId } = await seller.send(send);
  const about = { agreementId, agreementCancellationRequestId };
  await agreements.send(new AcceptAgreementCancellationRequestCommand(about));
  expect(await charges()).toHaveLength(2);
  await clock.turn(365 * DAY);
  expect(await charges()).toHaveLength(2);
  expect(await invoices()).toHaveLength(2);
});

test("purchase orders are written on charges, all or none, and each change makes a revision", async () => {
  const { charges, agreements, seller, market, agreementId } = await paidInParts();
  const [first, second] = (await charges()).map(({ id }) => id ?? "");
  const update = (purchaseOrders: PurchaseOrder[], by = agreements) =>
    by.send(new UpdatePurchaseOrdersCommand({ purchaseOrders }));
  const order = { chargeId: first, chargeRevision: 1, agreementId, purchaseOrderReference: "PO-1" };
  await update([order, { chargeId: second, purchaseOrderReference: "PO-2" }]);
  const written = (await charges()).map(({ revision, purchaseOrderReference: po }) => [revision, po]);
  expect(written).toEqual([
    [2, "PO-1"],
    [2, "PO-2"],
    [1, undefined],
  ]);
  await expect(update([{ chargeId: second, purchaseOrderReference: "PO-3" }, order])).rejects.toMatchObject({
    name: "ConflictException",
    resourceType: "Charge",
    resourceId: first,
  });
  await expect(update([{ ...order, chargeRevision: 2, agreementId: "agmt-other" }])).rejects.toMatchObject({
    reason: "INVALID_AGREEMENT_ID",
  });
  await expect(update([{ chargeId: second }, { chargeId: second }])).rejects.toMatchObject({
    reason: "DUPLICATE_CHARGES",
  });
  await expect(update([{ chargeId: "ch-none" }])).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(update([{ chargeId: first }], seller)).rejects.toMatchObject({ name: "AccessDeniedException" });
  await expect(update([{ chargeId: first }], buyerOf(market, "partner").agreements)).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    resourceType: "Charge",
  });
  expect((await charges()).map(({ revision, purchaseOrderReference: po }) => [revision, po])).toEqual(written);
});
