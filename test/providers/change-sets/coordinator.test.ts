import { expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import { EntityWasBusy, type ChangeSetRequest } from "../../../providers/change-sets/change-set";
import { ChangeSets } from "../../../providers/change-sets/coordinator";
import { recordingHost } from "../support/recording-host";
import { scriptedCatalog, type Script } from "../support/scripted-catalog";

function setUp(script?: (nth: number) => Script) {
  const host = recordingHost();
  const scripted = scriptedCatalog(host.time, script);
  return { host, ...scripted, changeSets: new ChangeSets(scripted.catalog, host) };
}

const update = (id: string, type = "AmiProduct@1.0"): Change => ({
  changeType: "UpdateInformation",
  entity: { type, identifier: id },
  details: { ProductTitle: "Log Agent" },
});

const request = (id: string, more: Partial<ChangeSetRequest> = {}): ChangeSetRequest => ({
  subject: "Log Agent",
  purpose: "update",
  identity: [id, "1"],
  changes: [update(id)],
  ...more,
});

const noProperty = () => "";

test("a change set is started once and followed to its end", async () => {
  const { changeSets, started, host } = setUp(() => ({ seconds: 3 * 3600 }));
  const outcome = await changeSets.run(request("prod-1"), noProperty);
  expect(outcome).toMatchObject({ done: true, changeSet: { id: "cs-1", status: "SUCCEEDED" } });
  expect(started).toHaveLength(1);
  expect(host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("Log Agent: change set cs-1 is PREPARING"),
  );
  expect(host.said.map(({ message }) => message)).toContainEqual(
    expect.stringContaining("Log Agent: change set cs-1 is APPLYING"),
  );
});

test("three hours of scanning cost a look a minute, not one a second", async () => {
  const { changeSets, calls } = setUp(() => ({ seconds: 3 * 3600 }));
  await changeSets.run(request("prod-1"), noProperty);
  expect(calls.length).toBeGreaterThan(100);
  expect(calls.length).toBeLessThan(200);
});

test("many change sets are followed with one list, not a description each", async () => {
  const { changeSets, calls } = setUp(() => ({ seconds: 600 }));
  await Promise.all(Array.from({ length: 100 }, (_, i) => changeSets.run(request(`prod-${i}`), noProperty)));
  expect(calls.filter((call) => call === "describe").length).toBeLessThan(150);
  expect(calls.filter((call) => call === "list").length).toBeLessThan(60);
});

test("no more than 20 offers are changed at once", async () => {
  const { changeSets, started, busiest } = setUp(() => ({ seconds: 60 }));
  const offers = Array.from({ length: 50 }, (_, i) =>
    changeSets.run(request(`offer-${i}`, { changes: [update(`offer-${i}`, "Offer@1.0")] }), noProperty),
  );
  await Promise.all(offers);
  expect(started).toHaveLength(50);
  expect(busiest.now).toBe(20);
});

test("no more than 250 change sets are open at once", async () => {
  const { changeSets, busiest } = setUp(() => ({ seconds: 60 }));
  await Promise.all(Array.from({ length: 300 }, (_, i) => changeSets.run(request(`prod-${i}`), noProperty)));
  expect(busiest.now).toBe(250);
});

test("a failure names the property and says that nothing changed", async () => {
  const errors = [{ code: "UNKNOWN_DIMENSION", message: "m7g.large has a price but is no dimension." }];
  const { changeSets } = setUp(() => ({ status: "FAILED", errors }));
  await expect(changeSets.run(request("prod-1"), () => 'pricing.hourly["m7g.large"]')).rejects.toThrow(
    'Change set cs-1 failed and changed nothing:\n  pricing.hourly["m7g.large"]: m7g.large has a price but is no dimension. [UNKNOWN_DIMENSION]',
  );
});

test("a cancelled change set is told as such", async () => {
  const { changeSets } = setUp(() => ({ status: "CANCELLED" }));
  await expect(changeSets.run(request("prod-1"), noProperty)).rejects.toThrow("cs-1 was cancelled and changed nothing");
});

test("a failure of AWS's own making is sent again", async () => {
  const { changeSets, started, host } = setUp((nth) =>
    nth < 3 ? { status: "FAILED", failureCode: "SERVER_FAULT" } : {},
  );
  await changeSets.run(request("prod-1"), noProperty);
  expect(started).toHaveLength(3);
  expect(new Set(started.map(({ token }) => token)).size).toBe(3);
  expect(host.said.filter(({ kind }) => kind === "warning")).toHaveLength(2);
});

test("a repeat after a crash follows the change set that the first run started", async () => {
  const { changeSets, catalog, started, host } = setUp(() => ({ seconds: 3600 }));
  void changeSets.run(request("new"), noProperty);
  await host.time.sleep(60_000);
  const afterCrash = new ChangeSets(catalog, host);
  const earlier = await afterCrash.find(request("new"));
  const outcome = await afterCrash.run({ ...request("new"), earlier }, noProperty);
  expect(outcome.changeSet).toMatchObject({ id: "cs-1", status: "SUCCEEDED" });
  expect(started).toHaveLength(1);
  expect(host.said.map(({ message }) => message)).toContainEqual(expect.stringContaining("found change set cs-1"));
});

test("a repeat that cannot see the first run's change set yet is given the same one by AWS", async () => {
  const { changeSets, catalog, started, host } = setUp(() => ({ seconds: 3600 }));
  void changeSets.run(request("new"), noProperty);
  await host.time.sleep(1_000);
  const outcome = await new ChangeSets(catalog, host).run(request("new"), noProperty);
  expect(outcome.changeSet.id).toBe("cs-1");
  expect(started).toHaveLength(1);
});

test("a repeat after a failure is a new attempt", async () => {
  const { changeSets, started } = setUp((nth) => (nth === 1 ? { status: "FAILED" } : {}));
  await expect(changeSets.run(request("new"), noProperty)).rejects.toThrow("cs-1 failed");
  const earlier = await changeSets.find(request("new"));
  expect((await changeSets.run({ ...request("new"), earlier }, noProperty)).changeSet.id).toBe("cs-2");
  expect(started[0]?.token).not.toBe(started[1]?.token);
});

test("an update whose token AWS remembers as failed in an earlier run is tried anew", async () => {
  const { changeSets, host } = setUp((nth) => (nth === 1 ? { status: "FAILED" } : {}));
  await expect(changeSets.run(request("prod-1"), noProperty)).rejects.toThrow("cs-1 failed");
  await host.time.sleep(60_000);
  expect((await changeSets.run(request("prod-1"), noProperty)).changeSet.id).toBe("cs-2");
});

test("an entity that somebody else changes is waited for, and then planned anew", async () => {
  const { changeSets, catalog, host, started } = setUp(() => ({ seconds: 1800 }));
  await catalog.start("From the portal", "token", [update("prod-1")]);
  await expect(changeSets.run(request("prod-1"), noProperty)).rejects.toThrow(EntityWasBusy);
  expect(host.time.now() - (started[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(1_800_000);
  expect(host.said.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^Log Agent is locked by change set cs-1 \(From the portal, since 2026-.*\); waiting/),
  );
});

test("changes of one entity by one program wait for each other", async () => {
  const { changeSets, started, host } = setUp(() => ({ seconds: 60 }));
  const work = () =>
    changeSets.alone("prod-1", () =>
      changeSets.run(request("prod-1", { identity: [String(started.length)] }), noProperty),
    );
  await Promise.all([work(), work(), work()]);
  expect(started.map(({ startedAt }) => startedAt).toSorted()).toHaveLength(3);
  expect((started[2]?.startedAt ?? 0) - (started[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(120_000);
  expect(host.said.filter(({ message }) => message.includes("locked"))).toHaveLength(0);
});

test("a review of 37 days is not waited for", async () => {
  const { changeSets, host } = setUp(() => ({ seconds: 37 * 86_400 }));
  const began = host.time.now();
  const outcome = await changeSets.run(request("prod-1", { patience: 20_000 }), noProperty);
  expect(outcome).toMatchObject({ done: false, changeSet: { id: "cs-1", status: "PREPARING" } });
  expect(host.time.now() - began).toBeLessThan(60_000);
});

test("Ctrl-C ends the wait, says what goes on at AWS and how it is found again, and starts nothing new", async () => {
  const { changeSets, host, started } = setUp(() => ({ seconds: 3600 }));
  const running = changeSets.run(request("prod-1"), noProperty);
  const waiting = changeSets.alone("prod-2", () => changeSets.run(request("prod-2"), noProperty));
  const queued = changeSets.alone("prod-2", () => changeSets.run(request("prod-2b"), noProperty));
  const ends = Promise.allSettled([running, waiting, queued]);
  await host.time.sleep(10_000);
  host.stop();
  const reasons = (await ends).map((end) => (end.status === "rejected" ? String(end.reason) : "done"));
  expect(reasons[0]).toMatch(
    /Change set cs-1 \(update Log Agent\) is PREPARING and goes on.*next up finds it by its name, "update Log Agent [0-9a-f]{16}"/,
  );
  expect(reasons[2]).toContain("Stopped before a change of prod-2 began");
  await expect(changeSets.run(request("prod-3"), noProperty)).rejects.toThrow("Stopped before");
  expect(started).toHaveLength(2);
});
