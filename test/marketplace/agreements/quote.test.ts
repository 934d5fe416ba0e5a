import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AcceptedTerm } from "../../../marketplace/agreements/accepted-term";
import { quote, quoteAmendment } from "../../../marketplace/agreements/quote";
import { after, spanOf } from "../../../marketplace/agreements/term-length";
import { addAmounts, compareAmounts, multiplyAmount, shareOfAmount } from "../../../marketplace/money";

const now = "2026-03-02T09:00:00.000Z";
const year = { start: now, end: "2027-03-02T09:00:00.000Z" };

function annual(prices: readonly string[], quantities: readonly number[]): AcceptedTerm {
  return {
    id: "annual",
    term: {
      Type: "ConfigurableUpfrontPricingTerm",
      CurrencyCode: "USD",
      RateCards: [
        {
          Selector: { Type: "Duration", Value: "P365D" },
          Constraints: { MultipleDimensionSelection: "Allowed", QuantityConfiguration: "Allowed" },
          RateCard: prices.map((Price, i) => ({ DimensionKey: `d${i}`, Price })),
        },
      ],
    },
    upfront: {
      selectorValue: "P365D",
      dimensions: quantities.map((dimensionValue, i) => ({ dimensionKey: `d${i}`, dimensionValue })),
    },
  };
}

test("what is paid by use, or not at all, has no certain value and no charges", () => {
  const usage: AcceptedTerm = { id: "u", term: { Type: "UsageBasedPricingTerm", CurrencyCode: "EUR", RateCards: [] } };
  expect(quote([usage], { start: now })).toEqual({ currency: "EUR", charges: [], items: [] });
  const byol: AcceptedTerm = { id: "b", term: { Type: "ByolPricingTerm" } };
  expect(quote([byol], { start: now })).toEqual({ currency: "USD", charges: [], items: [] });
});

test("a schedule says when which part is charged, a month comes again and again", () => {
  const terms: AcceptedTerm[] = [
    { id: "f", term: { Type: "FixedUpfrontPricingTerm", CurrencyCode: "USD", Price: "300", Grants: [] } },
    {
      id: "s",
      term: {
        Type: "PaymentScheduleTerm",
        CurrencyCode: "USD",
        Schedule: [
          { ChargeDate: "2026-04-01", ChargeAmount: "100" },
          { ChargeDate: "2026-05-01", ChargeAmount: "200.5" },
        ],
      },
    },
  ];
  expect(quote(terms, year)).toMatchObject({
    value: "300.50",
    charges: [
      { amount: "100.00", timing: "SCHEDULED", time: "2026-04-01T00:00:00.000Z" },
      { amount: "200.50", timing: "SCHEDULED", time: "2026-05-01T00:00:00.000Z" },
    ],
  });
  const monthly: AcceptedTerm = {
    id: "m",
    term: { Type: "RecurringPaymentTerm", CurrencyCode: "USD", BillingPeriod: "Monthly", Price: "25" },
  };
  const quoted = quote([monthly], { start: now });
  expect(quoted.value).toBeUndefined();
  expect(quoted.charges).toEqual([{ amount: "25.00", timing: "BILLING_PERIOD", time: after(now, "P1M") }]);
});

const price = fc
  .tuple(fc.nat(99_999), fc.nat(99_999_999))
  .map(([whole, part]) => `${whole}.${String(part).padStart(8, "0")}`);

test("the value of an upfront agreement is the sum of its items, to the last digit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(price, fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 6 }),
      (chosen) => {
        const quoted = quote(
          [
            annual(
              chosen.map(([one]) => one),
              chosen.map(([, many]) => many),
            ),
          ],
          year,
        );
        const exact = chosen.reduce((sum, [one, many]) => addAmounts(sum, multiplyAmount(one, many)), "0");
        expect(compareAmounts(quoted.value ?? "", exact)).toBe(0);
        expect(quoted.items.map(({ newQuantity }) => newQuantity)).toEqual(chosen.map(([, many]) => many));
      },
    ),
  );
});

test("more units never cost more than their full price, and less the later they come", () => {
  const day = fc.integer({ min: 0, max: 365 });
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 50 }), (a, b, more) => {
      const cost = (days: number) => {
        const at = new Date(Date.parse(now) + days * 86_400_000).toISOString();
        const quoted = quoteAmendment([annual(["365"], [1])], [annual(["365"], [1 + more])], year, at);
        return "code" in quoted ? quoted.code : (quoted.items[0]?.incrementalChargeAmount ?? "");
      };
      expect(compareAmounts(cost(Math.max(a, b)), cost(Math.min(a, b)))).toBeLessThanOrEqual(0);
      expect(compareAmounts(cost(a), multiplyAmount("365", more))).toBeLessThanOrEqual(0);
    }),
  );
});

test("an amendment adds what it costs to what the agreement was worth", () => {
  const [before, next] = [[annual(["365"], [1])], [annual(["365"], [3])]];
  const later = "2026-11-22T09:00:00.000Z";
  expect(quoteAmendment(before, next, { ...year, value: "365.00" }, later)).toMatchObject({
    value: "565.00",
    charges: [{ amount: "200.00" }],
  });
  expect(quoteAmendment(before, before, { ...year, value: "565.00" }, later)).toMatchObject({
    value: "565.00",
    charges: [],
  });
});

test("fewer units, none at all, or another duration are no amendment", () => {
  const before = [annual(["10", "10"], [2, 1])];
  for (const next of [[annual(["10", "10"], [1, 1])], [annual(["10", "10"], [2])]]) {
    expect(quoteAmendment(before, next, year, now)).toMatchObject({ code: "INVALID_INCREMENTAL_CHARGE" });
  }
});

test("parts of an amount are rounded half up to cents", () => {
  expect(shareOfAmount("100", 1, 3)).toBe("33.33");
  expect(shareOfAmount("100", 2, 3)).toBe("66.67");
  expect(shareOfAmount("0.01", 1, 2)).toBe("0.01");
  expect(shareOfAmount("730.5", 365, 365)).toBe("730.5");
});

test.each([
  ["P365D", "2027-03-02T09:00:00.000Z"],
  ["P12M", "2027-03-02T09:00:00.000Z"],
  ["P1Y", "2027-03-02T09:00:00.000Z"],
  ["P1M3D", "2026-04-05T09:00:00.000Z"],
])("%s after the start is %s", (duration, end) => {
  expect(after(now, duration)).toBe(end);
});

test("a day that a month does not have becomes its last", () => {
  expect(after("2026-01-31T00:00:00.000Z", "P1M")).toBe("2026-02-28T00:00:00.000Z");
  expect(after(now, "P")).toBeUndefined();
  expect(after(now, "PT5H")).toBeUndefined();
});

test("an agreement starts and ends as its validity says, else with what was paid for", () => {
  const later = validity({ AgreementStartDate: "2026-06-01T00:00:00Z", AgreementEndDate: "2027-05-31T23:59:59Z" });
  expect(spanOf([later], now)).toEqual({ start: "2026-06-01T00:00:00.000Z", end: "2027-05-31T23:59:59.000Z" });
  expect(spanOf([validity({ AgreementDuration: "P30D" })], now).end).toBe("2026-04-01T09:00:00.000Z");
  expect(spanOf([annual(["1"], [1])], now)).toEqual(year);
  expect(spanOf([], now)).toEqual({ start: now });
});

function validity(more: object): AcceptedTerm {
  return { id: "v", term: { Type: "ValidityTerm", ...more } };
}
