import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EC2Client, StartInstancesCommand, StopInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { assert, asyncProperty, constantFrom, array, oneof, integer } from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../../backend";
import { TurningClock } from "../../catalog/turning-clock";
import { ec2Market } from "../clients";
import { launch, seen } from "./launch";

const wishes = {
  start: (InstanceIds: string[]) => new StartInstancesCommand({ InstanceIds }),
  stop: (InstanceIds: string[]) => new StopInstancesCommand({ InstanceIds }),
  terminate: (InstanceIds: string[]) => new TerminateInstancesCommand({ InstanceIds }),
};

/** Undefined, or why EC2 refuses. */
function ask(client: EC2Client, wish: keyof typeof wishes, id: string): Promise<string | undefined> {
  return client.send(wishes[wish]([id]) as StopInstancesCommand).then(
    () => undefined,
    (error: Error) => error.name,
  );
}

/** Which states may follow which: Amazon EC2 User Guide, "Amazon EC2 instance state changes". */
const follows: Readonly<Record<string, readonly string[]>> = {
  pending: ["running", "shutting-down", "terminated"],
  running: ["stopping", "stopped", "shutting-down", "terminated"],
  stopping: ["stopped", "shutting-down", "terminated"],
  stopped: ["pending", "running", "shutting-down", "terminated"],
  "shutting-down": ["terminated"],
  terminated: [],
};

test("whatever is asked in whatever order, an instance only goes where EC2 lets it go", async () => {
  const clock = new TurningClock(Date.now());
  const { client } = await ec2Market({ clock, latency: "realistic" });
  const buyer = client("buyer");
  const step = oneof(
    constantFrom("start" as const, "stop" as const, "terminate" as const),
    integer({ min: 1, max: 60 }),
  );
  await assert(
    asyncProperty(array(step, { maxLength: 10 }), async (steps) => {
      const { InstanceId = "" } = await launch(buyer);
      let before = "pending";
      for (const each of steps) {
        const refused = typeof each === "number" ? await clock.turn(each * 1000) : await ask(buyer, each, InstanceId);
        expect([undefined, "IncorrectInstanceState"]).toContain(refused);
        const now = (await seen(buyer, InstanceId))?.State?.Name ?? "gone";
        expect([before, ...(follows[before] ?? [])]).toContain(now);
        before = now;
      }
    }),
    { numRuns: 12 },
  );
});

test("instances take their time with a clock, and survive a restart on the way", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "instances-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const clock = new TurningClock(Date.now());
  const open = async () => {
    const running = await startMarketplace({ dataDir, clock, latency: "realistic" });
    const buyer = new EC2Client({ endpoint: running.endpoint, region: "us-east-1", credentials: running.accounts[1] });
    const close = async () => {
      buyer.destroy();
      await running.close();
    };
    return { buyer, close };
  };
  const first = await open();
  const { InstanceId = "" } = await launch(first.buyer);
  expect((await seen(first.buyer, InstanceId))?.State?.Name).toBe("pending");
  await first.close();

  const second = await open();
  onTestFinished(second.close);
  expect((await seen(second.buyer, InstanceId))?.State?.Name).toBe("pending");
  await clock.turn(20_000);
  expect((await seen(second.buyer, InstanceId))?.State?.Name).toBe("running");
});

test("a terminated instance goes out of sight after an hour", async () => {
  const clock = new TurningClock(Date.now());
  const { buyer } = await ec2Market({ clock });
  const { InstanceId = "" } = await launch(buyer);
  await buyer.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }));
  expect((await seen(buyer, InstanceId))?.State?.Name).toBe("terminated");
  await clock.turn(61 * 60 * 1000);
  await expect(seen(buyer, InstanceId)).rejects.toMatchObject({ name: "InvalidInstanceID.NotFound" });
});
