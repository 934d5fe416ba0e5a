import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeInstancesCommand,
  EC2Client,
  RegisterImageCommand,
} from "@aws-sdk/client-ec2";
import { expect, onTestFinished, test } from "vitest";
import { marketplaceInstance } from "../../../providers/marketplace-instance/reconciler";
import type { Properties } from "../../../providers/provider";
import { connection } from "../../backend/catalog/catalog-market";
import { startRun } from "../support/market";
import { openSubscribed } from "./subscribed";

const abroad = "ap-southeast-1";

test.each<[string, Properties, RegExp]>([
  ["an instance type that is not offered", { instanceType: "c5.large" }, /^instanceType: .*c5\.large is not among/],
  ["an instance type that does not exist", { instanceType: "m5.huge" }, /^instanceType: Invalid value 'm5\.huge'/],
  ["an instance type of another architecture", { instanceType: "m7g.large" }, /^instanceType: The architecture/],
  [
    "a region that is not offered",
    { connection: { region: abroad } },
    /^productId: The SSM parameter .* was not found\. The product is not offered in this region/,
  ],
  ["a version that there is not", { version: "9.9.9" }, /^productId: .*9\.9\.9 was not found\. .*no such version/],
  ["an image that there is not", { productId: undefined, image: "ami-0123456789abcdef0" }, /^image: .*InvalidAMIID/],
  ["a subnet that there is not", { subnetId: "subnet-0123456789abcdef0" }, /^subnetId: .*InvalidSubnetID\.NotFound/],
  [
    "a security group that there is not",
    { securityGroupIds: ["sg-0123456789abcdef0"] },
    /^securityGroupIds: .*InvalidGroup\.NotFound/,
  ],
  ["a key that there is not", { keyName: "nobody" }, /^keyName: .*InvalidKeyPair\.NotFound/],
  ["a profile that there is not", { instanceProfile: "nobody" }, /^instanceProfile: .*InvalidParameterValue/],
])("%s: one error says so of its property, and nothing is launched", async (_what, wrong, expected) => {
  const { productId, subscribe, living } = await openSubscribed();
  await subscribe();
  const inputs = { productId, instanceType: "m5.large", ...wrong };
  await expect(startRun().provider(marketplaceInstance).create(inputs)).rejects.toThrow(expected);
  expect(await living()).toEqual([]);
});

test("without a subscription the error says how to get one", async () => {
  const { productId, living } = await openSubscribed();
  await expect(
    startRun().provider(marketplaceInstance).create({ productId, instanceType: "m5.large" }),
  ).rejects.toThrow(/^productId: .*accept terms and subscribe.* Declare a Subscription .*\[OptInRequired\]$/);
  expect(await living()).toEqual([]);
});

test("a new type that is not offered leaves the instance as it was, stopped or running, and saved", async () => {
  const { productId, subscribe, really } = await openSubscribed();
  await subscribe();
  const provider = startRun().provider(marketplaceInstance);
  const declared = { productId, instanceType: "m5.large" };
  const { id, outs } = await provider.create(declared);
  await expect(provider.update(id, outs, { ...declared, instanceType: "m5.huge" })).rejects.toThrow(/^instanceType: /);
  expect(await really(id)).toMatchObject({ InstanceType: "m5.large" });
});

test("one stack launches in two regions of one account", async () => {
  const { market } = await openSubscribed();
  const run = startRun();
  for (const region of ["us-east-1", "eu-west-1"]) {
    const ec2 = new EC2Client({ ...connection(market, "buyer"), region });
    onTestFinished(() => ec2.destroy());
    const volume = new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 8 });
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId: (await ec2.send(volume)).VolumeId }));
    const image = new RegisterImageCommand({
      Name: "Tools",
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      EnaSupport: true,
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }],
    });
    const { ImageId = "" } = await ec2.send(image);
    const declared = { image: ImageId, instanceType: "m5.large", connection: { region } };
    const { id } = await run.provider(marketplaceInstance).create(declared);
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    expect(Reservations?.[0]?.Instances?.map(({ InstanceId }) => InstanceId)).toEqual([id]);
  }
});
