import { expect, test } from "vitest";
import { discoverer, openShop } from "../agreement/buyer";
import { TurningClock } from "../catalog/turning-clock";

test.each([
  ["getProduct", 5],
  ["listFulfillmentOptions", 5],
  ["searchListings", 10],
  ["searchFacets", 10],
])("%s answers %i times a second for each account, and more when time has passed", async (operation, rate) => {
  const clock = new TurningClock();
  const { market, productId, discover } = await openShop({ clock, limits: true });
  const ask = (who = discover) => who(operation, operation.startsWith("search") ? {} : { productId });
  for (let i = 0; i < rate; i++) await ask();
  const tooFast = {
    name: "ThrottlingException",
    status: 429,
    message: expect.stringContaining(`${rate} requests a second`),
  };
  await expect(ask()).rejects.toMatchObject(tooFast);
  await ask(discoverer(market, "partner"));
  await clock.turn(1000 / rate);
  await ask();
  await expect(ask()).rejects.toMatchObject(tooFast);
});
