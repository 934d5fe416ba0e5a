import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import { offer } from "../../../providers/offer/reconciler";
import { startRun } from "../support/market";
import { inDays, openSales, up, upAgain } from "./sales";

const edits: readonly Partial<OfferSpec>[] = [
  { availabilityEndDate: inDays(60) },
  { availabilityEndDate: inDays(-1) },
  { countries: ["US"] },
  { description: "As agreed." },
  { buyerAccounts: ["444455556666", "777788889999"] },
  { pricing: { model: "usage", hourly: { "m7i.large": "0.07", "m7i.xlarge": "0.14" } } },
  { netPayment: "P30D" },
  { validity: { duration: "P730D" } },
  { tags: { team: "sales" } },
];

test("after any edits, refreshes between them or not, one offer at most is open, and it is the declared one", async () => {
  const sales = await openSales();
  let deals = 0;
  const step = fc.record({ edit: fc.constantFrom(...edits), refresh: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      deals += 1;
      let spec = sales.spec({ name: `Deal ${String(deals)}` });
      let made = await up(spec);
      for (const { edit, refresh } of steps) {
        const { props = {}, inputs = {} } = await startRun().provider(offer).read(made.id, made.outs);
        expect(props).toEqual(made.outs);
        if (refresh) made = { id: made.id, outs: props, inputs };
        const wanted = { ...spec, ...edit };
        const { failures } = await startRun().provider(offer).check(made.inputs, wanted);
        // What would take the place of an offer that is over is over as well, and refused.
        const isOver = failures.length > 0 && wanted.availabilityEndDate === inDays(-1);
        expect(failures.map(({ property }) => property)).toEqual(isOver ? ["availabilityEndDate"] : []);
        if (isOver) continue;
        spec = wanted;
        made = { ...made, ...(await upAgain(made, spec)) };
        expect(made.outs).toMatchObject(spec);
        const isOpen = spec.availabilityEndDate !== inDays(-1);
        const open = (await sales.offers()).filter((one) => one.name === spec.name && one.open);
        expect(open.map(({ id }) => id)).toEqual(isOpen ? [made.id] : []);
        expect(await upAgain(made, spec)).toBeUndefined();
      }
      await startRun().provider(offer).delete(made.id, made.outs);
      expect((await sales.offers()).filter((one) => one.name === spec.name && one.open)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});
