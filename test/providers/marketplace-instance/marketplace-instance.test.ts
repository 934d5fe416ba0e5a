import { DescribeInstancesCommand, StopInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import type { Properties } from "../../../providers/provider";
import { startRun } from "../support/market";
import { openSubscribed } from "./subscribed";

test("an instance is launched from the latest version, stopped, made larger and started, and terminated", async () => {
  const { productId, subscribe, really } = await openSubscribed();
  await subscribe();
  const provider = startRun().provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large", tags: { Name: "agent" } };
  const { id, outs } = await provider.create(declared);
  expect(outs).toMatchObject({
    instanceId: id,
    state: "running",
    privateIp: expect.stringMatching(/^172\.31\./),
    imageId: expect.stringMatching(/^ami-/),
  });
  expect(await provider.diff(id, outs, declared)).toMatchObject({ changes: false });
  expect(await provider.read(id, outs)).toMatchObject({ id, props: outs });

  const stopped = { ...declared, desiredState: "stopped", tags: { Name: "agent", team: "logs" } };
  expect(await provider.diff(id, outs, stopped)).toMatchObject({ changes: true, replaces: [] });
  const { outs: still } = await provider.update(id, outs, stopped);
  expect(await really(id)).toMatchObject({
    State: { Name: "stopped" },
    Tags: expect.arrayContaining([{ Key: "team", Value: "logs" }]),
  });

  const larger = { ...declared, instanceType: "m5.xlarge" };
  const { outs: grown } = await provider.update(id, still, larger);
  expect(await really(id)).toMatchObject({ State: { Name: "running" }, InstanceType: "m5.xlarge" });
  expect(await provider.diff(id, grown, larger)).toMatchObject({ changes: false });
  expect(await provider.diff(id, grown, { ...larger, version: "1.0.0" })).toMatchObject({ replaces: ["version"] });

  await provider.delete(id, grown);
  expect(await really(id)).toMatchObject({ State: { Name: "terminated" } });
  await provider.delete(id, grown);
});

test("without a subscription nothing is launched, and the error says where to get one", async () => {
  const { productId, ec2 } = await openSubscribed();
  const provider = startRun().provider(marketplaceInstance);
  await expect(provider.create({ productId, instanceType: "m5.large" })).rejects.toThrow(
    /accept terms and subscribe.*\[OptInRequired\]/,
  );
  expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
});

test("an instance that somebody stops is found and started; one that somebody terminates is gone", async () => {
  const { productId, subscribe, ec2 } = await openSubscribed();
  await subscribe();
  const provider = startRun().provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large" };
  const { id, outs } = await provider.create(declared);
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  const { props = {} } = await provider.read(id, outs);
  expect(props.state).toBe("stopped");
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: true, replaces: [] });
  expect((await provider.update(id, props, declared)).outs.state).toBe("running");
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  expect(await provider.read(id, outs)).toMatchObject({ id: "" });
});

test.each<[string, Properties, readonly string[]]>([
  [
    "nothing but a version and a state",
    { version: "1.0.0", desiredState: "asleep" },
    ["image", "version", "instanceType", "desiredState"],
  ],
  ["an image and a product", { image: "ami-1", productId: "prod-1", instanceType: "m5.large" }, ["image"]],
  ["a misspelt property", { image: "ami-1", instanceType: "m5.large", subnetID: "subnet-1" }, ["subnetID"]],
  [
    "texts where there are lists, and the other way round",
    { image: ["ami-1"], instanceType: "large", securityGroupIds: "sg-1", tags: ["Name"], subnetId: "sn-1" },
    ["image", "instanceType", "subnetId", "securityGroupIds", "tags"],
  ],
  [
    "a number among the tags, no group in a list, and user data that is too long",
    {
      image: "/aws/x",
      instanceType: "m5.large",
      tags: { size: 3 },
      securityGroupIds: [],
      userData: "x".repeat(16_385),
    },
    ["securityGroupIds", "userData", "tags"],
  ],
  ["nothing that is wrong", { productId: "prod-1", instanceType: "u-6tb1.56xlarge", resourceName: "a" }, []],
])("%s is told before anything is sent", async (_what, inputs, expected) => {
  const { failures } = await startRun().provider(marketplaceInstance).check({}, inputs);
  expect(failures.map(({ property }) => property)).toEqual(expected);
});

test("a launch whose run was killed before it was saved is found by the next run, not made again", async () => {
  const { productId, subscribe, ec2 } = await openSubscribed();
  await subscribe();
  const declared = { productId, instanceType: "m5.large", resourceName: "collector" };
  const lost = await startRun().provider(marketplaceInstance).create(declared);
  await ec2.send(new StopInstancesCommand({ InstanceIds: [lost.id] }));
  const found = await startRun().provider(marketplaceInstance).create(declared);
  expect(found).toMatchObject({ id: lost.id, outs: { state: "running" } });
  const other = await startRun()
    .provider(marketplaceInstance)
    .create({ ...declared, resourceName: "second" });
  expect(other.id).not.toBe(lost.id);
  expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations).toHaveLength(2);
});

test("an instance is launched anew after its like was terminated, and beside the one that it replaces", async () => {
  const { productId, subscribe, really } = await openSubscribed();
  await subscribe();
  const declared = { productId, instanceType: "m5.large", resourceName: "collector" };
  const first = await startRun().provider(marketplaceInstance).create(declared);

  const provider = startRun().provider(marketplaceInstance);
  await provider.diff(first.id, first.outs, declared);
  const second = await provider.create(declared);
  expect(second.id).not.toBe(first.id);
  await provider.delete(first.id, first.outs);
  await provider.delete(second.id, second.outs);

  const third = await startRun().provider(marketplaceInstance).create(declared);
  expect([first.id, second.id]).not.toContain(third.id);
  expect(await really(third.id)).toMatchObject({ State: { Name: "running" } });
});
