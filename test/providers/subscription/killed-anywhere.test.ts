import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { change, hourlyPrices, OFFER } from "../../backend/catalog/listing";
import { atEachRequest, dying, ways } from "../support/dying-network";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { seats, statusesOf } from "./offers";

test.each(ways)("killed at any request, whose last one %s, subscribing makes one agreement", async (last) => {
  const shop = await openShopAsBuyer({}, seats);
  const contract = { duration: "P365D", units: { seats: 2 } };
  const declared = { productId: shop.productId, contract, purchaseOrder: "PO-7" };
  const tries = await atEachRequest((lives) =>
    dying(subscription, lives, last, (provider) => provider.create(declared)),
  );
  expect(tries).toBeGreaterThan(5);
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
  const { outs } = await startRun().provider(subscription).create(declared);
  expect(outs).toMatchObject({ contract, status: "ACTIVE" });
});

test.each(ways)(
  "killed at any request, whose last one %s, taking new prices leaves one agreement in force",
  async (last) => {
    const shop = await openShopAsBuyer();
    const declared = { productId: shop.productId };
    const { id, outs } = await startRun().provider(subscription).create(declared);
    const prices = hourlyPrices({ "m5.large": "0.08", "m5.xlarge": "0.20" });
    await shop.run([change("UpdatePricingTerms", OFFER, shop.offerId, prices)]);
    const { props = {} } = await startRun().provider(subscription).read(id, outs);
    const tries = await atEachRequest((lives) =>
      dying(subscription, lives, last, (provider) => provider.update(id, props, declared)),
    );
    expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
    expect(tries).toBeGreaterThan(5);
    const found = await startRun().provider(subscription).read(id, props);
    expect(found.props).toMatchObject({ terms: { prices: { "m5.large": "0.08" } } });
  },
);
