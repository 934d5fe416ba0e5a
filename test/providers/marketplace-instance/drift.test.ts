import {
  CreateKeyPairCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeVpcsCommand,
  ModifyInstanceAttributeCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from "@aws-sdk/client-ec2";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import type { Properties } from "../../../providers/provider";
import { startRun } from "../support/market";
import { openSubscribed } from "./subscribed";

async function open() {
  const shop = await openSubscribed();
  await shop.subscribe();
  const { Vpcs } = await shop.ec2.send(new DescribeVpcsCommand({}));
  const group = async (GroupName: string) => {
    const made = new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId: Vpcs?.[0]?.VpcId });
    return (await shop.ec2.send(made)).GroupId ?? "";
  };
  return { ...shop, group };
}

test("security groups that somebody changes are drift where they are declared, and nobody's business where not", async () => {
  const { productId, ec2, group, really } = await open();
  const [web = "", logs = ""] = [await group("web"), await group("logs")];
  const provider = startRun().provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large", securityGroupIds: [web] };
  const { id, outs } = await provider.create(declared);
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: id, Groups: [logs] }));
  const { props = {}, inputs } = await provider.read(id, outs);
  expect(inputs).toEqual({ ...declared, securityGroupIds: [logs] });
  expect(await provider.diff(id, props, declared)).toMatchObject({ changes: true, replaces: [] });
  await provider.update(id, props, declared);
  expect((await really(id))?.SecurityGroups).toMatchObject([{ GroupId: web }]);

  const { securityGroupIds: _, ...free } = declared;
  const other = await provider.create(free);
  await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId: other.id, Groups: [logs] }));
  expect((await provider.read(other.id, other.outs)).props).toEqual(other.outs);
});

test("an instance is imported with all that it keeps, so that a program that says the same changes nothing", async () => {
  const { productId, ec2, really } = await open();
  await ec2.send(new CreateKeyPairCommand({ KeyName: "operations" }));
  const declared = { productId, instanceType: "m5.large", keyName: "operations", userData: "#!/bin/sh\ntrue\n" };
  const { id } = await startRun()
    .provider(marketplaceInstance)
    .create({ ...declared, desiredState: "stopped" });
  const provider = startRun().provider(marketplaceInstance);
  const { props = {}, inputs = {} } = await provider.read(id, {});
  const { ImageId, SubnetId } = (await really(id)) ?? {};
  const { productId: _, ...same } = declared;
  expect(inputs).toEqual({ ...same, image: ImageId, subnetId: SubnetId, desiredState: "stopped" });
  expect((await provider.check({}, inputs)).failures).toEqual([]);
  expect(await provider.diff(id, props, inputs)).toEqual({ changes: false, replaces: [] });
});

test(
  "whatever is wished for and meddled with, in any order, an update brings what is declared",
  { timeout: 60_000 },
  async () => {
    const { productId, ec2, really } = await open();
    const wish = fc.record({
      instanceType: fc.constantFrom("m5.large", "m5.xlarge"),
      desiredState: fc.constantFrom("running", "stopped"),
      tags: fc.dictionary(fc.constantFrom("Name", "team"), fc.constantFrom("a", "b")),
    });
    const meddling = fc.constantFrom("stop", "start", "tag", "nothing");
    const step = fc.record({ wish, meddling, refreshed: fc.boolean() });
    const meddle = async (InstanceId: string, what: string) => {
      const InstanceIds = [InstanceId];
      if (what === "stop") await ec2.send(new StopInstancesCommand({ InstanceIds }));
      if (what === "start") await ec2.send(new StartInstancesCommand({ InstanceIds }));
      const Tags = [{ Key: "team", Value: "meddlers" }];
      if (what === "tag") await ec2.send(new CreateTagsCommand({ Resources: InstanceIds, Tags }));
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        const provider = startRun().provider(marketplaceInstance);
        const { id, outs } = await provider.create({ productId, instanceType: "m5.large" });
        let state: Properties = outs;
        for (const { wish: wanted, meddling: what, refreshed } of steps) {
          await meddle(id, what);
          const declared = { productId, ...wanted };
          if (refreshed) state = (await provider.read(id, state)).props ?? {};
          if (refreshed && !(await provider.diff(id, state, declared)).changes) continue;
          state = (await provider.update(id, state, declared)).outs;
          const { InstanceType, State, Tags = [] } = (await really(id)) ?? {};
          const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
          expect({ instanceType: InstanceType, desiredState: State?.Name, tags }).toEqual(wanted);
          expect(await provider.diff(id, state, declared)).toMatchObject({ changes: false });
        }
        await provider.delete(id, state);
      }),
      { numRuns: 15 },
    );
  },
);
