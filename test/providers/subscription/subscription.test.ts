import { DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { change, hourlyPrices, OFFER } from "../../backend/catalog/listing";
import type { Properties } from "../../../providers/provider";
import { unknownText } from "../../../providers/unknown";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { statusesOf } from "./offers";

test("a product is subscribed to by its public offer, with prices and EULA in the state, and cancelled", async () => {
  const shop = await openShopAsBuyer();
  const { productId, offerId, agreements } = shop;
  const provider = startRun().provider(subscription);
  const declared = { productId };
  const { id, outs } = await provider.create(declared);
  expect(outs).toMatchObject({
    agreementId: id,
    productId,
    offerId,
    status: "ACTIVE",
    terms: { prices: { "m5.large": "0.10", "m5.xlarge": "0.20" }, eula: ["StandardEula 2022-07-14"] },
  });
  expect(outs.offeredTerms).toEqual(outs.terms);
  expect(await provider.diff(id, outs, declared)).toMatchObject({ changes: false });
  const read = await provider.read(id, outs);
  expect(read).toMatchObject({ id, props: outs });
  expect(read.inputs).toEqual(declared);

  await provider.delete(id, outs);
  expect(await agreements.send(new DescribeAgreementCommand({ agreementId: id }))).toMatchObject({
    status: "CANCELLED",
  });
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
  await provider.delete(id, outs);
});

test("accepting twice is one agreement", async () => {
  const shop = await openShopAsBuyer();
  const first = await startRun().provider(subscription).create({ productId: shop.productId });
  const second = await startRun().provider(subscription).create({ offerId: shop.offerId });
  expect(second.id).toBe(first.id);
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});

test("a price that the seller changes shows after a refresh, and the next run takes it", async () => {
  const shop = await openShopAsBuyer();
  const { productId, offerId, run } = shop;
  const provider = startRun().provider(subscription);
  const declared = { productId };
  const { id, outs } = await provider.create(declared);
  await run([change("UpdatePricingTerms", OFFER, offerId, hourlyPrices({ "m5.large": "0.08", "m5.xlarge": "0.20" }))]);

  const { props = {}, inputs } = await provider.read(id, outs);
  expect(inputs).toEqual(declared);
  expect(props).toMatchObject({
    terms: { prices: { "m5.large": "0.10" } },
    offeredTerms: { prices: { "m5.large": "0.08" } },
  });
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: true, replaces: [] });
  const { outs: taken } = await provider.update(id, props, declared);
  expect(taken).toMatchObject({ status: "ACTIVE", terms: { prices: { "m5.large": "0.08" } } });
  expect(await provider.diff(id, taken, declared)).toMatchObject({ changes: false });
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
});

test("a subscription to an unknown product says so", async () => {
  await openShopAsBuyer();
  await expect(startRun().provider(subscription).create({ productId: "prod-0000000000000" })).rejects.toThrow(
    "productId: there is no public offer of prod-0000000000000",
  );
});

test.each<[string, Properties, readonly (readonly [string, string])[]]>([
  ["nothing to buy", {}, [["productId", "needs productId, or offerId"]]],
  ["a misspelt property", { productID: "prod-1", offerId: "offer-1" }, [["productID", "Did you mean productId?"]]],
  [
    "ids of something else",
    { productId: "offer-1", offerId: "agmt-1" },
    [
      ["productId", "prod-"],
      ["offerId", "offer-"],
    ],
  ],
  [
    "a contract without its parts",
    { productId: "prod-1", contract: {} },
    [
      ["contract.duration", "P365D"],
      ["contract.units", "how many"],
    ],
  ],
  [
    "a duration and units that are none",
    { productId: "prod-1", contract: { duration: "a year", units: { "m5.large": 0.5, "m5.xlarge": 2 } } },
    [
      ["contract.duration", "P365D"],
      ['contract.units["m5.large"]', "whole number"],
    ],
  ],
  ["a contract that is a text", { productId: "prod-1", contract: "P365D" }, [["contract", "duration and units"]]],
  [
    "a switch and a number of other types",
    { productId: "prod-1", autoRenew: "yes", purchaseOrder: 7 },
    [
      ["autoRenew", "true or false"],
      ["purchaseOrder", "as a text"],
    ],
  ],
])("%s is told before anything is sent", async (_what, inputs, expected) => {
  const { failures } = await startRun().provider(subscription).check({}, inputs);
  expect(failures.map(({ property, reason }) => [property, reason])).toEqual(
    expected.map(([property, reason]) => [property, expect.stringContaining(reason)]),
  );
});

test("in preview, what is not known yet is no mistake, and replaces nothing", async () => {
  const provider = startRun().provider(subscription);
  const contract = { duration: unknownText, units: { "m5.large": unknownText } };
  const unknown = { productId: unknownText, contract, autoRenew: unknownText, purchaseOrder: unknownText };
  expect((await provider.check({}, unknown)).failures).toEqual([]);
  const olds = { productId: "prod-1", agreementId: "agmt-1", terms: {}, offeredTerms: {} };
  expect(await provider.diff("agmt-1", olds, { productId: unknownText })).toMatchObject({
    changes: true,
    replaces: [],
  });
});
