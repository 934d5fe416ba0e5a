import { ConfigureRequest, CreateRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { providerText } from "../../../providers/resource";
import { subscription } from "../../../providers/subscription/reconciler";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { startRun } from "../support/market";
import { type Plugin, startPlugin } from "../support/plugin";
import { openShopAsBuyer } from "../support/shop";
import { agreementsOf, seats, statusesOf } from "./offers";

async function create({ client }: Plugin, productId: string): Promise<string> {
  const configuration = new ConfigureRequest();
  configuration.setArgs(Struct.fromJavaScript({}));
  await new Promise<void>((resolve, reject) => {
    client.configure(configuration, (error) => (error === null ? resolve() : reject(error)));
  });
  const request = new CreateRequest();
  request.setProperties(Struct.fromJavaScript({ productId, __provider: providerText("Subscription") }));
  return new Promise((resolve, reject) => {
    client.create(request, (error, response) => (error === null ? resolve(response.getId()) : reject(error)));
  });
}

const contract = (count: number) => ({ duration: "P365D", units: { seats: count } });

test("a process that is killed after it accepted leaves one agreement, which the next run takes over", async () => {
  const clock = new TurningClock();
  const ticking = setInterval(() => void clock.turn(6 * 3_600_000), 5);
  const shop = await openShopAsBuyer({ clock, latency: "realistic" });
  clearInterval(ticking);
  const killed = await startPlugin({});
  const lost = create(killed, shop.productId).catch(String);
  await expect
    .poll(() => killed.logged.map(({ message }) => message), { timeout: 10_000 })
    .toContainEqual(expect.stringMatching(/^accepted; waiting until agreement/));
  killed.kill();
  expect(await lost).toContain("UNAVAILABLE");
  await clock.turn(60_000);

  const id = await create(await startPlugin({}), shop.productId);
  expect(await agreementsOf(shop)).toEqual([{ agreementId: id, status: "ACTIVE" }]);
});

test("what a lost run bought is brought to what is declared by now", async () => {
  const shop = await openShopAsBuyer({}, seats);
  const { productId } = shop;
  const lost = await startRun()
    .provider(subscription)
    .create({ productId, contract: contract(2) });
  const run = startRun();
  const found = await run.provider(subscription).create({ productId, contract: contract(3) });
  expect(found).toMatchObject({ id: lost.id, outs: { contract: contract(3) } });
  expect(run.host.said.map(({ message }) => message)).toContain(
    `going on with agreement ${lost.id}, which this account has from the offer already`,
  );
  await expect(
    startRun()
      .provider(subscription)
      .create({ productId, contract: contract(1) }),
  ).rejects.toMatchObject({
    name: "PartlyDone",
    id: lost.id,
    properties: { contract: contract(3) },
    message: expect.stringMatching(/^contract: /),
  });
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});

test("two subscriptions to one product, made at the same time, are one agreement", async () => {
  const shop = await openShopAsBuyer();
  const declared = { productId: shop.productId };
  const run = startRun();
  const both = await Promise.all([
    run.provider(subscription).create(declared),
    run.provider(subscription).create(declared),
  ]);
  expect(new Set(both.map(({ id }) => id)).size).toBe(1);
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});

test("a resource that is renamed in the program keeps its agreement", async () => {
  const shop = await openShopAsBuyer();
  const declared = { productId: shop.productId };
  const old = await startRun().provider(subscription).create(declared);
  const run = startRun();
  const renamed = await run.provider(subscription).create(declared);
  await run.provider(subscription).delete(old.id, old.outs);
  expect(renamed.id).toBe(old.id);
  expect(await statusesOf(shop)).toEqual(["ACTIVE"]);
});
