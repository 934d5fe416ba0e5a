import { DescribeAgreementCommand, SearchAgreementsCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { change, hourlyPrices, OFFER } from "../../backend/catalog/listing";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";

type Shop = Awaited<ReturnType<typeof openShopAsBuyer>>;

async function statusesOf({ agreements }: Shop) {
  const filters = [
    { name: "PartyType", values: ["Acceptor"] },
    { name: "AgreementType", values: ["PurchaseAgreement"] },
  ];
  const { agreementViewSummaries = [] } = await agreements.send(new SearchAgreementsCommand({ filters }));
  return agreementViewSummaries.map(({ status }) => status).toSorted();
}

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
  expect(await provider.read(id, outs)).toMatchObject({ id, props: outs });

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

  const { props = {} } = await provider.read(id, outs);
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

test("a subscription to nothing is refused before anything is sent; one to an unknown product says so", async () => {
  const { market } = await openShopAsBuyer();
  const provider = startRun().provider(subscription);
  expect((await provider.check({}, { productID: "prod-1" })).failures).toEqual([
    { property: "productID", reason: expect.stringContaining("Did you mean productId?") },
    { property: "productId", reason: expect.stringContaining("needs productId, or offerId") },
  ]);
  expect(market.endpoint).toBeTruthy();
  await expect(provider.create({ productId: "prod-0000000000000" })).rejects.toThrow(
    "there is no public offer of prod-0000000000000",
  );
});
