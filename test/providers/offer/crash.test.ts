import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { OfferSpec } from "../../../marketplace/offers/offer-spec";
import type { Account } from "../../../providers/accounts";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { offer } from "../../../providers/offer/reconciler";
import type { Reconciler } from "../../../providers/reconciler";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { openMarket, startRun, type Run } from "../support/market";
import { jumpingTime } from "../support/recording-host";
import { openSeller } from "../support/seller";
import { inDays, openSales, up } from "./sales";

/** The reconciler in a process that dies at its n-th call to AWS, before the call or after it. */
function dyingAt(n: number, when: "before" | "after"): Reconciler {
  let calls = 0;
  const guarded = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return async (...given: unknown[]) => {
          const call = () => member.apply(target, given) as Promise<unknown>;
          if (name === "alone") return call();
          calls += 1;
          if (calls > n || (calls === n && when === "before")) throw new Error("killed");
          const answer = await call();
          if (calls === n) throw new Error("killed");
          return answer;
        };
      },
    });
  const watched = (account: Account): Account => ({
    ...account,
    changeSets: guarded(account.changeSets),
    entities: guarded(account.entities),
    tags: guarded(account.tags),
  });
  return {
    ...offer,
    create: (place, inputs) => offer.create({ ...place, account: watched(place.account) }, inputs),
    delete: (place, id, props) => offer.delete({ ...place, account: watched(place.account) }, id, props),
  };
}

const edits: Readonly<Record<string, Partial<OfferSpec>>> = {
  nothing: {},
  "a later end": { availabilityEndDate: inDays(45) },
  "other prices": { pricing: { model: "usage", hourly: { "m7i.large": "0.05", "m7i.xlarge": "0.10" } } },
  "other tags": { tags: { team: "field" } },
};

test("wherever a run is killed, and whatever is declared after it, one offer is open and it is the declared one", async () => {
  const sales = await openSales();
  let deals = 0;
  const moment = fc.record({
    n: fc.integer({ min: 1, max: 6 }),
    when: fc.constantFrom("before" as const, "after" as const),
    edit: fc.constantFrom(...Object.keys(edits)),
  });
  await fc.assert(
    fc.asyncProperty(moment, async ({ n, when, edit }) => {
      deals += 1;
      const name = `Deal ${String(deals)}`;
      const first = sales.spec({ name, tags: { team: "sales" } });
      const dying = startRun().provider(dyingAt(n, when));
      await dying.create({ ...first }).catch(() => undefined);

      const wanted = { ...first, ...edits[edit] };
      const { id, outs } = await up(wanted);
      expect(outs).toMatchObject({ ...wanted, state: "Released" });
      const open = (await sales.offers()).filter((one) => one.name === name && one.open);
      expect(open.map((one) => one.id)).toEqual([id]);
      expect((await startRun().provider(offer).read(id, outs)).props).toEqual(outs);

      await startRun()
        .provider(dyingAt(1 + (n % 2), when))
        .delete(id, outs)
        .catch(() => undefined);
      await startRun().provider(offer).delete(id, outs);
      expect((await sales.offers()).filter((one) => one.name === name && one.open)).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test("Ctrl-C in the middle of a create ends at once; the next up goes on with the same change set", async () => {
  const clock = new TurningClock();
  const market = await openMarket({ clock, latency: "realistic" });
  const ticking = setInterval(() => void clock.turn(3_600_000), 10);
  const seller = await openSeller(market);
  const { id: productId } = await startRun()
    .provider(amiProduct)
    .create({ ...seller.listing({ visibility: "Limited" }) });
  clearInterval(ticking);
  let watched: Run | undefined;
  const time = jumpingTime(clock.now().getTime(), async (milliseconds) => {
    if (watched?.host.said.some(({ message }) => message.includes("is PREPARING"))) watched.host.stop();
    void clock.turn(milliseconds);
    await new Promise(setImmediate);
  });
  const inputs: OfferSpec = {
    productId,
    name: "Log Agent for Northwind",
    buyerAccounts: ["444455556666"],
    availabilityEndDate: "2099-12-31",
    pricing: { model: "usage", hourly: { "m7i.large": "0.08", "m7i.xlarge": "0.16" } },
    eula: { type: "standard" },
  };
  const run = startRun({}, time);
  const ended = run
    .provider(offer)
    .create({ ...inputs })
    .catch(String);
  watched = run;
  expect(await ended).toMatch(/Change set \w+ \(create offer Log Agent for Northwind\) is \w+ and goes on at AWS/);
  const count = (await seller.changeSets()).length;

  const next = startRun({}, time);
  const { outs } = await next.provider(offer).create({ ...inputs });
  expect(outs).toMatchObject({ state: "Released" });
  expect(next.host.said.map(({ message }) => message)).toContainEqual(expect.stringContaining("found change set"));
  expect(await seller.changeSets()).toHaveLength(count);

  const again = startRun({}, time);
  const { id } = await again.provider(offer).create({ ...inputs, ...edits["other prices"] });
  expect(again.host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`an earlier run made ${String(outs.offerId)} with other terms; it expires`),
  );
  expect(id).not.toBe(outs.offerId);
});
