import {
  CopySnapshotCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteTagsCommand,
  DeleteVolumeCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  GetEbsEncryptionByDefaultCommand,
  ModifySnapshotAttributeCommand,
  ResetSnapshotAttributeCommand,
  type CreateVolumeCommandInput,
  type EC2Client,
} from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { buyerId, ec2Market } from "./clients";

async function snapshot(client: EC2Client, volume: Partial<CreateVolumeCommandInput> = {}): Promise<string> {
  const { VolumeId } = await client.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1b", Size: 4, ...volume }),
  );
  return (await client.send(new CreateSnapshotCommand({ VolumeId }))).SnapshotId ?? "";
}

test("a snapshot is shared with an account, shown, copied by it and taken back", async () => {
  const { seller, buyer } = await ec2Market();
  const id = await snapshot(seller);
  await expect(buyer.send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }))).rejects.toMatchObject({
    name: "InvalidSnapshot.NotFound",
    message: `The snapshot '${id}' does not exist.`,
  });
  await seller.send(
    new ModifySnapshotAttributeCommand({ SnapshotId: id, CreateVolumePermission: { Add: [{ UserId: buyerId }] } }),
  );
  const shown = await seller.send(
    new DescribeSnapshotAttributeCommand({ SnapshotId: id, Attribute: "createVolumePermission" }),
  );
  expect(shown.CreateVolumePermissions).toEqual([{ UserId: buyerId }]);
  const restorable = await buyer.send(new DescribeSnapshotsCommand({ RestorableByUserIds: ["self"] }));
  expect(restorable.Snapshots).toMatchObject([{ SnapshotId: id, State: "completed", VolumeSize: 4 }]);
  const copy = await buyer.send(new CopySnapshotCommand({ SourceRegion: "us-east-1", SourceSnapshotId: id }));
  await seller.send(new ResetSnapshotAttributeCommand({ SnapshotId: id, Attribute: "createVolumePermission" }));
  const left = await buyer.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] }));
  expect(left.Snapshots?.map((each) => each.SnapshotId)).toEqual([copy.SnapshotId]);
});

test("a user that is no account and a foreign snapshot are refused", async () => {
  const { seller, buyer } = await ec2Market();
  const id = await snapshot(seller);
  const share = (client: EC2Client, UserId: string) =>
    client.send(
      new ModifySnapshotAttributeCommand({
        SnapshotId: id,
        Attribute: "createVolumePermission",
        OperationType: "add",
        UserIds: [UserId],
      }),
    );
  await expect(share(seller, "bob")).rejects.toMatchObject({
    name: "InvalidAMIAttributeItemValue",
    message: 'Invalid attribute item value "bob" for userId item type.',
  });
  await expect(share(buyer, buyerId)).rejects.toMatchObject({ name: "AuthFailure" });
});

test("an encrypted snapshot cannot be shared under the account's own key", async () => {
  const { seller } = await ec2Market();
  expect((await seller.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false);
  const id = await snapshot(seller, { Encrypted: true });
  await expect(
    seller.send(
      new ModifySnapshotAttributeCommand({ SnapshotId: id, CreateVolumePermission: { Add: [{ UserId: buyerId }] } }),
    ),
  ).rejects.toMatchObject({ name: "InvalidParameter" });
});

test.each<[string, Partial<CreateVolumeCommandInput>, string]>([
  ["of no size", { Size: undefined }, "MissingParameter"],
  ["in another region's zone", { AvailabilityZone: "eu-west-1a" }, "InvalidZone.NotFound"],
  ["too large", { Size: 99_999 }, "InvalidParameterValue"],
  ["with a key but no encryption", { KmsKeyId: "alias/mine" }, "InvalidParameterDependency"],
])("a volume %s is refused", async (_what, input, code) => {
  const { seller } = await ec2Market();
  await expect(snapshot(seller, input)).rejects.toMatchObject({ name: code });
});

test("a deleted volume is gone for its owner and was never there for others", async () => {
  const { seller, buyer } = await ec2Market();
  const { VolumeId = "" } = await seller.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 1, VolumeType: "gp3" }),
  );
  expect((await seller.send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }))).Volumes).toMatchObject([
    { VolumeType: "gp3", Iops: 3000, Throughput: 125, State: "available" },
  ]);
  await expect(buyer.send(new DeleteVolumeCommand({ VolumeId }))).rejects.toMatchObject({
    name: "InvalidVolume.NotFound",
  });
  await seller.send(new DeleteVolumeCommand({ VolumeId }));
  expect((await seller.send(new DescribeVolumesCommand({}))).Volumes).toEqual([]);
});

test("tags are written, found, replaced and taken away", async () => {
  const { seller } = await ec2Market();
  const id = await snapshot(seller);
  const list = async () =>
    (await seller.send(new DescribeTagsCommand({ Filters: [{ Name: "resource-id", Values: [id] }] }))).Tags?.map(
      (tag) => `${tag.ResourceType} ${tag.Key}=${tag.Value}`,
    );
  await seller.send(
    new CreateTagsCommand({
      Resources: [id],
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "" },
      ],
    }),
  );
  await seller.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "a", Value: "2" }] }));
  expect(await list()).toEqual(["snapshot a=2", "snapshot b="]);
  await seller.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "a", Value: "1" }] }));
  expect(await list()).toEqual(["snapshot a=2", "snapshot b="]);
  await seller.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "a" }] }));
  expect(await list()).toEqual(["snapshot b="]);
  await seller.send(new DeleteTagsCommand({ Resources: [id] }));
  expect(await list()).toEqual([]);
});

test.each([
  ["a reserved key", [{ Key: "aws:mine", Value: "1" }], "InvalidParameterValue"],
  ["a key of 128 characters", [{ Key: "k".repeat(128), Value: "1" }], "InvalidParameterValue"],
  ["51 tags", Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" })), "TagLimitExceeded"],
])("%s is refused and nothing is tagged", async (_what, Tags, code) => {
  const { seller } = await ec2Market();
  const id = await snapshot(seller);
  await expect(seller.send(new CreateTagsCommand({ Resources: [id], Tags }))).rejects.toMatchObject({ name: code });
  expect((await seller.send(new DescribeTagsCommand({}))).Tags).toEqual([]);
});

test("tagging something that is not there tags nothing else either", async () => {
  const { seller } = await ec2Market();
  const id = await snapshot(seller);
  const tag = (...Resources: string[]) =>
    seller.send(new CreateTagsCommand({ Resources, Tags: [{ Key: "a", Value: "1" }] }));
  await expect(tag(id, "snap-0123456789abcdef0")).rejects.toMatchObject({ name: "InvalidSnapshot.NotFound" });
  await expect(tag(id, "thing-1")).rejects.toMatchObject({ name: "InvalidID" });
  expect((await seller.send(new DescribeTagsCommand({}))).Tags).toEqual([]);
});

test("where things take their time, a snapshot is pending first", async () => {
  const { seller } = await ec2Market({ latency: "realistic" });
  const id = await snapshot(seller);
  const { Snapshots } = await seller.send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }));
  expect(Snapshots).toMatchObject([{ State: "pending", Progress: "0%" }]);
});
