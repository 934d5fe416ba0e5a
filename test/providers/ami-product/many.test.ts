import { expect, test } from "vitest";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { openMarket, startRun } from "../support/market";
import { openSeller } from "../support/seller";

test("many listings go up together within AWS's request rates, each by its own change sets", async () => {
  const seller = await openSeller(await openMarket({ limits: true }));
  const run = startRun();
  const provider = run.provider(amiProduct);
  const titles = Array.from({ length: 12 }, (_, i) => `Example Corp Log Agent ${i}`);
  const made = await Promise.all(
    titles.map(async (title) => {
      const { inputs } = await provider.check({}, { ...seller.listing({ title, visibility: "Limited" }) });
      return provider.create(inputs);
    }),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(12);
  expect(await seller.products()).toHaveLength(12);
});

test("two listings of the same title in one program are two products", async () => {
  const seller = await openSeller(await openMarket());
  const provider = startRun().provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing({ visibility: "Limited" }) });
  const made = await Promise.all([provider.create(inputs), provider.create(inputs)]);
  expect(new Set(made.map(({ id }) => id)).size).toBe(2);
});
