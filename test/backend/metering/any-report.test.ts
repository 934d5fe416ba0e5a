import type { BatchMeterUsageCommandOutput } from "@aws-sdk/client-marketplace-metering";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything } from "../agreement/buyer";
import { HOUR, meteredShop, nameOf } from "./metered-shop";

const MINUTE = 60_000;

const step = fc.record({
  by: fc.constantFrom("software", "seller"),
  /** How long ago it was used, in minutes; some of it too long ago, some of it in the future. */
  ago: fc.integer({ min: -20, max: 8 * 60 }),
  quantity: fc.integer({ min: 0, max: 3 }),
  /** Minutes until the next report. */
  pause: fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 90 }), weight: 4 },
    { arbitrary: fc.integer({ min: 600, max: 9000 }), weight: 1 },
  ),
});

test("however usage is reported, late, twice or not at all, each hour's first report is charged in its month", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 50, size: "max" }), async (steps) => {
      const shop = await meteredShop();
      const { clock, buy, offerId, report, batch, record, charged, until } = shop;
      await buy(offerId, everything);
      await clock.turn(7 * HOUR);
      /** Quantities by reporter and hour. */
      const kept = new Map<string, { readonly hour: number; readonly quantity: number }>();
      for (const { by, ago, quantity, pause } of steps) {
        const Timestamp = new Date(clock.now().getTime() - ago * MINUTE);
        const hour = Math.floor(Timestamp.getTime() / HOUR) * HOUR;
        const before = kept.get(`${by}/${hour}`);
        const late = ago < 0 || ago > 6 * 60;
        const same = before === undefined || before.quantity === quantity;
        if (!late && before === undefined) kept.set(`${by}/${hour}`, { hour, quantity });
        const outcome =
          by === "software"
            ? nameOf(report({ Timestamp, UsageQuantity: quantity }))
            : nameOf(batch([record({ Timestamp, Quantity: quantity })]).then(requireSuccess));
        const refusal = late
          ? "TimestampOutOfBoundsException"
          : `Duplicate${by === "software" ? "RequestException" : "Record"}`;
        expect(await outcome).toBe(same && !late ? "recorded" : refusal);
        await clock.turn(pause * MINUTE);
      }
      const now = clock.now();
      await until(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 6)).toISOString());
      const months = new Map<string, number>();
      for (const { hour, quantity } of kept.values()) {
        const month = new Date(hour).toISOString().slice(0, 7);
        months.set(month, (months.get(month) ?? 0) + quantity);
      }
      const expected = [...months].toSorted(([a], [b]) => (a < b ? -1 : 1)).filter(([, sum]) => sum > 0);
      expect(await charged()).toEqual(expected.map(([, sum]) => (sum * 0.02).toFixed(2)));
    }),
    { numRuns: 3 },
  );
});

/** Throws the status of the one record where it is another one, as MeterUsage does. */
function requireSuccess({ Results = [] }: BatchMeterUsageCommandOutput): void {
  const [{ Status = "" } = {}] = Results;
  if (Status !== "Success") throw Object.assign(new Error(Status), { name: Status });
}
