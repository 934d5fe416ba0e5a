import {
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DescribeRegionsCommand,
  EC2Client,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";

import { levelDocument } from "../../../../marketplace/access/level-document";
import { everything } from "../../agreement/buyer";
import { paidShop } from "../../agreement/paid-shop";
import { connection } from "../../catalog/catalog-market";
import { launch } from "../../ec2/instances/launch";
import { allow, openWithPeople, peopleOf, refusalOf, SELLER } from "../people";

const devices = (SnapshotId: string | undefined) => [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }];

async function open() {
  const people = await openWithPeople();
  const admin = new EC2Client(people.admin());
  const { VolumeId } = await admin.send(new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8 }));
  const { SnapshotId } = await admin.send(new CreateSnapshotCommand({ VolumeId }));
  const image = async (Name: string) => {
    const registering = { Name, RootDeviceName: "/dev/xvda", BlockDeviceMappings: devices(SnapshotId) };
    return (await admin.send(new RegisterImageCommand(registering))).ImageId;
  };
  const clientOf = async (...rights: readonly object[]) => new EC2Client(await people.person(...rights));
  return { ...people, admin, image, VolumeId, SnapshotId, clientOf };
}

test("one image may be shared and another not", async () => {
  const { image, clientOf } = await open();
  const [mine, other] = [await image("mine"), await image("other")];
  const Resource = `arn:aws:ec2:us-east-1::image/${mine}`;
  const client = await clientOf(allow("ec2:ModifyImageAttribute", { Resource }));
  const share = (ImageId: string | undefined) =>
    refusalOf(
      client.send(
        new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ UserId: "444455556666" }] } }),
      ),
    );
  expect(await share(mine)).toBeUndefined();
  expect(await share(other)).toMatch(
    `ec2:ModifyImageAttribute on resource: arn:aws:ec2:us-east-1::image/${other} because`,
  );
});

test("who owns an image, and how it is tagged, are conditions", async () => {
  const { admin, image, clientOf } = await open();
  const ImageId = await image("mine");
  await admin.send(new CreateTagsCommand({ Resources: [ImageId ?? ""], Tags: [{ Key: "stage", Value: "test" }] }));
  const sharing = new ModifyImageAttributeCommand({ ImageId, Description: { Value: "Mine" } });
  const attempt = async (Condition: object) =>
    refusalOf((await clientOf(allow("ec2:ModifyImageAttribute", { Condition }))).send(sharing));
  expect(await attempt({ StringEquals: { "ec2:Owner": SELLER, "ec2:ResourceTag/stage": "test" } })).toBeUndefined();
  expect(await attempt({ StringEquals: { "aws:ResourceTag/stage": "live" } })).toMatch(/not authorized/);
  expect(await attempt({ Bool: { "ec2:Public": "true" } })).toMatch(/not authorized/);
  expect(await attempt({ StringEquals: { "ec2:Region": "eu-west-1" } })).toMatch(/not authorized/);
});

test("a snapshot needs a right to the volume and to snapshots", async () => {
  const { VolumeId, clientOf } = await open();
  const onVolume = allow("ec2:CreateSnapshot", { Resource: `arn:aws:ec2:us-east-1:${SELLER}:volume/${VolumeId}` });
  const onSnapshots = allow("ec2:CreateSnapshot", { Resource: "arn:aws:ec2:us-east-1::snapshot/*" });
  const attempt = async (...rights: object[]) =>
    refusalOf((await clientOf(...rights)).send(new CreateSnapshotCommand({ VolumeId })));
  expect(await attempt(onVolume)).toMatch(/resource: arn:aws:ec2:us-east-1::snapshot\/\* because/);
  expect(await attempt(onSnapshots)).toMatch(new RegExp(`volume/${VolumeId} because`));
  expect(await attempt(onVolume, onSnapshots)).toBeUndefined();
});

test("tags of what is made need CreateTags, which may be granted for making things only", async () => {
  const { VolumeId, clientOf } = await open();
  const creating = allow("ec2:CreateSnapshot");
  const tagging = allow("ec2:CreateTags", {
    Condition: { StringEquals: { "ec2:CreateAction": "CreateSnapshot", "aws:RequestTag/team": "logs" } },
  });
  const tagged = (Value: string) =>
    new CreateSnapshotCommand({
      VolumeId,
      TagSpecifications: [{ ResourceType: "snapshot", Tags: [{ Key: "team", Value }] }],
    });
  expect(await refusalOf((await clientOf(creating)).send(tagged("logs")))).toMatch(/ec2:CreateTags on resource/);
  const client = await clientOf(creating, tagging);
  expect(await refusalOf(client.send(tagged("sales")))).toMatch(/ec2:CreateTags on resource/);
  expect(await refusalOf(client.send(tagged("logs")))).toBeUndefined();
  const later = new CreateTagsCommand({ Resources: [VolumeId ?? ""], Tags: [{ Key: "team", Value: "logs" }] });
  expect(await refusalOf(client.send(later))).toMatch(/ec2:CreateTags on resource: \S+volume/);
});

test("a dry run tells who would be let through, and does nothing", async () => {
  const { SnapshotId, clientOf } = await open();
  const dry = new DeleteSnapshotCommand({ SnapshotId, DryRun: true });
  const trying = async (...rights: object[]) => (await clientOf(...rights)).send(dry);
  await expect(trying(allow("ec2:DeleteSnapshot"))).rejects.toMatchObject({ name: "DryRunOperation" });
  await expect(trying(allow("ec2:DescribeSnapshots"))).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  await expect(trying(allow("ec2:DeleteSnapshot"))).rejects.toMatchObject({ name: "DryRunOperation" });
});

test("what is about nothing in particular needs a policy on everything", async () => {
  const { clientOf } = await open();
  const narrow = await clientOf(allow("ec2:DescribeRegions", { Resource: "arn:aws:ec2:*:*:image/*" }));
  expect(await refusalOf(narrow.send(new DescribeRegionsCommand({})))).toMatch(/ec2:DescribeRegions on resource: \* /);
});

test("who may run what the marketplace sells launches, stops, starts and terminates that, and nothing else", async () => {
  const { market, productId, buy, offerId, paid } = await paidShop();
  await buy(offerId, everything);
  const { Statement } = levelDocument("full-control", [productId]);
  const running = Statement.filter(({ Action }) => Action.every((action) => action.startsWith("ec2:")));
  const settings = await peopleOf(market, "buyer").person(...running);
  const [carol, admin] = [new EC2Client(settings), new EC2Client(connection(market, "buyer"))];
  const { InstanceId = "" } = await launch(carol, paid);
  const InstanceIds = [InstanceId];
  await carol.send(new StopInstancesCommand({ InstanceIds }));
  await carol.send(new StartInstancesCommand({ InstanceIds }));
  await carol.send(new TerminateInstancesCommand({ InstanceIds }));
  expect(await refusalOf(launch(carol))).toMatch(/RunInstances on resource: arn:aws:ec2:us-east-1::image\//);
  const { InstanceId: other = "" } = await launch(admin);
  const stop = new StopInstancesCommand({ InstanceIds: [other] });
  expect(await refusalOf(carol.send(stop))).toMatch(/StopInstances on resource: \S+:instance\/i-/);
});
