import {
  CopyImageCommand,
  CreateSnapshotCommand,
  CreateTagsCommand,
  CreateVolumeCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  EnableEbsEncryptionByDefaultCommand,
  EnableImageDeprecationCommand,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
  ResetImageAttributeCommand,
  type EC2Client,
  type RegisterImageCommandInput,
} from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { systemClock } from "../../../backend/clock";
import { buyerId, ec2Market, sellerId } from "./clients";

async function amazonLinux(client: EC2Client, architecture: string) {
  const { Images } = await client.send(
    new DescribeImagesCommand({
      Owners: ["amazon"],
      Filters: [
        { Name: "name", Values: ["al2023-ami-2023*"] },
        { Name: "architecture", Values: [architecture] },
      ],
    }),
  );
  const image = Images?.toSorted((a, b) => ((a.CreationDate ?? "") < (b.CreationDate ?? "") ? 1 : -1))[0];
  if (!image) throw new Error("There is no Amazon Linux image");
  return image;
}

async function register(client: EC2Client, input: Partial<RegisterImageCommandInput> = {}): Promise<string> {
  const base = await amazonLinux(client, "x86_64");
  const { ImageId } = await client.send(
    new RegisterImageCommand({
      Name: "Example Agent 1.0",
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      EnaSupport: true,
      RootDeviceName: base.RootDeviceName,
      BlockDeviceMappings: [
        { DeviceName: base.RootDeviceName, Ebs: { SnapshotId: base.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId } },
      ],
      ...input,
    }),
  );
  return ImageId ?? "";
}

const imageOf = async (client: EC2Client, id: string) =>
  (await client.send(new DescribeImagesCommand({ ImageIds: [id] }))).Images?.[0];

test("a seller makes an image from an empty account: Amazon's snapshot, registered", async () => {
  const { seller } = await ec2Market();
  const id = await register(seller, {
    TagSpecifications: [{ ResourceType: "image", Tags: [{ Key: "team", Value: "x" }] }],
  });
  expect(id).toMatch(/^ami-[0-9a-f]{17}$/);
  expect(await imageOf(seller, id)).toMatchObject({
    Name: "Example Agent 1.0",
    OwnerId: sellerId,
    Architecture: "x86_64",
    VirtualizationType: "hvm",
    EnaSupport: true,
    RootDeviceType: "ebs",
    State: "available",
    Public: false,
    ImageLocation: `${sellerId}/Example Agent 1.0`,
    BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, Encrypted: false } }],
    Tags: [{ Key: "team", Value: "x" }],
  });
});

test("a volume becomes a snapshot becomes an image", async () => {
  const { seller } = await ec2Market();
  const { VolumeId } = await seller.send(new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 10 }));
  const { SnapshotId } = await seller.send(new CreateSnapshotCommand({ VolumeId, Description: "root" }));
  const id = await register(seller, {
    RootDeviceName: "/dev/sda1",
    BlockDeviceMappings: [{ DeviceName: "/dev/sda1", Ebs: { SnapshotId } }],
  });
  expect((await imageOf(seller, id))?.BlockDeviceMappings?.[0]?.Ebs).toMatchObject({ SnapshotId, VolumeSize: 10 });
  await expect(seller.send(new DeleteSnapshotCommand({ SnapshotId }))).rejects.toMatchObject({
    name: "InvalidSnapshot.InUse",
  });
  await seller.send(new DeregisterImageCommand({ ImageId: id }));
  await seller.send(new DeleteSnapshotCommand({ SnapshotId }));
  await expect(seller.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId ?? ""] }))).rejects.toMatchObject({
    name: "InvalidSnapshot.NotFound",
  });
});

test("without other word a registered image is i386, paravirtual and without ENA, as on the real service", async () => {
  const { seller } = await ec2Market();
  const id = await register(seller, { Architecture: undefined, VirtualizationType: undefined, EnaSupport: undefined });
  const image = await imageOf(seller, id);
  expect([image?.Architecture, image?.VirtualizationType, image?.EnaSupport]).toEqual([
    "i386",
    "paravirtual",
    undefined,
  ]);
});

test.each<[string, Partial<RegisterImageCommandInput>, string]>([
  ["a name with a plus sign", { Name: "agent+1" }, "InvalidAMIName.Malformed"],
  ["a name with a colon", { Name: "agent:1" }, "InvalidAMIName.Malformed"],
  ["no root device", { RootDeviceName: "/dev/sdz" }, "InvalidBlockDeviceMapping"],
  ["no devices and no location", { BlockDeviceMappings: [] }, "MissingParameter"],
  [
    "a bundle that is not in S3",
    { BlockDeviceMappings: [], ImageLocation: "nowhere/a.manifest.xml" },
    "InvalidManifest",
  ],
  ["an unknown virtualization", { VirtualizationType: "lxc" }, "InvalidParameterValue"],
  [
    "a snapshot that is not there",
    { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-0123456789abcdef0" } }] },
    "InvalidSnapshot.NotFound",
  ],
  [
    "a snapshot id that is none",
    { BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: "snap-xyz" } }] },
    "InvalidSnapshotID.Malformed",
  ],
  [
    "tags for another type",
    { TagSpecifications: [{ ResourceType: "volume", Tags: [{ Key: "a", Value: "b" }] }] },
    "InvalidParameterValue",
  ],
])("an image with %s is refused and nothing is made", async (_what, input, code) => {
  const { seller } = await ec2Market();
  await expect(register(seller, input)).rejects.toMatchObject({ name: code });
  expect((await seller.send(new DescribeImagesCommand({ Owners: ["self"] }))).Images).toEqual([]);
});

test("a name can be used once in an account and region, and again after deregistering", async () => {
  const { seller, buyer } = await ec2Market();
  const id = await register(seller);
  await expect(register(seller)).rejects.toMatchObject({
    name: "InvalidAMIName.Duplicate",
    message: `AMI name Example Agent 1.0 is already in use by AMI ${id}`,
  });
  await register(buyer);
  await seller.send(new DeregisterImageCommand({ ImageId: id }));
  await register(seller);
});

test("others see an image once they may launch it, in either style of sharing", async () => {
  const { seller, buyer } = await ec2Market();
  const id = await register(seller);
  await expect(imageOf(buyer, id)).rejects.toMatchObject({
    name: "InvalidAMIID.NotFound",
    message: `The image id '[${id}]' does not exist`,
  });
  await seller.send(new ModifyImageAttributeCommand({ ImageId: id, LaunchPermission: { Add: [{ UserId: buyerId }] } }));
  expect((await imageOf(buyer, id))?.ImageId).toBe(id);
  const shared = await buyer.send(new DescribeImagesCommand({ ExecutableUsers: ["self"] }));
  expect(shared.Images?.map((image) => image.ImageId)).toEqual([id]);

  await seller.send(
    new ModifyImageAttributeCommand({
      ImageId: id,
      Attribute: "launchPermission",
      OperationType: "remove",
      UserIds: [buyerId],
    }),
  );
  await expect(imageOf(buyer, id)).rejects.toMatchObject({ name: "InvalidAMIID.NotFound" });
  await seller.send(
    new ModifyImageAttributeCommand({
      ImageId: id,
      Attribute: "launchPermission",
      OperationType: "add",
      UserGroups: ["all"],
    }),
  );
  expect(await imageOf(buyer, id)).toMatchObject({ Public: true });
  await seller.send(new ResetImageAttributeCommand({ ImageId: id, Attribute: "launchPermission" }));
  expect(
    (await seller.send(new DescribeImageAttributeCommand({ ImageId: id, Attribute: "launchPermission" })))
      .LaunchPermissions,
  ).toEqual([]);
});

test("only the owner may change or deregister an image", async () => {
  const { seller, buyer } = await ec2Market();
  const id = await register(seller);
  const refusal = { name: "AuthFailure", message: `Not authorized for image:${id}` };
  await expect(
    buyer.send(new ModifyImageAttributeCommand({ ImageId: id, Description: { Value: "mine" } })),
  ).rejects.toMatchObject(refusal);
  await expect(buyer.send(new DeregisterImageCommand({ ImageId: id }))).rejects.toMatchObject(refusal);
  await seller.send(new ModifyImageAttributeCommand({ ImageId: id, Description: { Value: "ours" } }));
  expect((await imageOf(seller, id))?.Description).toBe("ours");
});

test.each([
  ["abc", "InvalidAMIID.Malformed", 'Invalid id: "abc" (expecting "ami-...")'],
  ["ami-12345", "InvalidAMIID.Malformed", 'Invalid id: "ami-12345"'],
  ["ami-0123456789abcdef0", "InvalidAMIID.NotFound", "The image id '[ami-0123456789abcdef0]' does not exist"],
])("an image id that leads nowhere is named: %s", async (id, code, message) => {
  const { seller } = await ec2Market();
  await expect(imageOf(seller, id)).rejects.toMatchObject({ name: code, message });
});

test("a dry run says what would happen and does not do it", async () => {
  const { seller } = await ec2Market();
  const id = await register(seller);
  await expect(seller.send(new DeregisterImageCommand({ ImageId: id, DryRun: true }))).rejects.toMatchObject({
    name: "DryRunOperation",
    message: "Request would have succeeded, but DryRun flag is set.",
    $metadata: { httpStatusCode: 412 },
  });
  expect((await imageOf(seller, id))?.ImageId).toBe(id);
});

test("with encryption by default a copy is encrypted without anybody asking", async () => {
  const { seller } = await ec2Market();
  const base = await amazonLinux(seller, "arm64");
  const copy = async (Name: string) => {
    const { ImageId } = await seller.send(
      new CopyImageCommand({ Name, SourceImageId: base.ImageId, SourceRegion: "us-east-1" }),
    );
    return imageOf(seller, ImageId ?? "");
  };
  const plain = await copy("Example plain");
  expect(plain).toMatchObject({ Architecture: "arm64", EnaSupport: true, SourceImageId: base.ImageId, Public: false });
  expect(plain?.BlockDeviceMappings?.[0]?.Ebs?.Encrypted).toBe(false);
  await seller.send(new EnableEbsEncryptionByDefaultCommand({}));
  const encrypted = await copy("Example encrypted");
  expect(encrypted?.BlockDeviceMappings?.[0]?.Ebs?.Encrypted).toBe(true);
  await expect(
    seller.send(
      new ModifyImageAttributeCommand({ ImageId: encrypted?.ImageId, LaunchPermission: { Add: [{ Group: "all" }] } }),
    ),
  ).rejects.toMatchObject({ name: "InvalidParameter" });
});

test("an image is copied to another region and is there only once", async () => {
  const { client, seller } = await ec2Market();
  const id = await register(seller);
  const ireland = client("seller", "eu-west-1");
  const { ImageId } = await ireland.send(
    new CopyImageCommand({ Name: "Example Agent 1.0", SourceImageId: id, SourceRegion: "us-east-1" }),
  );
  expect(
    (await ireland.send(new DescribeImagesCommand({ Owners: ["self"] }))).Images?.map((each) => each.ImageId),
  ).toEqual([ImageId]);
  await expect(imageOf(seller, ImageId ?? "")).rejects.toMatchObject({ name: "InvalidAMIID.NotFound" });
});

test("a deprecated image is hidden from others unless they ask for it", async () => {
  let ahead = 0;
  const clock = { ...systemClock, now: () => new Date(Date.now() + ahead) };
  const { seller, buyer } = await ec2Market({ clock });
  const id = await register(seller);
  await seller.send(new ModifyImageAttributeCommand({ ImageId: id, LaunchPermission: { Add: [{ Group: "all" }] } }));
  await expect(
    seller.send(new EnableImageDeprecationCommand({ ImageId: id, DeprecateAt: new Date("2020-01-01") })),
  ).rejects.toMatchObject({ name: "InvalidParameterValue" });
  const soon = new Date(Date.now() + 3_600_000);
  await seller.send(new EnableImageDeprecationCommand({ ImageId: id, DeprecateAt: soon }));
  expect((await imageOf(buyer, id))?.DeprecationTime).toMatch(/:00\.000Z$/);
  const list = async () => (await buyer.send(new DescribeImagesCommand({ Owners: [sellerId] }))).Images?.length;
  expect(await list()).toBe(1);
  ahead = 2 * 3_600_000;
  expect(await list()).toBe(0);
  expect((await imageOf(buyer, id))?.ImageId).toBe(id);
  const all = await buyer.send(new DescribeImagesCommand({ Owners: [sellerId], IncludeDeprecated: true }));
  expect(all.Images?.length).toBe(1);
  expect((await seller.send(new DescribeImagesCommand({ Owners: ["self"] }))).Images?.length).toBe(1);
});

test("pages of images go on where the last one ended, although one of them went away", async () => {
  const { seller } = await ec2Market();
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push(await register(seller, { Name: `Example ${i}00` }));
  ids.sort();
  const first = await seller.send(new DescribeImagesCommand({ Owners: ["self"], MaxResults: 2 }));
  await seller.send(new DeregisterImageCommand({ ImageId: ids[1] }));
  const second = await seller.send(
    new DescribeImagesCommand({ Owners: ["self"], MaxResults: 2, NextToken: first.NextToken }),
  );
  const third = await seller.send(new DescribeImagesCommand({ Owners: ["self"], NextToken: second.NextToken }));
  const seen = [first, second, third].flatMap((page) => page.Images?.map((image) => image.ImageId));
  expect(seen).toEqual(ids);
  expect(third.NextToken).toBeUndefined();
});

test("tags on a public image are seen by who wrote them only", async () => {
  const { seller, buyer } = await ec2Market();
  const { ImageId: id = "" } = await amazonLinux(seller, "x86_64");
  await seller.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "base", Value: "yes" }] }));
  const filter = { Filters: [{ Name: "tag:base", Values: ["y*"] }] };
  expect((await seller.send(new DescribeImagesCommand(filter))).Images?.map((image) => image.ImageId)).toEqual([id]);
  expect((await buyer.send(new DescribeImagesCommand(filter))).Images).toEqual([]);
});
