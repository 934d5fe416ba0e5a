import * as fc from "fast-check";
import { expect, test } from "vitest";
import { everything, openShop } from "../agreement/buyer";
import { TurningClock } from "../catalog/turning-clock";
import { deployerOf } from "./deployer";

const MINUTE = 60_000;

/** A request, or minutes that pass. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      name: fc.constantFrom("A", "B"),
      token: fc.constantFrom("x", "y", "z"),
      text: fc.constantFrom("1", "2"),
      lasts: fc.option(fc.constantFrom(5, 50)),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 10, 60) },
);

interface Kept {
  readonly text: string;
  readonly until: number;
}

test("in any order of requests and times, the buyer reads the newest text that is not over, and each token counts once", async () => {
  const clock = new TurningClock();
  const { market, buy, offerId, productId } = await openShop({ clock });
  const agreementId = await buy(offerId, everything);
  const [seller, buyer] = [deployerOf(market, "seller"), deployerOf(market, "buyer")];
  let run = 0;
  const now = () => clock.now().getTime();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      // Names and tokens of its own for each run: the marketplace goes on.
      const own = `-${++run}`;
      const kept = new Map<string, Kept>();
      const tokens = new Map<string, string>();
      const alive = (name: string) => {
        const one = kept.get(name);
        return one !== undefined && one.until > now() ? one : undefined;
      };
      for (const one of steps) {
        if (typeof one === "number") {
          await clock.turn(one * MINUTE);
          continue;
        }
        const until = one.lasts === null ? undefined : now() + one.lasts * MINUTE;
        const body = {
          agreementId,
          deploymentParameter: { name: one.name + own, secretString: one.text },
          clientToken: one.token.repeat(32) + own,
          ...(until !== undefined && { expirationDate: new Date(until).toISOString() }),
        };
        const { status } = await seller.put(productId, body);
        const said = JSON.stringify(body);
        const before = tokens.get(one.token);
        expect(status).toBe(before === undefined || before === said ? 200 : 409);
        if (before !== undefined) continue;
        tokens.set(one.token, said);
        kept.set(one.name, { text: one.text, until: until ?? alive(one.name)?.until ?? Number.POSITIVE_INFINITY });
      }
      for (const name of ["A", "B"]) {
        const SecretId = `marketplace-deployment!${productId}/${name}${own}`;
        const { body } = await buyer.secrets("GetSecretValue", { SecretId });
        expect(body["SecretString"]).toBe(alive(name)?.text);
      }
    }),
    { numRuns: 25 },
  );
});
