import { termOf } from "../../marketplace/agreements/accepted-term";
import { addAmounts, showAmount } from "../../marketplace/money";
import type { Market } from "../service";
import { boughtBy, byText, day, productName, sellerName, type Sheet } from "./sheet";

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

function totals(amounts: readonly { readonly currency: string; readonly amount: string }[]): string[][] {
  const sums = new Map<string, string>();
  for (const { currency, amount } of amounts) sums.set(currency, addAmounts(sums.get(currency) ?? "0", amount));
  return [...sums].toSorted(([a], [b]) => byText(a, b)).map(([currency, sum]) => [currency, showAmount(sum, currency)]);
}
