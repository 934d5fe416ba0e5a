import { expect, test } from "vitest";
import { offer } from "../../../providers/offer/reconciler";
import { startRun } from "../support/market";
import { openSales } from "./sales";

test("offers for many buyers go up together within AWS's quotas and request rates, twenty at a time", async () => {
  const sales = await openSales({}, { limits: true });
  const provider = startRun().provider(offer);
  const names = Array.from({ length: 24 }, (_, i) => `Buyer ${String(i)}`);
  const made = await Promise.all(
    names.map(async (name) => {
      const { inputs } = await provider.check({}, { ...sales.spec({ name }) });
      return provider.create(inputs);
    }),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(24);
  expect((await sales.offers()).filter(({ open }) => open)).toHaveLength(24);
});
