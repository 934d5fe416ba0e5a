import { ListEntitiesCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { Catalog, openCatalog } from "./catalog-market";
import { change, createProduct, OFFER } from "./listing";
import { TurningClock } from "./turning-clock";

const SECOND = 1000;

test("five change sets a second are accepted, and the sixth is throttled until time has passed", async () => {
  const clock = new TurningClock();
  const { start, as } = await openCatalog({ clock, limits: true });
  const one = () => start([createProduct("Log Agent")]);
  for (let count = 0; count < 5; count++) await one();
  await expect(one()).rejects.toMatchObject({ name: "ThrottlingException", $metadata: { httpStatusCode: 429 } });
  // Another account has a rate of its own.
  await as("partner").start([createProduct("Log Agent")]);
  await clock.turn(SECOND / 5);
  await one();
  await expect(one()).rejects.toMatchObject({ name: "ThrottlingException" });
});

test("each operation has its own rate", async () => {
  const { catalog, start } = await openCatalog({ clock: new TurningClock(), limits: true });
  const list = () => catalog.send(new ListEntitiesCommand({ Catalog, EntityType: "AmiProduct" }));
  for (let count = 0; count < 10; count++) await list();
  await expect(list()).rejects.toMatchObject({ name: "ThrottlingException" });
  await start([createProduct("Log Agent")]);
});

test("an account has at most 250 open change sets", async () => {
  const clock = new TurningClock();
  const { start } = await openCatalog({ clock, latency: "realistic", limits: true });
  for (let count = 0; count < 250; count++) {
    if (count % 5 === 0) await clock.turn(SECOND);
    await start([createProduct(`Agent ${count}`)]);
  }
  await clock.turn(SECOND);
  await expect(start([createProduct("One more")])).rejects.toMatchObject({
    name: "ServiceQuotaExceededException",
    $metadata: { httpStatusCode: 402 },
  });
});

test("at most 20 offers are made or changed at once", async () => {
  const clock = new TurningClock();
  const { start } = await openCatalog({ clock, latency: "realistic", limits: true });
  await start(offers(19));
  await expect(start(offers(2))).rejects.toMatchObject({
    name: "ServiceQuotaExceededException",
    message: expect.stringContaining("20"),
  });
  await start(offers(1));
  await expect(start(offers(1))).rejects.toMatchObject({ name: "ServiceQuotaExceededException" });
});

test("without limits nothing is throttled", async () => {
  const { start } = await openCatalog({ clock: new TurningClock(), limits: false });
  const sets = new Set<string>();
  for (let count = 0; count < 12; count++) sets.add(await start([createProduct("Log Agent")]));
  expect(sets.size).toBe(12);
});

function offers(count: number) {
  const offer = change("CreateOffer", OFFER, undefined, { ProductId: "$Agent.Entity.Identifier" });
  return [createProduct("Log Agent", "Agent"), ...Array.from({ length: count }, () => offer)];
}
