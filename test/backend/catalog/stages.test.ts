import { CancelChangeSetCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test, vi } from "vitest";
import type { StoredEntity } from "../../../backend/catalog/entities";
import { Catalog, madeBy, openCatalog } from "./catalog-market";
import { AMI, change, createProduct, newListing, retitle } from "./listing";
import { sellerImage } from "./seller-image";
import { TurningClock } from "./turning-clock";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A marketplace that takes its time, on a clock that the test turns. */
async function openSlowCatalog() {
  const clock = new TurningClock();
  const opened = await openCatalog({ clock, latency: "realistic" });
  const draft = async (title: string) => {
    const id = await opened.start([createProduct(title)]);
    await clock.turn(HOUR);
    await clock.turn(HOUR);
    const { ChangeSet } = await opened.describe(id);
    return ChangeSet?.[0]?.Entity?.Identifier?.split("@")[0] ?? "";
  };
  const cancel = (ChangeSetId: string) => opened.catalog.send(new CancelChangeSetCommand({ Catalog, ChangeSetId }));
  return { ...opened, clock, draft, cancel };
}

test("a change set goes from PREPARING over APPLYING to SUCCEEDED, and has an end only then", async () => {
  const { clock, start, describe } = await openSlowCatalog();
  const id = await start([createProduct("Log Agent")]);
  const stage = async () => {
    const { Status, EndTime } = await describe(id);
    return [Status, EndTime];
  };
  expect(await stage()).toEqual(["PREPARING", undefined]);
  await clock.turn(MINUTE);
  expect(await stage()).toEqual(["APPLYING", undefined]);
  await clock.turn(MINUTE);
  expect(await describe(id)).toMatchObject({
    Status: "SUCCEEDED",
    StartTime: "2026-03-02T09:00:00Z",
    EndTime: "2026-03-02T09:02:00Z",
  });
});

test("most mistakes come back long before a scan would have ended", async () => {
  const { clock, start, describe, draft } = await openSlowCatalog();
  const id = await draft("Log Agent");
  const set = await start([change("AddRegions", AMI, id, { Regions: ["mars-north-1"] })]);
  await clock.turn(MINUTE);
  expect(await describe(set)).toMatchObject({ Status: "FAILED", FailureCode: "CLIENT_ERROR" });
});

test("an entity stays locked while a set that names it runs, and the refusal says which set that is", async () => {
  const { clock, start, draft } = await openSlowCatalog();
  const id = await draft("Log Agent");
  const other = await draft("Metrics Agent");
  const running = await start([retitle(id, "Second")]);
  const rename = () => start([retitle(other, "Other"), change("AddRegions", AMI, id, { Regions: ["us-east-1"] })]);
  await expect(rename()).rejects.toMatchObject({
    name: "ResourceInUseException",
    $metadata: { httpStatusCode: 423 },
    message: expect.stringMatching(new RegExp(`${id}.*${running}`)),
  });
  // The refused set left no lock behind.
  await start([retitle(other, "Free")]);
  await clock.turn(HOUR);
  await clock.turn(HOUR);
  await rename();
});

test("a set that is PREPARING can be cancelled, changes nothing, and frees its entities", async () => {
  const { clock, start, describe, draft, cancel, entity } = await openSlowCatalog();
  const id = await draft("Log Agent");
  const set = await start([retitle(id, "Second")]);
  expect(await cancel(set)).toMatchObject({ ChangeSetId: set });
  expect(await describe(set)).toMatchObject({ Status: "CANCELLED", EndTime: expect.any(String) });
  await clock.turn(24 * HOUR);
  expect(await describe(set)).toMatchObject({ Status: "CANCELLED" });
  expect(await entity(id)).toMatchObject({ EntityIdentifier: `${id}@1` });
  await start([retitle(id, "Third")]);
});

test("a set that is APPLYING or has ended can no longer be cancelled", async () => {
  const { clock, start, cancel } = await openSlowCatalog();
  const set = await start([createProduct("Log Agent")]);
  await clock.turn(MINUTE);
  await expect(cancel(set)).rejects.toMatchObject({
    name: "ResourceInUseException",
    $metadata: { httpStatusCode: 423 },
  });
  await clock.turn(HOUR);
  await expect(cancel(set)).rejects.toMatchObject({ name: "ResourceInUseException" });
  await expect(cancel("aaaaaaaaaaaaaaaaaaaaaaaaa")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a scan takes hours, a review days, and a restriction can be called off for a day", async () => {
  const { market, clock, start, describe, cancel, entity } = await openSlowCatalog();
  const image = await sellerImage(market);
  await clock.turn(HOUR);
  const listing = await start(newListing("Log Agent", image));
  await clock.turn(HOUR);
  expect(await describe(listing)).toMatchObject({ Status: "PREPARING" });
  await clock.turn(3 * HOUR);
  await clock.turn(HOUR);
  const product = madeBy(await describe(listing));

  const show = (TargetVisibility: string) => start([change("UpdateVisibility", AMI, product, { TargetVisibility })]);
  const review = await show("Public");
  await clock.turn(2 * DAY);
  expect(await describe(review)).toMatchObject({ Status: "PREPARING" });
  await clock.turn(4 * DAY);
  await clock.turn(HOUR);
  expect(await describe(review)).toMatchObject({ Status: "SUCCEEDED" });

  const restriction = await show("Restricted");
  await clock.turn(DAY);
  await cancel(restriction);
  expect((await entity(product)).DetailsDocument).toMatchObject({ Description: { Visibility: "Public" } });
});

test("a change set is remembered for 90 days after its end", async () => {
  const { clock, start, describe } = await openSlowCatalog();
  const set = await start([createProduct("Log Agent")]);
  await clock.turn(HOUR);
  await clock.turn(HOUR);
  await clock.turn(89 * 24 * HOUR);
  expect(await describe(set)).toMatchObject({ Status: "SUCCEEDED" });
  await clock.turn(2 * 24 * HOUR);
  await expect(describe(set)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("a fault of the marketplace itself ends the set, changes nothing, and frees its entities", async () => {
  const { market, draft, run, entity } = await openCatalog();
  const id = await draft("Log Agent");
  const { store } = market.market;
  // A product whose document lost its description: no rule expects that.
  const entities = store.table<StoredEntity>("catalog.entities");
  const stored = entities.get(id);
  if (stored === undefined) throw new Error("The draft is not stored.");
  await store.transaction(() => entities.put(id, { ...stored, details: {} }));
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const changeSet = await run([change("UpdateVisibility", AMI, id, { TargetVisibility: "Public" })]);
  expect(stderr.mock.calls.join()).toContain(changeSet.ChangeSetId);
  stderr.mockRestore();

  expect(changeSet).toMatchObject({
    Status: "FAILED",
    FailureCode: "SERVER_FAULT",
    ChangeSet: [{ ErrorDetailList: [] }],
  });
  expect(changeSet.FailureDescription).toContain("Try again");
  expect(await entity(id)).toMatchObject({ EntityIdentifier: `${id}@1`, DetailsDocument: {} });
  await store.transaction(() => entities.put(id, stored));
  expect(await run([retitle(id, "Second")])).toMatchObject({ Status: "SUCCEEDED" });
});
