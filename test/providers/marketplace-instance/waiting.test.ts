import { expect, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { startRun } from "../support/market";
import { jumpingTime } from "../support/recording-host";
import { openSubscribed } from "./subscribed";

/** A marketplace as slow as AWS, whose clock goes along while a provider waits. */
async function openSlow() {
  const clock = new TurningClock();
  const ticking = setInterval(() => void clock.turn(6 * 3_600_000), 5);
  const shop = await openSubscribed({ clock, latency: "realistic" });
  await shop.subscribe();
  clearInterval(ticking);
  await clock.turn(60_000);
  const time = () => jumpingTime(clock.now().getTime(), (passing) => clock.turn(passing));
  return { ...shop, clock, time };
}

const told = (host: { readonly said: readonly { readonly message: string; readonly kind: string }[] }) =>
  host.said.filter(({ kind }) => kind === "passing").map(({ message }) => message);

test("starting, stopping and terminating are told while they take their time", async () => {
  const { productId, time, really } = await openSlow();
  const run = startRun({}, time());
  const provider = run.provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large", resourceName: "collector" };
  const { id, outs } = await provider.create(declared);
  expect(outs.state).toBe("running");
  expect(told(run.host)).toContain(`waiting until ${id} is running (pending)`);

  const asleep = { ...declared, desiredState: "stopped" };
  const { outs: stopped } = await provider.update(id, outs, asleep);
  expect(stopped.state).toBe("stopped");
  expect(told(run.host)).toContain(`waiting until ${id} is stopped (stopping)`);

  // A stopped instance gets its new type without being started.
  const before = told(run.host).length;
  const { outs: larger } = await provider.update(id, stopped, { ...asleep, instanceType: "m5.xlarge" });
  expect(larger).toMatchObject({ state: "stopped", instanceType: "m5.xlarge" });
  expect(told(run.host)).toHaveLength(before);
  expect(await really(id)).toMatchObject({ InstanceType: "m5.xlarge", State: { Name: "stopped" } });

  await provider.delete(id, larger);
  expect(await really(id)).toMatchObject({ State: { Name: "terminated" } });
});

test("Ctrl-C while an instance starts leaves it saved, and the next run goes on with it", async () => {
  const { productId, time, living } = await openSlow();
  const run = startRun({}, time());
  const declared = { productId, instanceType: "m5.large", resourceName: "collector" };
  const said = run.host.said;
  const stopAtFirstWait = { ...run.host };
  Object.assign(run.host, {
    say: (message: string, kind: "info" | "passing" | "warning" = "info") => {
      said.push({ message, kind });
      if (kind === "passing") stopAtFirstWait.stop();
    },
  });
  const lost = await run
    .provider(marketplaceInstance)
    .create(declared)
    .catch((error: unknown) => error);
  expect(lost).toMatchObject({ name: "PartlyDone", message: expect.stringContaining("Run again to go on.") });
  const { id, properties } = lost as { id: string; properties: Record<string, unknown> };
  expect(await living()).toEqual([id]);
  const { outs } = await startRun({}, time()).provider(marketplaceInstance).update(id, properties, declared);
  expect(outs.state).toBe("running");
});
