import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AcceptedTerm } from "../../../marketplace/agreements/accepted-term";
import { cutShort, type Month, monthFrom } from "../../../marketplace/agreements/monthly-price";

const terms: AcceptedTerm[] = [
  { id: "m", term: { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "31" } },
];
const start = "2026-01-31T09:00:00.000Z";
const ends = (from: string, end?: string) => monthFrom(terms, from, { start, ...(end !== undefined && { end }) });

test.each([
  ["the first month ends on the last day of a shorter one", start, undefined, "2026-02-28T09:00:00.000Z", "31"],
  ["the next one ends on the 31st again", "2026-02-28T09:00:00.000Z", undefined, "2026-03-31T09:00:00.000Z", "31"],
  ["an end after the month leaves it whole", start, "2027-01-31T00:00:00.000Z", "2026-02-28T09:00:00.000Z", "31"],
  ["an end within it leaves its days", start, "2026-02-14T09:00:00.000Z", "2026-02-14T09:00:00.000Z", "15.5"],
  ["a day that has begun counts", start, "2026-02-13T09:00:00.001Z", "2026-02-13T09:00:00.001Z", "15.5"],
])("%s", (_, from, end, to, amount) => {
  expect(ends(from, end)).toEqual({ from, to, amount });
});

test("no month begins at the end, or without a price by the month", () => {
  expect(ends("2026-02-28T09:00:00.000Z", "2026-02-28T09:00:00.000Z")).toBeUndefined();
  expect(monthFrom([], start, { start })).toBeUndefined();
});

test("wherever a month is cut, it costs no more than the whole, and no less than when it is cut earlier", () => {
  const month: Month = { from: "2026-03-02T09:00:00.000Z", to: "2026-04-02T09:00:00.000Z", amount: "25" };
  const whole = Date.parse(month.to) - Date.parse(month.from);
  const at = fc.integer({ min: -10, max: whole + 10 });
  const cost = (after: number) =>
    Number(cutShort(month, new Date(Date.parse(month.from) + after).toISOString())?.amount ?? "0");
  fc.assert(
    fc.property(at, at, (a, b) => {
      expect(cost(Math.min(a, b))).toBeLessThanOrEqual(cost(Math.max(a, b)));
      expect(cost(Math.max(a, b))).toBeLessThanOrEqual(25);
    }),
  );
  expect([cost(0), cost(1), cost(whole)]).toEqual([0, 0.81, 25]);
});
