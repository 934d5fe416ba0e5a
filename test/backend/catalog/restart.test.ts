import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend";
import { catalogOf } from "./catalog-market";
import { AMI, change, createProduct, retitle } from "./listing";
import { TurningClock } from "./turning-clock";

const MINUTE = 60_000;

function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "catalog-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test("a change set goes on after a restart, from whichever stage it was in", async () => {
  const dataDir = dataDirectory();
  const clock = new TurningClock();
  const open = () => startMarketplace({ dataDir, clock, latency: "realistic", limits: false });

  let market = await open();
  const set = await catalogOf(market).start([createProduct("Log Agent")], { ClientRequestToken: "first" });
  const statuses: (string | undefined)[] = [];
  for (let restarts = 0; restarts < 3; restarts++) {
    await market.close();
    market = await open();
    statuses.push((await catalogOf(market).describe(set)).Status);
    await clock.turn(MINUTE);
    statuses.push((await catalogOf(market).describe(set)).Status);
  }
  expect(statuses).toEqual(["PREPARING", "APPLYING", "APPLYING", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
  // The token is remembered too.
  const again = await catalogOf(market).start([createProduct("Log Agent")], { ClientRequestToken: "first" });
  expect(again).toBe(set);
  await market.close();
});

test("locks hold over a restart, and end with the set that holds them", async () => {
  const dataDir = dataDirectory();
  const clock = new TurningClock();
  let market = await startMarketplace({ dataDir, clock, limits: false });
  const id = await catalogOf(market).draft("Log Agent");
  await market.close();

  market = await startMarketplace({ dataDir, clock, latency: "realistic", limits: false });
  await catalogOf(market).start([retitle(id, "Second")]);
  await market.close();

  market = await startMarketplace({ dataDir, clock, latency: "realistic", limits: false });
  const catalog = catalogOf(market);
  const rename = () => catalog.start([change("AddRegions", AMI, id, { Regions: ["us-east-1"] })]);
  await expect(rename()).rejects.toMatchObject({ name: "ResourceInUseException" });
  await clock.turn(60 * MINUTE);
  await clock.turn(60 * MINUTE);
  expect(await catalog.entity(id)).toMatchObject({ EntityIdentifier: `${id}@2` });
  await rename();
  await market.close();
});
