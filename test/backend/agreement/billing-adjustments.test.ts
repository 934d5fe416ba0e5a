import {
  BatchCreateBillingAdjustmentRequestCommand,
  type BatchCreateBillingAdjustmentRequestEntry,
  CancelAgreementCommand,
  GetBillingAdjustmentRequestCommand,
  ListAgreementInvoiceLineItemsCommand,
  type ListAgreementInvoiceLineItemsCommandInput,
  ListBillingAdjustmentRequestsCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { registerSeller, sellerOf } from "../../../backend/sellers";
import { hourlyPrices } from "../catalog/listing";
import { TurningClock } from "../catalog/turning-clock";
import { buyerOf, everything, openShop } from "./buyer";

const DAY = 86_400_000;

/** A subscription at 25 a month, two of which are invoiced. */
async function invoiced(options: Parameters<typeof openShop>[0] = {}) {
  const clock = new TurningClock();
  const hourly = hourlyPrices({ "m5.large": "0.10", "m5.xlarge": "0.20" });
  const monthly = { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" };
  const prices = { PricingModel: "Usage", Terms: [...hourly.Terms, monthly] };
  const shop = await openShop({ clock, ...options }, { UpdatePricingTerms: prices });
  const agreementId = await shop.buy(shop.offerId, everything);
  await clock.turn(62 * DAY);
  const seller = buyerOf(shop.market, "seller").agreements;
  const invoices = async (more: Partial<ListAgreementInvoiceLineItemsCommandInput> = {}) => {
    const request = new ListAgreementInvoiceLineItemsCommand({ agreementId, groupBy: "INVOICE_ID", ...more });
    return (await seller.send(request)).agreementInvoiceLineItemGroupSummaries ?? [];
  };
  const [may = "", april = ""] = (await invoices()).map(({ invoiceId }) => invoiceId);
  let tokens = 0;
  const entry = (more: Partial<BatchCreateBillingAdjustmentRequestEntry> = {}) => ({
    agreementId,
    originalInvoiceId: april,
    adjustmentAmount: "10.00",
    currencyCode: "USD" as const,
    adjustmentReasonCode: "INCORRECT_METERING" as const,
    clientToken: `token-${tokens++}`,
    ...more,
  });
  const adjust = (...billingAdjustmentRequestEntries: ReturnType<typeof entry>[]) =>
    seller.send(new BatchCreateBillingAdjustmentRequestCommand({ billingAdjustmentRequestEntries }));
  /** The code of the first refused entry, or nothing. */
  const refused = async (more: Partial<BatchCreateBillingAdjustmentRequestEntry>) =>
    (await adjust(entry(more))).errors?.[0]?.code;
  return { ...shop, clock, agreementId, seller, invoices, may, april, entry, adjust, refused };
}

test("a batch adjusts invoices one by one, and names what is wrong with each", async () => {
  const { adjust, entry, refused, may, invoices, clock, seller, agreementId } = await invoiced();
  const { items, errors } = await adjust(
    entry(),
    entry({ adjustmentAmount: "15.01" }),
    entry({ adjustmentAmount: "15" }),
    entry({ originalInvoiceId: may, adjustmentAmount: "25" }),
    entry({ originalInvoiceId: "INVNONE" }),
  );
  expect(items?.map(({ clientToken }) => clientToken)).toEqual(["token-0", "token-3"]);
  expect(errors).toEqual([
    { code: "VALIDATION_EXCEPTION", message: expect.stringContaining("No more than 15.00"), clientToken: "token-1" },
    { code: "CONFLICT_EXCEPTION", message: expect.stringContaining("is being processed"), clientToken: "token-2" },
    { code: "RESOURCE_NOT_FOUND_EXCEPTION", message: expect.any(String), clientToken: "token-4" },
  ]);
  const [first, second] = items?.map(({ billingAdjustmentRequestId }) => billingAdjustmentRequestId) ?? [];
  const about = { agreementId, billingAdjustmentRequestId: first };
  await clock.turn(1);
  expect(await seller.send(new GetBillingAdjustmentRequestCommand(about))).toMatchObject({
    ...about,
    status: "COMPLETED",
    adjustmentAmount: "10.00",
    currencyCode: "USD",
    adjustmentReasonCode: "INCORRECT_METERING",
    createdAt: new Date("2026-05-03T09:00:00Z"),
    updatedAt: new Date("2026-05-03T09:00:00Z"),
  });
  const amounts = (await invoices()).map(({ invoiceType, pricingCurrencyAmount }) => [
    invoiceType,
    pricingCurrencyAmount?.amount,
    pricingCurrencyAmount?.maxAdjustmentAmount,
  ]);
  expect(amounts.toSorted()).toEqual([
    ["CREDIT_MEMO", "10.00", "0.00"],
    ["CREDIT_MEMO", "25.00", "0.00"],
    ["INVOICE", "25.00", "0.00"],
    ["INVOICE", "25.00", "15.00"],
  ]);
  expect(await refused({ originalInvoiceId: may, adjustmentAmount: "0.01" })).toBe("VALIDATION_EXCEPTION");
  const [memo] = await invoices({ invoiceType: "CREDIT_MEMO" });
  expect(await refused({ originalInvoiceId: memo?.invoiceId })).toBe("RESOURCE_NOT_FOUND_EXCEPTION");
  expect(await refused({ adjustmentAmount: "15" })).toBeUndefined();
  const { items: all = [] } = await seller.send(new ListBillingAdjustmentRequestsCommand({ agreementId }));
  expect(all.map(({ billingAdjustmentRequestId }) => billingAdjustmentRequestId)).toEqual(
    expect.arrayContaining([first, second]),
  );
});

test.each([
  ["three decimals of a dollar", { adjustmentAmount: "1.005" }],
  ["nothing", { adjustmentAmount: "0.00" }],
  ["another currency", { currencyCode: "EUR" }],
  ["another reason, unexplained", { adjustmentReasonCode: "OTHER" }],
] as const)("%s cannot be taken off", async (_, more) => {
  const { refused } = await invoiced();
  expect(await refused(more)).toBe("VALIDATION_EXCEPTION");
});

test("a batch of more than five, of two agreements, or from the buyer is refused as a whole", async () => {
  const { adjust, entry, agreements, invoices } = await invoiced();
  const several = Array.from({ length: 6 }, () => entry({ adjustmentAmount: "1" }));
  await expect(adjust(...several)).rejects.toMatchObject({ reason: "BILLING_ADJUSTMENTS_LIMIT_EXCEEDED" });
  await expect(adjust(entry(), entry({ agreementId: "agmt-other" }))).rejects.toMatchObject({
    name: "ValidationException",
    reason: "MULTIPLE_AGREEMENT_IDS",
  });
  const asBuyer = new BatchCreateBillingAdjustmentRequestCommand({ billingAdjustmentRequestEntries: [entry()] });
  await expect(agreements.send(asBuyer)).rejects.toMatchObject({
    name: "AccessDeniedException",
    reason: "INVALID_ACCESS",
  });
  expect((await adjust(entry({ agreementId: "agmt-other" }))).errors).toMatchObject([
    { code: "RESOURCE_NOT_FOUND_EXCEPTION" },
  ]);
  expect(await invoices({ invoiceType: "CREDIT_MEMO" })).toEqual([]);
});

test("an adjustment fails where its seller may no longer charge", async () => {
  const { adjust, entry, seller, clock, market, agreementId, invoices } = await invoiced();
  const { store } = market.market;
  await store.transaction(() => {
    const registered = sellerOf(store, "111122223333");
    if (registered !== undefined) registerSeller(store, { ...registered, maySell: ["free"] });
  });
  const { items } = await adjust(entry());
  const about = { agreementId, billingAdjustmentRequestId: items?.[0]?.billingAdjustmentRequestId };
  await clock.turn(1);
  expect(await seller.send(new GetBillingAdjustmentRequestCommand(about))).toMatchObject({
    status: "VALIDATION_FAILED",
    statusMessage: expect.stringContaining("Complete its registration"),
  });
  expect(await invoices({ invoiceType: "CREDIT_MEMO" })).toEqual([]);
  const { items: failed } = await seller.send(
    new ListBillingAdjustmentRequestsCommand({ status: "VALIDATION_FAILED" }),
  );
  expect(failed).toMatchObject([about]);
});

test("invoices are found by their type, period and time of issue", async () => {
  const { invoices, april, may } = await invoiced();
  const ids = async (more: Partial<ListAgreementInvoiceLineItemsCommandInput>) =>
    (await invoices(more)).map(({ invoiceId }) => invoiceId);
  expect(await ids({ invoiceId: april })).toEqual([april]);
  expect(await ids({ invoiceType: "INVOICE" })).toEqual([may, april]);
  expect(await ids({ invoiceType: "CREDIT_MEMO" })).toEqual([]);
  expect(await ids({ invoiceBillingPeriod: { month: 5, year: 2026 } })).toEqual([may]);
  expect(await ids({ invoiceBillingPeriod: { month: 5, year: 2027 } })).toEqual([]);
  const issued = new Date("2026-05-02T09:00:00Z");
  expect(await ids({ beforeIssuedTime: issued })).toEqual([april]);
  expect(await ids({ afterIssuedTime: issued })).toEqual([]);
  expect(await ids({ afterIssuedTime: new Date(issued.getTime() - 1) })).toEqual([may]);
  const [first] = await invoices({ maxResults: 1 });
  expect(first?.invoiceId).toBe(may);
  await expect(invoices({ agreementId: "agmt-other" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    resourceType: "Agreement",
  });
});

test("a cancelled subscription brings the days of its last month, and no further one", async () => {
  const { agreements, agreementId, clock, invoices } = await invoiced();
  await agreements.send(new CancelAgreementCommand({ agreementId }));
  await clock.turn(100 * DAY);
  expect((await invoices()).map(({ pricingCurrencyAmount }) => pricingCurrencyAmount?.amount)).toEqual([
    "0.81",
    "25.00",
    "25.00",
  ]);
});
