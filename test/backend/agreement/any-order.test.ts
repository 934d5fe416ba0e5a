import * as fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Deal } from "./deal";
import { dealCommands, type DealModel } from "./deal-commands";

/**
 * The state tables of payment and cancellation requests, and of the agreement above them: whatever a buyer and a seller
 * do in whatever order, with time going by and the marketplace stopped and started in between.
 */
test("whatever both sides do in whatever order, requests move as their tables say", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "deals-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const deal = await Deal.open(folder);
  onTestFinished(() => deal.close());
  const details = await fc.check(
    fc.asyncProperty(dealCommands, async (commands) => {
      await deal.agree();
      const model: DealModel = { agreement: "ACTIVE", payments: [], cancellations: [], now: 0 };
      await fc.asyncModelRun(() => ({ model, real: deal }), commands);
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(fc.defaultReportMessage(details) ?? "moved as the tables say").toBe("moved as the tables say");
});
