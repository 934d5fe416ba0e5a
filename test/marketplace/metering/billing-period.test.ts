import { expect, test } from "vitest";
import { billingPeriodOf, closingOf, periodAfter, stretchOf } from "../../../marketplace/metering/billing-period";
import { checkUsageTime } from "../../../marketplace/metering/usage";

test.each([
  ["2026-02-28T23:59:59.999Z", "2026-02", "2026-03", "2026-03-01T06:00:00.000Z"],
  ["2028-02-29T00:00:00.000Z", "2028-02", "2028-03", "2028-03-01T06:00:00.000Z"],
  ["2026-12-31T12:00:00.000Z", "2026-12", "2027-01", "2027-01-01T06:00:00.000Z"],
])("%s is billed in %s, which is followed by %s and closes at %s", (moment, period, next, closing) => {
  expect(billingPeriodOf(moment)).toBe(period);
  expect(periodAfter(period)).toBe(next);
  expect(closingOf(period)).toBe(closing);
  const { from, to } = stretchOf(period);
  expect(from <= Date.parse(moment) && Date.parse(moment) < to).toBe(true);
});

test("once a period closes no more of its usage can be reported", () => {
  const last = new Date("2026-03-31T23:59:59.999Z");
  const closing = new Date(closingOf("2026-03"));
  expect(checkUsageTime(last, new Date(closing.getTime() - 1))).toEqual([]);
  expect(checkUsageTime(last, closing)).toMatchObject([{ code: "TimestampOutOfBoundsException" }]);
  expect(checkUsageTime(new Date("2026-04-01T00:00:00Z"), closing)).toEqual([]);
});
