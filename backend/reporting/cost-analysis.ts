import { addAmounts, showAmount, takeFromAmount } from "../../marketplace/money";
import { chargesIn } from "../agreement/charges";
import { invoicesOf } from "../agreement/invoices";
import type { Market } from "../service";
import { boughtBy, byText, day, productName, sellerName, type Sheet } from "./sheet";

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
