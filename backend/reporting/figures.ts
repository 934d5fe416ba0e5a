import { termOf } from "../../marketplace/agreements/accepted-term";
import { documentOf } from "../../marketplace/changes/product/product";
import { addAmounts, showAmount, takeFromAmount } from "../../marketplace/money";
import { agreementsIn, type StoredAgreement } from "../agreement/agreements";
import { chargesIn } from "../agreement/charges";
import { invoicesOf } from "../agreement/invoices";
import { entitiesIn } from "../catalog/entities";
import { sellerOf } from "../sellers";
import type { Market } from "../service";

/** A table of a dashboard. */
export interface Sheet {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What an account has agreed to: how many agreements in each state, what those in force are worth, and each by itself. */
export function agreementSummary(market: Market, accountId: string): Sheet[] {
  const agreements = boughtBy(market, accountId);
  const states = [...new Set(agreements.map(({ status }) => status))].toSorted(byText);
  const active = agreements.filter(({ status }) => status === "ACTIVE");
  return [
    {
      title: "Agreements by status",
      columns: ["Status", "Agreements"],
      rows: states.map((state) => [state, String(agreements.filter(({ status }) => status === state).length)]),
    },
    {
      title: "Value of active agreements",
      columns: ["Currency", "Value"],
      rows: totals(active.map(({ currency, value = "0" }) => ({ currency, amount: value }))),
    },
    {
      title: "Agreements",
      columns: ["Agreement", "Product", "Seller", "Status", "Accepted", "Start", "End", "Renews", "Value"],
      rows: agreements
        .toSorted((a, b) => byText(b.acceptedAt, a.acceptedAt) || byText(a.id, b.id))
        .map((one) => [
          one.id,
          productName(market, one),
          sellerName(market, one),
          one.status,
          day(one.acceptedAt),
          day(one.start),
          one.end === undefined ? "" : day(one.end),
          termOf(one.terms, "RenewalTerm")?.renewal?.enableAutoRenew === true ? "yes" : "no",
          one.value === undefined ? "by use" : showAmount(one.value, one.currency),
        ]),
    },
  ];
}

/** What an account has been charged, net of credits, in all and by month and product, and what is due later. */
export function costAnalysis(market: Market, accountId: string): Sheet[] {
  const agreements = boughtBy(market, accountId);
  const now = market.clock.now().toISOString();
  const lines = agreements.flatMap((agreement) =>
    invoicesOf(market, agreement.id).map(({ period, type, amount, currency }) => ({
      key: [period, productName(market, agreement), sellerName(market, agreement), currency] as const,
      currency,
      charged: type === "INVOICE" ? amount : "0",
      credited: type === "CREDIT_MEMO" ? amount : "0",
    })),
  );
  const later = agreements.flatMap((agreement) =>
    chargesIn(market.store)
      .of(agreement.id)
      .filter(({ time }) => time > now)
      .map(({ time, amount, currency }) => ({ time, amount, currency, agreement })),
  );
  return [
    { title: "Charged so far, net of credits", columns: ["Currency", "Amount"], rows: netTotals(lines) },
    {
      title: "By month",
      columns: ["Month", "Product", "Seller", "Charged", "Credited", "Net"],
      rows: byKey(lines).map(({ key: [period, product, seller, currency], charged, credited }) => [
        period,
        product,
        seller,
        showAmount(charged, currency),
        showAmount(credited, currency),
        showAmount(takeFromAmount(charged, credited), currency),
      ]),
    },
    {
      title: "Due later",
      columns: ["Day", "Agreement", "Product", "Amount"],
      rows: later
        .toSorted((a, b) => byText(a.time, b.time))
        .map(({ time, amount, currency, agreement }) => [
          day(time),
          agreement.id,
          productName(market, agreement),
          showAmount(amount, currency),
        ]),
    },
  ];
}

interface Line {
  readonly key: readonly [period: string, product: string, seller: string, currency: string];
  readonly currency: string;
  readonly charged: string;
  readonly credited: string;
}

/** Newest month first. */
function byKey(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const name = JSON.stringify(line.key);
    const before = sums.get(name);
    sums.set(name, before === undefined ? line : added(before, line));
  }
  return [...sums.values()].toSorted(
    (a, b) => byText(b.key[0], a.key[0]) || byText(JSON.stringify(a.key), JSON.stringify(b.key)),
  );
}

function added(a: Line, b: Line): Line {
  return { ...a, charged: addAmounts(a.charged, b.charged), credited: addAmounts(a.credited, b.credited) };
}

function netTotals(lines: readonly Line[]): string[][] {
  return byKey(lines.map((line) => ({ ...line, key: ["", "", "", line.currency] as const }))).map(
    ({ currency, charged, credited }) => [currency, showAmount(takeFromAmount(charged, credited), currency)],
  );
}

function totals(amounts: readonly { readonly currency: string; readonly amount: string }[]): string[][] {
  const sums = new Map<string, string>();
  for (const { currency, amount } of amounts) sums.set(currency, addAmounts(sums.get(currency) ?? "0", amount));
  return [...sums].toSorted(([a], [b]) => byText(a, b)).map(([currency, sum]) => [currency, showAmount(sum, currency)]);
}

function boughtBy({ store }: Market, accountId: string): StoredAgreement[] {
  return agreementsIn(store).of("Acceptor", accountId);
}

function productName({ store }: Market, { productId }: StoredAgreement): string {
  const product = entitiesIn(store).get(productId);
  return (product && documentOf(product).Description.ProductTitle) ?? productId;
}

function sellerName({ store }: Market, { proposer }: StoredAgreement): string {
  return sellerOf(store, proposer)?.displayName ?? proposer;
}

function day(moment: string): string {
  return moment.slice(0, 10);
}
