import { expect, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import type { Properties } from "../../../providers/provider";
import { startRun } from "../support/market";
import { openSubscribed } from "./subscribed";

async function openWithLostLaunch() {
  const shop = await openSubscribed();
  await shop.subscribe();
  const declared = { productId: shop.productId, instanceType: "m5.large", resourceName: "collector" };
  const lost = await startRun().provider(marketplaceInstance).create(declared);
  return { ...shop, declared, lost: lost.id };
}

const refusalOf = (work: Promise<unknown>): Promise<{ id: string; properties: Properties; message: string }> =>
  work.then(
    () => expect.unreachable("it was to be refused"),
    (error) => error,
  );

test.each<[string, Properties]>([
  ["another instance type", { instanceType: "m5.xlarge" }],
  ["other tags", { tags: { team: "logs" } }],
  ["another state", { desiredState: "stopped" }],
])("a program edited after a crash, to %s, changes the instance that the lost run launched", async (_what, edited) => {
  const { declared, lost, living, really } = await openWithLostLaunch();
  const run = startRun();
  const found = await run.provider(marketplaceInstance).create({ ...declared, ...edited });
  expect(found.id).toBe(lost);
  expect(await living()).toEqual([lost]);
  expect(await run.provider(marketplaceInstance).diff(lost, found.outs, { ...declared, ...edited })).toMatchObject({
    changes: false,
  });
  expect(run.host.said).toContainEqual({
    message: `going on with instance ${lost}, which an earlier run launched`,
    kind: "info",
  });
  const { InstanceType, State, Tags } = (await really(lost)) ?? {};
  expect({ InstanceType, state: State?.Name, tags: Tags ?? [] }).toEqual({
    InstanceType: edited["instanceType"] ?? "m5.large",
    state: edited["desiredState"] ?? "running",
    tags: edited["tags"] ? [{ Key: "team", Value: "logs" }] : [],
  });
});

test.each<[string, Properties, string]>([
  ["another version", { version: "1.0.0" }, "productId"],
  ["other user data", { userData: "#!/bin/sh" }, "userData"],
])("edited to %s, which EC2 cannot change, the lost instance is saved, then replaced", async (_what, edited, named) => {
  const { declared, lost, living } = await openWithLostLaunch();
  const news = { ...declared, ...edited };
  const told = await refusalOf(startRun().provider(marketplaceInstance).create(news));
  expect(told).toMatchObject({ name: "PartlyDone", id: lost, properties: { instanceId: lost, state: "running" } });
  expect(told.message).toMatch(new RegExp(`^${named}: .*launched instance ${lost} .* Run again`));
  expect(await living()).toEqual([lost]);

  const next = startRun().provider(marketplaceInstance);
  expect((await next.diff(lost, told.properties, news)).replaces).not.toEqual([]);
  const { id, outs } = await next.create(news);
  await next.delete(lost, told.properties);
  expect(await living()).toEqual([id]);
  expect(await next.diff(id, outs, news)).toMatchObject({ changes: false });
});

test("instances of other resources, other stacks, and ones without a token are never taken", async () => {
  const { declared, lost, living } = await openWithLostLaunch();
  const { id } = await startRun()
    .provider(marketplaceInstance)
    .create({ ...declared, resourceName: "collector-2", instanceType: "m5.xlarge" });
  expect(id).not.toBe(lost);
  expect(await living()).toHaveLength(2);
});

test("in preview, a product that is not known yet replaces nothing", async () => {
  const { declared, lost } = await openWithLostLaunch();
  const { props = {} } = await startRun().provider(marketplaceInstance).read(lost, declared);
  const unknown = { ...declared, productId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  expect(await startRun().provider(marketplaceInstance).diff(lost, props, unknown)).toMatchObject({
    changes: true,
    replaces: [],
  });
});
