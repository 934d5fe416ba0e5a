import { ListAgreementChargesCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { endContract } from "../../backend/agreement/end-contract";
import { change, OFFER } from "../../backend/catalog/listing";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { agreementsOf, hourlyAndAnnual, renewable, seats, type Shop, statusesOf } from "./offers";

const yearly = { "m5.large": "365", "m5.xlarge": "730" };
const openHourlyAndAnnual = () => openShopAsBuyer({}, { UpdatePricingTerms: hourlyAndAnnual(yearly) });
const openSeats = () => openShopAsBuyer({}, seats, [renewable]);

const contract = { duration: "P365D", units: { "m5.large": 1 } };
const tenSeats = { duration: "P365D", units: { seats: 10 } };

async function chargesOf({ agreements }: Shop, agreementId: string) {
  const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
  return items.map(({ amount, purchaseOrderReference }) => [amount, purchaseOrderReference]);
}

test("by the hour and by the year are two subscriptions, and the first comes first", async () => {
  const shop = await openHourlyAndAnnual();
  const { productId } = shop;
  const provider = startRun().provider(subscription);
  const byTheYear = { productId, contract };
  await expect(provider.create(byTheYear)).rejects.toThrow(/^contract: .* without contract too.*dependsOn/);
  expect(await statusesOf(shop)).toEqual([]);

  const hours = await provider.create({ productId });
  const year = await provider.create(byTheYear);
  expect(year.id).not.toBe(hours.id);
  expect(hours.outs.terms).toMatchObject({ prices: { "m5.large": "0.10" } });
  expect(hours.outs.terms).not.toHaveProperty("contractPrices");
  expect(year.outs.terms).toMatchObject({ contractPrices: { P365D: { "m5.large": "365" } } });
  expect(year.outs.endTime).toBeDefined();
  for (const [declared, { id, outs }] of [[{ productId }, hours] as const, [byTheYear, year] as const]) {
    const { props = {} } = await provider.read(id, outs);
    expect(props).toEqual(outs);
    expect(await provider.diff(id, props, declared)).toMatchObject({ changes: false, replaces: [] });
  }
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "ACTIVE"]);
});

test("more units are an amendment of the same agreement; fewer are refused with the property's name", async () => {
  const shop = await openSeats();
  const declared = { productId: shop.productId, contract: tenSeats, purchaseOrder: "PO-7" };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  expect(await chargesOf(shop, id)).toEqual([["3650.00", "PO-7"]]);

  const more = { ...declared, contract: { duration: "P365D", units: { seats: 12 } } };
  expect(await provider.diff(id, outs, more)).toMatchObject({ changes: true, replaces: [] });
  const { outs: grown } = await provider.update(id, outs, more);
  expect(grown).toMatchObject({ agreementId: id, contract: more.contract });
  expect(await chargesOf(shop, id)).toEqual(
    expect.arrayContaining([
      ["3650.00", "PO-7"],
      ["730.00", "PO-7"],
    ]),
  );

  const fewer = { ...declared, contract: { duration: "P365D", units: { seats: 3 } } };
  await expect(provider.update(id, grown, fewer)).rejects.toThrow(/^contract: .*only grow.*INVALID_INCREMENTAL_CHARGE/);
  expect((await provider.read(id, grown)).props).toEqual(grown);
});

test("another duration is another agreement in the place of the first, and the resource goes on with it", async () => {
  const shop = await openSeats();
  const declared = { productId: shop.productId, contract: tenSeats };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  const longer = { ...declared, contract: { duration: "P1095D", units: { seats: 10 } } };
  const { outs: renewed } = await provider.update(id, outs, longer);
  expect(renewed["agreementId"]).not.toBe(id);
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
  expect((await provider.read(id, renewed)).props).toEqual(renewed);
});

test("renewal is switched on and off, and somebody else's switch is drift", async () => {
  const shop = await openSeats();
  const declared = { productId: shop.productId, contract: tenSeats, autoRenew: true };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  const off = { productId: shop.productId, contract: tenSeats };
  expect(await provider.diff(id, outs, off)).toMatchObject({ changes: true, replaces: [] });
  const { outs: without } = await provider.update(id, outs, off);
  expect(without).not.toHaveProperty("autoRenew");
  // As somebody does in the console.
  await startRun().provider(subscription).update(id, without, declared);

  const { props = {}, inputs } = await provider.read(id, without);
  expect(inputs).toMatchObject({ autoRenew: true });
  expect(await provider.diff(id, props, off)).toMatchObject({ changes: true });
  const { outs: mended } = await provider.update(id, props, off);
  expect((await provider.read(id, mended)).props).toEqual(mended);
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});

test("a purchase order's number goes onto the charges, changes there, and comes off", async () => {
  const shop = await openSeats();
  const declared = { productId: shop.productId, contract: tenSeats };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ ...declared, purchaseOrder: "PO-7" });
  const { outs: changed } = await provider.update(id, outs, { ...declared, purchaseOrder: "PO-8" });
  expect(await chargesOf(shop, id)).toEqual([["3650.00", "PO-8"]]);
  expect(await provider.diff(id, changed, declared)).toMatchObject({ changes: true });
  const { outs: bare } = await provider.update(id, changed, declared);
  expect(await chargesOf(shop, id)).toEqual([["3650.00", undefined]]);
  expect(await provider.diff(id, bare, declared)).toMatchObject({ changes: false });
});

test("what is paid upfront cannot be cancelled: the error says what can be done, and nothing is", async () => {
  const shop = await openSeats();
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId: shop.productId, contract: tenSeats });
  await expect(provider.delete(id, outs)).rejects.toThrow(
    /paid upfront and lasts until its end.* set autoRenew to false.*state delete/,
  );
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});

test("hours are not cancelled while the contract that adds to them lasts; once it has ended, they are", async () => {
  const shop = await openHourlyAndAnnual();
  const provider = startRun().provider(subscription);
  const hours = await provider.create({ productId: shop.productId });
  const year = await provider.create({ productId: shop.productId, contract });
  await expect(provider.delete(hours.id, hours.outs)).rejects.toThrow(
    new RegExp(`^Agreement ${year.id} is paid ahead and adds to agreement ${hours.id}. It has to end first. `),
  );
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "ACTIVE"]);
  await endContract(shop.market, year.id);
  await provider.delete(year.id, year.outs);
  await provider.delete(hours.id, hours.outs);
  expect(await statusesOf(shop)).toEqual(["CANCELLED", "CANCELLED"]);
});

test("a new price of what is paid upfront shows, but is not paid a second time", async () => {
  const shop = await openSeats();
  const declared = { productId: shop.productId, contract: tenSeats };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  const cheaper = JSON.parse(JSON.stringify(seats.UpdatePricingTerms).replaceAll('"365"', '"300"')) as object;
  await shop.run([change("UpdatePricingTerms", OFFER, shop.offerId, cheaper as never)]);
  const { props = {} } = await provider.read(id, outs);
  expect(props).toMatchObject({
    terms: { contractPrices: { P365D: { seats: "365" } } },
    offeredTerms: { contractPrices: { P365D: { seats: "300" } } },
  });
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: false });
});

test("an agreement is imported by its id with what was chosen", async () => {
  const shop = await openSeats();
  const declared = { offerId: shop.offerId, contract: tenSeats, autoRenew: true };
  const { id } = await startRun().provider(subscription).create(declared);
  const provider = startRun().provider(subscription);
  const { props = {}, inputs } = await provider.read(id, {});
  expect(inputs).toEqual(declared);
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: false, replaces: [] });
});

test("to change between use and contract is to replace, never to move one agreement to the other", async () => {
  const provider = startRun().provider(subscription);
  const olds = { productId: "prod-1", agreementId: "agmt-1", terms: {}, offeredTerms: {} };
  expect(await provider.diff("agmt-1", olds, { productId: "prod-1", contract })).toMatchObject({
    replaces: ["contract"],
    deleteBeforeReplace: true,
  });
  expect(await provider.diff("agmt-1", { ...olds, contract }, { productId: "prod-1" })).toMatchObject({
    replaces: ["contract"],
  });
});

test.each([
  [
    "a contract where all is paid by use",
    "hourly",
    { contract },
    /^contract: offer .* has nothing that is paid at once/,
  ],
  ["no contract where all is paid at once", "seats", {}, /^contract: offer .* is paid at once.*P365D or P1095D/],
  ["renewal where there is none", "hourly", { autoRenew: true }, /^autoRenew: offer .* cannot be renewed/],
  [
    "a duration without a price",
    "seats",
    { contract: { duration: "P30D", units: { seats: 1 } } },
    /^contract: There is no price for P30D.*P365D/,
  ],
  [
    "a unit that there is not",
    "seats",
    { contract: { duration: "P365D", units: { chairs: 1 } } },
    /^contract: "chairs" has no price.*seats/,
  ],
])("%s is refused by name, and nothing is bought", async (_what, kind, declared, expected) => {
  const shop = await (kind === "seats" ? openSeats() : openShopAsBuyer());
  const provider = startRun().provider(subscription);
  await expect(provider.create({ productId: shop.productId, ...declared })).rejects.toThrow(expected);
  expect(await agreementsOf(shop)).toEqual([]);
});
