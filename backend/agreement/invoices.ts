import type { InvoiceBillingPeriod, ListAgreementInvoiceLineItemsInput } from "@aws-sdk/client-marketplace-agreement";
import { type BillingPeriod, billingPeriodOf } from "../../marketplace/metering/billing-period";
import { type Amount, shareOfAmount, takeFromAmount } from "../../marketplace/money";
import { money } from "../../marketplace/agreements/quote";
import type { Context, Market } from "../service";
import { agreementAs } from "./agreements";
import { completedAdjustments } from "./adjustments";
import { type Charge, chargesIn } from "./charges";
import { pageOf } from "./pages";

/** An invoice, or the credit memo of an adjustment. */
interface Invoice {
  readonly invoiceId: string;
  readonly type: "INVOICE" | "CREDIT_MEMO";
  readonly agreementId: string;
  readonly amount: string;
  /** What an adjustment can still take off. */
  readonly left: string;
  readonly currency: string;
  readonly issuedAt: string;
  readonly period: BillingPeriod;
}

/** What has been invoiced under an agreement: each charge once it is due, and each adjustment once it is made. */
export function invoicesOf({ store, clock }: Pick<Market, "store" | "clock">, agreementId: string): Invoice[] {
  const now = clock.now().toISOString();
  const adjustments = completedAdjustments(store, agreementId);
  const due = chargesIn(store)
    .of(agreementId)
    .filter(({ time }) => time <= now);
  const invoices = due.map((charge): Invoice => {
    const invoiceId = invoiceIdOf(charge);
    const taken = adjustments.filter(({ originalInvoiceId }) => originalInvoiceId === invoiceId);
    const { currency, time: issuedAt } = charge;
    const amount = inCents(charge.amount);
    const left = taken.reduce((rest, { adjustmentAmount }) => takeFromAmount(rest, adjustmentAmount), amount);
    const period = charge.usage?.period ?? billingPeriodOf(issuedAt);
    return {
      invoiceId,
      type: "INVOICE",
      agreementId,
      amount,
      left: money(left),
      currency,
      issuedAt,
      period,
    };
  });
  const memos = adjustments.map(({ id, adjustmentAmount, currencyCode, updatedAt }): Invoice => ({
    invoiceId: `CM${id.slice("ba-".length).toUpperCase()}`,
    type: "CREDIT_MEMO",
    agreementId,
    amount: money(adjustmentAmount),
    left: "0.00",
    currency: currencyCode,
    issuedAt: updatedAt,
    period: billingPeriodOf(updatedAt),
  }));
  return [...invoices, ...memos];
}

/** What a charge comes to exactly may have parts of cents; what is invoiced has none. */
function inCents(amount: Amount): Amount {
  return money(shareOfAmount(amount, 1, 1));
}

/** Each charge is on an invoice of its own. */
function invoiceIdOf({ id }: Charge): string {
  return `INV${id.slice("ch-".length).toUpperCase()}`;
}

/** What the seller's buyers were invoiced under an agreement, by invoice, newest first. */
export function listAgreementInvoiceLineItems(ctx: Context, request: ListAgreementInvoiceLineItemsInput): object {
  const agreement = agreementAs(ctx, "Proposer", request.agreementId);
  const { invoiceId, invoiceType, invoiceBillingPeriod: period, beforeIssuedTime, afterIssuedTime } = request;
  const found = invoicesOf(ctx.market, agreement.id).filter((invoice) => {
    const issued = new Date(invoice.issuedAt);
    return (
      (invoiceId === undefined || invoice.invoiceId === invoiceId) &&
      (invoiceType === undefined || invoice.type === invoiceType) &&
      (period === undefined || isPeriod(invoice.period, period)) &&
      (beforeIssuedTime === undefined || issued < beforeIssuedTime) &&
      (afterIssuedTime === undefined || issued > afterIssuedTime)
    );
  });
  const { items, nextToken } = pageOf(
    found.map((item) => ({ id: item.invoiceId, key: item.issuedAt, item })),
    request,
    { operation: "ListAgreementInvoiceLineItems", account: ctx.caller.accountId, order: "DESCENDING" },
  );
  return { agreementInvoiceLineItemGroupSummaries: items.map(summary), nextToken };
}

function summary({ invoiceId, type, agreementId, amount, left, currency, issuedAt, period }: Invoice): object {
  const [year, month] = period.split("-").map(Number);
  return {
    agreementId,
    invoiceId,
    pricingCurrencyAmount: { amount, maxAdjustmentAmount: left, currencyCode: currency },
    invoiceBillingPeriod: { month, year },
    issuedTime: new Date(issuedAt),
    invoiceType: type,
    invoicingEntity: { legalName: "Amazon Web Services, Inc." },
  };
}

function isPeriod(period: BillingPeriod, { year, month }: InvoiceBillingPeriod): boolean {
  return period === `${year}-${String(month).padStart(2, "0")}`;
}
