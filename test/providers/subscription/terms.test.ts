import { AcceptAgreementRequestCommand, CreateAgreementRequestCommand } from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { change, hourlyPrices, OFFER } from "../../backend/catalog/listing";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { without } from "../../backend/agreement/buyer";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { agreementsOf, privateOffer, statusesOf } from "./offers";

const DAY = 24 * 3_600_000;
const cheaper = { "m5.large": "0.08", "m5.xlarge": "0.20" };
const newEula = {
  Terms: [{ Type: "LegalTerm", Documents: [{ Type: "CustomEula", Url: "https://example.com/eula-2.pdf" }] }],
};

test("an EULA that the seller changes shows after a refresh, and the next run accepts it", async () => {
  const shop = await openShopAsBuyer();
  const { productId, offerId, run } = shop;
  const provider = startRun().provider(subscription);
  const declared = { productId };
  const { id, outs } = await provider.create(declared);
  await run([change("UpdateLegalTerms", OFFER, offerId, newEula)]);
  const { props = {} } = await provider.read(id, outs);
  expect(props).toMatchObject({
    terms: { eula: ["StandardEula 2022-07-14"] },
    offeredTerms: { eula: [expect.stringMatching(/^CustomEula https:/)] },
  });
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: true, replaces: [] });
  const { outs: accepted } = await provider.update(id, props, declared);
  expect(accepted["terms"]).toEqual(accepted["offeredTerms"]);
  expect(accepted["agreementId"]).not.toBe(id);
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
});

test("the agreement that took the first one's place is imported by its own id, and cancelled by delete", async () => {
  const shop = await openShopAsBuyer();
  const { productId, offerId, run } = shop;
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  await run([change("UpdatePricingTerms", OFFER, offerId, hourlyPrices(cheaper))]);
  const { props = {} } = await provider.read(id, outs);
  const { outs: replaced } = await provider.update(id, props, { productId });
  const current = String(replaced["agreementId"]);

  const imported = await startRun().provider(subscription).read(current, {});
  expect(imported).toMatchObject({ id: current, props: { agreementId: current }, inputs: { offerId } });
  await provider.delete(id, replaced);
  expect(await statusesOf(shop)).toEqual(["CANCELLED", "REPLACED"]);
});

test("a run that is killed after it replaced the agreement is gone on with, whatever the state says", async () => {
  const shop = await openShopAsBuyer();
  const { productId, offerId, run } = shop;
  const declared = { productId };
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create(declared);
  await run([change("UpdatePricingTerms", OFFER, offerId, hourlyPrices(cheaper))]);
  const { props = {} } = await provider.read(id, outs);
  const { outs: lost } = await provider.update(id, props, declared);

  const { outs: found } = await startRun().provider(subscription).update(id, props, declared);
  expect(found).toEqual(lost);
  expect((await startRun().provider(subscription).read(id, props)).props).toEqual(lost);
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
});

test("a private offer is taken by its id, and takes the place of what was subscribed to before", async () => {
  const shop = await openShopAsBuyer();
  const { productId } = shop;
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  const offerId = await privateOffer(shop, { prices: cheaper });
  const declared = { productId, offerId };
  expect(await provider.diff(id, outs, declared)).toMatchObject({ changes: true, replaces: [] });
  const { outs: cheap } = await provider.update(id, outs, declared);
  expect(cheap).toMatchObject({ offerId, terms: { prices: cheaper }, endTime: expect.any(String) });
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
});

test("an offer that has expired since keeps its agreement: nothing to do, until the agreement ends", async () => {
  const clock = new TurningClock();
  const shop = await openShopAsBuyer({ clock });
  const offerId = await privateOffer(shop, { until: "2026-03-31" });
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ offerId });
  await clock.turn(60 * DAY);
  expect((await provider.read(id, outs)).props).toEqual(outs);
  expect((await provider.update(id, outs, { offerId, purchaseOrder: "PO-7" })).outs).toMatchObject({
    agreementId: id,
    purchaseOrder: "PO-7",
  });
  await clock.turn(365 * DAY);
  expect(await statusesOf(shop)).toEqual(["EXPIRED"]);
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
  await provider.delete(id, outs);
});

test("a replacement that somebody accepted by hand is followed", async () => {
  const shop = await openShopAsBuyer();
  const { productId, agreements, discover, termsOf } = shop;
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  const offerId = await privateOffer(shop, { prices: cheaper });
  const { agreementProposalId } = await discover("getOffer", { offerId });
  const { agreementRequestId } = await agreements.send(
    new CreateAgreementRequestCommand({
      intent: "REPLACE",
      sourceAgreementIdentifier: id,
      agreementProposalIdentifier: String(agreementProposalId),
      requestedTerms: without()(await termsOf(offerId)),
    }),
  );
  const { agreementId } = await agreements.send(new AcceptAgreementRequestCommand({ agreementRequestId }));
  expect((await provider.read(id, outs)).props).toMatchObject({ agreementId, offerId, status: "ACTIVE" });
});

test("what the seller cancels with the buyer's consent is gone after a refresh, and subscribed to anew", async () => {
  const shop = await openShopAsBuyer();
  const { productId } = shop;
  const provider = startRun().provider(subscription);
  const { id, outs } = await provider.create({ productId });
  await provider.delete(id, outs);
  await expect(provider.update(id, outs, { productId, purchaseOrder: "PO-7" })).rejects.toThrow(
    `Agreement ${id} has ended. Refresh the stack, and the next run subscribes anew.`,
  );
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
  const again = await startRun().provider(subscription).create({ productId });
  expect(again.id).not.toBe(id);
  expect(await agreementsOf(shop)).toHaveLength(2);
});

test("a second agreement about a product is refused with the first one's id, and what to do with it", async () => {
  const shop = await openShopAsBuyer();
  const { id } = await startRun().provider(subscription).create({ productId: shop.productId });
  const offerId = await privateOffer(shop, { prices: cheaper });
  await expect(startRun().provider(subscription).create({ offerId })).rejects.toThrow(
    new RegExp(`^offerId: Agreement ${id} .* Import that agreement as this resource.*\\[ConflictException\\]$`),
  );
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
  // As the message says.
  const { props = {} } = await startRun().provider(subscription).read(id, {});
  const { outs } = await startRun().provider(subscription).update(id, props, { offerId });
  expect(outs).toMatchObject({ offerId, terms: { prices: cheaper } });
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "REPLACED"]);
});
