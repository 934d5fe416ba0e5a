import { StartChangeSetCommand } from "@aws-sdk/client-marketplace-catalog";
import { expect, test } from "vitest";
import { amiProduct } from "../../../providers/ami-product/reconciler";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { openMarket, startRun } from "../support/market";
import { jumpingTime } from "../support/recording-host";
import { openSeller } from "../support/seller";

/** A marketplace that takes as long as AWS does, on a clock that the providers' waiting turns. */
async function setUp() {
  const clock = new TurningClock();
  const market = await openMarket({ clock, latency: "realistic" });
  // A snapshot takes its time as well.
  const ticking = setInterval(() => void clock.turn(60_000), 20);
  const seller = await openSeller(market);
  clearInterval(ticking);
  const time = jumpingTime(clock.now().getTime(), async (milliseconds) => {
    void clock.turn(milliseconds);
    await new Promise(setImmediate);
  });
  return { clock, market, seller, startRun: () => startRun({}, time) };
}

test("up waits through the scan with progress, but not for the visibility review; later runs follow it", async () => {
  const { seller, clock, startRun: start } = await setUp();
  const run = start();
  const provider = run.provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing() });
  const { id, outs } = await provider.create(inputs);
  expect(outs).toMatchObject({
    visibility: "Limited",
    pendingRequest: {
      changeSetId: expect.stringMatching(/./),
      since: expect.stringMatching(/Z$/),
      waitsFor: expect.stringContaining("review"),
    },
  });
  const progress = run.host.said.filter(({ message }) => /change set \w+ is PREPARING/.test(message));
  expect(progress.length).toBeGreaterThan(10);

  // Nothing has happened by the next day: the next up looks, and leaves it at that.
  await clock.turn(86_400_000);
  const next = start().provider(amiProduct);
  expect(await next.diff(id, outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  const { outs: still } = await next.update(id, outs, inputs);
  expect(still).toMatchObject({ visibility: "Limited", pendingRequest: outs.pendingRequest });
  expect(await seller.changeSets()).toHaveLength(2);

  await clock.turn(10 * 86_400_000);
  const refreshed = await start().provider(amiProduct).read(id, still);
  expect(refreshed.props).toMatchObject({ visibility: "Public" });
  expect(refreshed.props?.pendingRequest).toBeUndefined();
  const later = start().provider(amiProduct);
  expect(await later.diff(id, refreshed.props ?? {}, inputs)).toMatchObject({ changes: false });
  const { outs: followed } = await later.update(id, still, inputs);
  expect(followed).toMatchObject({ visibility: "Public" });
  expect(await seller.changeSets()).toHaveLength(2);
});

test("Ctrl-C in the middle of a create ends at once; the next up goes on with the same change set", async () => {
  const { seller, startRun: start } = await setUp();
  const run = start();
  const provider = run.provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing() });
  const ended = provider.create(inputs).catch(String);
  await expect.poll(() => run.host.said.length).toBeGreaterThan(3);
  run.host.stop();
  expect(await ended).toMatch(/Change set \w+ \(create Example Corp Log Agent\) is PREPARING and goes on at AWS/);
  expect(await seller.products()).toEqual([]);

  const next = start();
  const { id } = await next.provider(amiProduct).create(inputs);
  expect(next.host.said.map(({ message }) => message)).toContainEqual(expect.stringContaining("found change set"));
  expect((await seller.products()).map((product) => product.id)).toEqual([id]);
  expect((await seller.changeSets()).map(({ changes }) => changes.length)).toEqual([14, 1]);
});

test("destroy calls off a review that is under way, and does not wait for its own", async () => {
  const { seller, startRun: start, clock } = await setUp();
  const provider = start().provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing() });
  const { id, outs } = await provider.create(inputs);
  const run = start();
  await run.provider(amiProduct).delete(id, outs);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("AWS is reviewing the restriction"),
  );
  expect((await seller.changeSets()).map(({ status }) => status)).toEqual(["SUCCEEDED", "CANCELLED", "PREPARING"]);
  await clock.turn(3 * 86_400_000);
  expect(await seller.products()).toEqual([{ id, visibility: "Restricted" }]);
});

test("a change of mind about visibility calls the review off", async () => {
  const { seller, startRun: start } = await setUp();
  const provider = start().provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing() });
  const { id, outs } = await provider.create(inputs);
  const limited = { ...inputs, visibility: "Limited" };
  const { outs: updated } = await start().provider(amiProduct).update(id, outs, limited);
  expect(updated).toMatchObject({ visibility: "Limited" });
  expect(updated.pendingRequest).toBeUndefined();
  expect((await seller.changeSets()).map(({ status }) => status)).toEqual(["SUCCEEDED", "CANCELLED"]);
});

test("a listing that somebody else is changing is waited for, not failed", async () => {
  const { seller, startRun: start } = await setUp();
  const provider = start().provider(amiProduct);
  const { inputs } = await provider.check({}, { ...seller.listing({ visibility: "Limited" }) });
  const { id, outs } = await provider.create(inputs);
  await seller.catalog.send(
    new StartChangeSetCommand({
      Catalog: "AWSMarketplace",
      ChangeSetName: "From the portal",
      ChangeSet: [
        {
          ChangeType: "UpdateInformation",
          Entity: { Type: "AmiProduct@1.0", Identifier: id },
          DetailsDocument: { SearchKeywords: ["portal"] },
        },
      ],
    }),
  );
  const run = start();
  const changed = { ...inputs, shortDescription: "Ships logs." };
  const { outs: updated } = await run.provider(amiProduct).update(id, outs, changed);
  expect(run.host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("(From the portal, since "),
  );
  expect(updated).toMatchObject({ shortDescription: "Ships logs.", searchKeywords: ["logs", "syslog"] });
  expect(await seller.details(id)).toMatchObject({
    Description: { SearchKeywords: ["logs", "syslog"], ShortDescription: "Ships logs." },
  });
});
