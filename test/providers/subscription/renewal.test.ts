import {
  AcceptAgreementCancellationRequestCommand,
  MarketplaceAgreementClient,
  SendAgreementCancellationRequestCommand,
} from "@aws-sdk/client-marketplace-agreement";
import { expect, test } from "vitest";
import { subscription } from "../../../providers/subscription/reconciler";
import { connection } from "../../backend/catalog/catalog-market";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { startRun } from "../support/market";
import { openShopAsBuyer } from "../support/shop";
import { renewable, seats, statusesOf } from "./offers";

const DAY = 24 * 3_600_000;

async function subscribed(autoRenew: boolean) {
  const clock = new TurningClock();
  const shop = await openShopAsBuyer({ clock }, seats, [renewable]);
  const contract = { duration: "P365D", units: { seats: 2 } };
  const declared = { productId: shop.productId, contract, autoRenew };
  const provider = startRun().provider(subscription);
  return { ...shop, clock, declared, provider, ...(await provider.create(declared)) };
}

test("a contract that renewed itself is followed by refresh, up and delete", async () => {
  const { clock, provider, declared, id, outs, ...shop } = await subscribed(true);
  await clock.turn(366 * DAY);
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "RENEWED"]);
  const { props = {} } = await provider.read(id, outs);
  expect(props).toMatchObject({ status: "ACTIVE", contract: declared.contract });
  expect(props["agreementId"]).not.toBe(id);
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: false });
  const { outs: off } = await provider.update(id, outs, { ...declared, autoRenew: false });
  expect(off).toMatchObject({ agreementId: props["agreementId"], autoRenew: false });
  await clock.turn(366 * DAY);
  expect(await statusesOf(shop)).toEqual(["EXPIRED", "RENEWED"]);
});

test("a contract that expired is gone after a refresh; what comes after it is a new agreement", async () => {
  const { clock, provider, declared, id, outs, ...shop } = await subscribed(false);
  await clock.turn(366 * DAY);
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
  const again = await startRun().provider(subscription).create(declared);
  expect(again.id).not.toBe(id);
  expect(await statusesOf(shop)).toEqual(["ACTIVE", "EXPIRED"]);
});

test("a contract that its seller ended, as the buyer agreed to, is gone after a refresh", async () => {
  const { provider, agreements, market, id, outs } = await subscribed(true);
  const seller = new MarketplaceAgreementClient(connection(market, "seller"));
  const asked = await seller.send(
    new SendAgreementCancellationRequestCommand({ agreementId: id, reasonCode: "PRODUCT_DISCONTINUED" }),
  );
  const { agreementCancellationRequestId } = asked;
  await agreements.send(
    new AcceptAgreementCancellationRequestCommand({ agreementId: id, agreementCancellationRequestId }),
  );
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
  await provider.delete(id, outs);
});
