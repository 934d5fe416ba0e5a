import { DescribeAgreementCommand } from "@aws-sdk/client-marketplace-agreement";
import { ListTagsForResourceCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { offer } from "../../../providers/offer/reconciler";
import { buyerOf, everything } from "../../backend/agreement/buyer";
import { startRun } from "../support/market";
import { inDays, openSales, up, upAgain } from "./sales";

test("up makes and releases the offer in one change set, a second up changes nothing, destroy lets it expire", async () => {
  const sales = await openSales();
  const before = (await sales.changeSets()).length;
  const made = await up(sales.spec());
  expect(made.outs).toMatchObject({
    offerId: made.id,
    offerArn: expect.stringContaining(made.id),
    state: "Released",
    buyerAccounts: ["444455556666"],
  });
  const sets = (await sales.changeSets()).slice(before);
  expect(sets.map(({ changes }) => changes.length)).toEqual([8]);
  expect(await sales.details(made.id)).toMatchObject({
    State: "Released",
    Name: "Log Agent for Northwind",
    ProductId: sales.productId,
  });

  expect(await upAgain(made, sales.spec())).toBeUndefined();
  expect(await startRun().provider(offer).read(made.id, made.outs)).toEqual({
    id: made.id,
    props: made.outs,
    inputs: made.inputs,
  });

  const run = startRun();
  await run.provider(offer).delete(made.id, made.outs);
  expect(await sales.offers()).toEqual([{ id: made.id, name: "Log Agent for Northwind", open: false }]);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(expect.stringContaining("never deletes"));
  const count = (await sales.changeSets()).length;
  await startRun().provider(offer).delete(made.id, made.outs);
  expect(await sales.changeSets()).toHaveLength(count);
});

test("its buyer sees and buys it, nobody else does, and the agreement outlives the offer", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  const [buyer, other] = [buyerOf(sales.market, "buyer"), buyerOf(sales.market, "partner")];
  await expect(other.discover("getOffer", { offerId: made.id })).rejects.toThrow(made.id);
  expect(await buyer.termsOf(made.id)).toMatchObject({
    usageBasedPricingTerm: { rateCards: [{ rateCard: [{ price: "0.08" }, { price: "0.16" }] }] },
    validityTerm: { agreementDuration: "P365D" },
  });
  const agreementId = await buyer.buy(made.id, everything);
  await startRun().provider(offer).delete(made.id, made.outs);
  await expect(buyer.ask(made.id, everything)).rejects.toThrow(/expired/);
  const agreement = await buyer.agreements.send(new DescribeAgreementCommand({ agreementId }));
  expect(agreement).toMatchObject({ status: "ACTIVE", proposalSummary: { offerId: made.id } });
});

test("a later end, another name and countries are changed in place", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  const wanted = sales.spec({ availabilityEndDate: inDays(60), name: "Log Agent, renewed", countries: ["US", "CA"] });
  const updated = await upAgain(made, wanted);
  expect(updated).toMatchObject({ id: made.id, replaces: [] });
  expect((await sales.changeSets()).at(-1)?.changes.toSorted()).toEqual([
    "UpdateAvailability",
    "UpdateInformation",
    "UpdateTargeting",
  ]);
  expect(await sales.offers()).toEqual([{ id: made.id, name: "Log Agent, renewed", open: true }]);
  expect(await upAgain({ ...made, ...updated }, wanted)).toBeUndefined();
});

test("another price is another offer, and the old one expires once the new one is there", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  const cheaper = sales.spec({
    pricing: { model: "usage", currency: "USD", hourly: { "m7i.large": "0.07", "m7i.xlarge": "0.14" } },
  });
  const replaced = await upAgain(made, cheaper);
  expect(replaced?.replaces).toEqual(["pricing"]);
  const offers = await sales.offers();
  expect(offers.find(({ id }) => id === made.id)?.open).toBe(false);
  expect(offers.find(({ id }) => id === replaced?.id)?.open).toBe(true);
  expect(offers).toHaveLength(2);
});

test("what somebody changes in the portal shows at refresh, and up mends it", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  await sales.change(made.id, "UpdateInformation", { Name: "Another name" });
  const { props = {}, inputs = {} } = await startRun().provider(offer).read(made.id, made.outs);
  expect(props).toMatchObject({ name: "Another name", pricing: made.outs.pricing });
  await upAgain({ id: made.id, outs: props, inputs }, sales.spec());
  expect(await sales.details(made.id)).toMatchObject({ Name: "Log Agent for Northwind" });
});

test("an offer that somebody let expire is shown so at refresh, not made again; up opens it", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  await sales.change(made.id, "UpdateAvailability", { AvailabilityEndDate: inDays(-1) });
  const { props = {}, inputs = {} } = await startRun().provider(offer).read(made.id, made.outs);
  expect(props).toMatchObject({ state: "Expired", availabilityEndDate: inDays(-1) });
  const opened = await upAgain({ id: made.id, outs: props, inputs }, sales.spec());
  expect(opened?.outs).toMatchObject({ state: "Released" });
  expect((await sales.offers()).filter(({ open }) => open)).toHaveLength(1);
});

test("an offer whose last day is over stays as it is while it is declared like that", async () => {
  const sales = await openSales();
  const made = await up(sales.spec());
  await sales.change(made.id, "UpdateAvailability", { AvailabilityEndDate: inDays(-1) });
  const { props = {}, inputs = {} } = await startRun().provider(offer).read(made.id, made.outs);
  const declared = sales.spec({ availabilityEndDate: inDays(-1) });
  expect(await upAgain({ id: made.id, outs: props, inputs }, declared)).toBeUndefined();
});

test("an offer that is there is imported whole, by its id alone", async () => {
  const sales = await openSales();
  const spec = sales.spec({
    description: "As agreed.",
    countries: ["US"],
    netPayment: "P30D",
    pricing: {
      model: "byol",
      currency: "USD",
      fixed: { price: "1200", grants: [{ dimension: "m7i.large", quantity: 5 }], duration: "P365D" },
    },
  });
  const made = await up(spec);
  const { props, inputs = {} } = await startRun().provider(offer).read(made.id, {});
  expect(inputs).toEqual({ ...spec, eula: { type: "standard", version: "2022-07-14" } });
  expect(props).toMatchObject({ offerId: made.id, state: "Released" });
  expect(
    (
      await startRun()
        .provider(offer)
        .diff(made.id, props ?? {}, inputs)
    ).changes,
  ).toBe(false);
});

test("an offer that is not there is gone at refresh; credentials of another account do not make it look so", async () => {
  const sales = await openSales();
  expect(await startRun().provider(offer).read("offer-1111111111111", {})).toEqual({ id: "" });
  const made = await up(sales.spec());
  const other = startRun({ "marketplace:profile": "partner" }).provider(offer);
  await expect(other.read(made.id, made.outs)).rejects.toThrow(/^connection: these are credentials of account/);
});

test("a run that broke off after making the offer leaves nothing to be made twice", async () => {
  const sales = await openSales();
  const lost = await up(sales.spec());
  const run = startRun();
  const found = await up(sales.spec({ availabilityEndDate: inDays(45) }), run);
  expect(found.id).toBe(lost.id);
  expect(found.outs).toMatchObject({ availabilityEndDate: inDays(45) });
  expect(await sales.offers()).toHaveLength(1);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`an earlier run made ${lost.id}; going on from there`),
  );
});

test("what a broken run made with other prices expires, so that one offer is open", async () => {
  const sales = await openSales();
  const lost = await up(sales.spec());
  const cheaper = sales.spec({
    pricing: { model: "usage", hourly: { "m7i.large": "0.01", "m7i.xlarge": "0.02" } },
  });
  const found = await up(cheaper);
  expect(found.id).not.toBe(lost.id);
  expect((await sales.offers()).filter(({ open }) => open).map(({ id }) => id)).toEqual([found.id]);
});

test("two offers of the same name for the same buyer are two, in one run", async () => {
  const sales = await openSales();
  const run = startRun();
  const [first, second] = [await up(sales.spec(), run), await up(sales.spec(), run)];
  expect(first.id).not.toBe(second.id);
});

test("tags are set with the offer, changed without a change set, and their drift is found", async () => {
  const sales = await openSales();
  const made = await up(sales.spec({ tags: { team: "sales", deal: "17" } }));
  const count = (await sales.changeSets()).length;
  const updated = await upAgain(made, sales.spec({ tags: { team: "field" } }));
  const { Tags } = await sales.catalog.send(
    new ListTagsForResourceCommand({ ResourceArn: await sales.arnOf(made.id) }),
  );
  expect(Tags).toEqual([{ Key: "team", Value: "field" }]);
  expect(updated?.outs).toMatchObject({ tags: { team: "field" } });
  expect(await sales.changeSets()).toHaveLength(count);
});
