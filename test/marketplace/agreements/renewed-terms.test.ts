import { expect, test } from "vitest";
import type { AcceptedTerm } from "../../../marketplace/agreements/accepted-term";
import { lockedOutFrom, renewed, renews } from "../../../marketplace/agreements/renewed-terms";
import { spanOf } from "../../../marketplace/agreements/term-length";
import type { PriceIncrease, ScheduleTemplate } from "../../../marketplace/changes/offer/terms";

const year = { start: "2026-03-02T09:00:00.000Z", end: "2027-03-02T09:00:00.000Z" };
const id = "term-a";

function renewal(more: object = {}, enableAutoRenew = true): AcceptedTerm {
  return { id, term: { Type: "RenewalTerm", ...more }, renewal: { enableAutoRenew } };
}
const by = (Value: string): { PriceIncrease: PriceIncrease } => ({ PriceIncrease: { Type: "FixedPercentage", Value } });

function chosen(Price: string): AcceptedTerm {
  const card = {
    Selector: { Type: "Duration" as const, Value: "P12M" },
    Constraints: { MultipleDimensionSelection: "Allowed" as const, QuantityConfiguration: "Allowed" as const },
    RateCard: [{ DimensionKey: "seats", Price }],
  };
  return {
    id,
    term: { Type: "ConfigurableUpfrontPricingTerm", CurrencyCode: "USD", RateCards: [card] },
    upfront: { selectorValue: "P12M", dimensions: [{ dimensionKey: "seats", dimensionValue: 2 }] },
  };
}

function parts(...amounts: string[]): AcceptedTerm {
  const Schedule = amounts.map((ChargeAmount) => ({ ChargeDate: "2026-04-01T00:00:00.000Z", ChargeAmount }));
  return { id, term: { Type: "PaymentScheduleTerm", CurrencyCode: "USD", Schedule } };
}
const template = (...Schedule: ScheduleTemplate["Schedule"]): { TermTemplates: ScheduleTemplate[] } => ({
  TermTemplates: [{ Type: "PaymentScheduleTermTemplate", Schedule }],
});

const priceOf = (terms: readonly AcceptedTerm[]) =>
  terms.flatMap(({ term }) =>
    term.Type === "ConfigurableUpfrontPricingTerm"
      ? (term.RateCards?.[0]?.RateCard ?? []).map(({ Price }) => Price)
      : [],
  )[0];

test.each<[what: string, increase: object, before: string, after: string]>([
  ["nothing said", {}, "100", "100"],
  ["three percent", by("3"), "100", "103"],
  ["two and a half percent", by("2.5"), "0.1", "0.1025"],
  ["twice", by("100.00"), "12.5", "25"],
  ["more than eight decimals, rounded", by("0.01"), "0.00000001", "0.00000001"],
  [
    "the usual one of a range",
    { PriceIncrease: { Type: "PercentageRange", Range: { MinValue: "1", MaxValue: "9", DefaultValue: "5" } } },
    "200",
    "210",
  ],
])("what is paid ahead grows at a renewal: %s", (_what, increase, before, after) => {
  expect(priceOf(renewed([chosen(before), renewal(increase)], year).terms)).toBe(after);
});

test("what is paid by use stays at a renewal", () => {
  const RateCards = [{ RateCard: [{ DimensionKey: "calls", Price: "0.1" }] }];
  const usage: AcceptedTerm = { id, term: { Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards } };
  expect(renewed([usage, renewal(by("50"))], year).terms[0]).toEqual(usage);
});

test("a renewal is paid in the parts of its template, on their days, and to the last cent", () => {
  const terms = [
    parts("60", "40"),
    renewal({
      ...by("1"),
      ...template(
        { ChargeDateOffset: "P0D", ChargePercentage: "33.33" },
        { ChargeDateOffset: "P1M", ChargePercentage: "33.33", DayOfMonth: 31 },
        { ChargeDateOffset: "P90D", ChargePercentage: "33.34" },
      ),
    }),
  ];
  const schedule = renewed(terms, year).terms.flatMap(({ term }) => ("Schedule" in term ? term.Schedule : []));
  expect(schedule).toEqual([
    { ChargeDate: "2027-03-02T09:00:00.000Z", ChargeAmount: "33.66" },
    { ChargeDate: "2027-04-30T00:00:00.000Z", ChargeAmount: "33.66" },
    { ChargeDate: "2027-05-31T09:00:00.000Z", ChargeAmount: "33.68" },
  ]);
});

test("yen are paid whole", () => {
  const yen = parts("1000");
  const paid: AcceptedTerm = {
    ...yen,
    term: { ...yen.term, CurrencyCode: "JPY" } as AcceptedTerm["term"],
  };
  const thirds = template(
    { ChargeDateOffset: "P0D", ChargePercentage: "33.33" },
    { ChargeDateOffset: "P90D", ChargePercentage: "66.67" },
  );
  const { terms } = renewed([paid, renewal({ ...by("0.05"), ...thirds })], year);
  expect(terms[0]?.term).toMatchObject({ Schedule: [{ ChargeAmount: "334" }, { ChargeAmount: "667" }] });
});

test("a day of the month before the renewal starts is the day on which it starts", () => {
  const only = template({ ChargeDateOffset: "P0M", ChargePercentage: "100", DayOfMonth: 1 });
  const { terms } = renewed([parts("10"), renewal({ ...by("0"), ...only })], year);
  expect(terms[0]?.term).toMatchObject({ Schedule: [{ ChargeDate: year.end, ChargeAmount: "10" }] });
});

test.each<[what: string, terms: AcceptedTerm[], before: typeof year, span: typeof year]>([
  ["by what was paid for", [chosen("1")], year, { start: year.end, end: "2028-03-02T09:00:00.000Z" }],
  [
    "by its validity",
    [{ id, term: { Type: "ValidityTerm", AgreementDuration: "P30D" } }],
    { start: "2026-03-02T00:00:00.000Z", end: "2026-04-01T00:00:00.000Z" },
    { start: "2026-04-01T00:00:00.000Z", end: "2026-05-01T00:00:00.000Z" },
  ],
  [
    "by whole months between its days",
    [],
    { start: "2027-01-01T00:00:00.000Z", end: "2027-12-31T23:59:59.999Z" },
    { start: "2028-01-01T00:00:00.000Z", end: "2028-12-31T23:59:59.999Z" },
  ],
  [
    "by the time between",
    [],
    { start: "2027-01-01T08:00:00.000Z", end: "2027-01-03T08:00:00.000Z" },
    { start: "2027-01-03T08:00:00.000Z", end: "2027-01-05T08:00:00.000Z" },
  ],
])("a renewal lasts as long as what it renews: %s", (_what, terms, before, span) => {
  expect(renewed([...terms, renewal()], before).span).toEqual(span);
});

test("the days of a renewal's validity are its own", () => {
  const before = { start: "2027-01-01T00:00:00.000Z", end: "2027-12-31T23:59:59.999Z" };
  const dated: AcceptedTerm = {
    id,
    term: { Type: "ValidityTerm", AgreementStartDate: before.start, AgreementEndDate: before.end },
  };
  expect(renewed([dated, renewal()], before).terms[0]?.term).toEqual({
    Type: "ValidityTerm",
    AgreementStartDate: "2028-01-01T00:00:00.000Z",
    AgreementEndDate: "2028-12-31T23:59:59.999Z",
  });
});

test("an agreement goes on as often as agreed, where its buyer wants that", () => {
  expect(renews([chosen("1")], 0)).toBe(false);
  expect(renews([renewal({}, false)], 0)).toBe(false);
  expect(renews([renewal()], 100)).toBe(true);
  expect(renews([renewal({ MaxRenewals: 2 })], 1)).toBe(true);
  expect(renews([renewal({ MaxRenewals: 2 })], 2)).toBe(false);
});

test("some days before the end, going on is settled", () => {
  expect(lockedOutFrom([renewal({ LockoutPeriod: "P30D" })], year.end)).toBe("2027-01-31T09:00:00.000Z");
  expect(lockedOutFrom([renewal({ LockoutPeriod: "P30D" })], undefined)).toBeUndefined();
  expect(lockedOutFrom([renewal()], year.end)).toBeUndefined();
});

test("a free trial that nothing follows ends with its days; one that a price follows does not", () => {
  const trial: AcceptedTerm = { id, term: { Type: "FreeTrialPricingTerm", Duration: "P14D", Grants: [] } };
  const RateCards = [{ RateCard: [] }];
  const usage: AcceptedTerm = { id, term: { Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards } };
  const legal: AcceptedTerm = { id, term: { Type: "LegalTerm", Documents: [] } };
  expect(spanOf([trial, legal], year.start).end).toBe("2026-03-16T09:00:00.000Z");
  expect(spanOf([trial, usage, legal], year.start).end).toBeUndefined();
});
