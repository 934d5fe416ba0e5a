import {
  DescribeImagesCommand,
  RegisterImageCommand,
  CreateVolumeCommand,
  CreateSnapshotCommand,
} from "@aws-sdk/client-ec2";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { expect, onTestFinished, test } from "vitest";
import { assetFacts } from "../../../backend/ec2/assets";
import {
  deprecateCopy,
  ingestImage,
  marketplaceAccount,
  marketplaceCopy,
  showCopy,
} from "../../../backend/ec2/ingestion";
import type { Caller } from "../../../backend/service";
import { ec2Market, sellerId } from "./clients";

const managed = "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion";
const RoleName = "ingestion";
const AccessRoleArn = `arn:aws:iam::${sellerId}:role/${RoleName}`;

const trust = (Service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
  });

/** A seller with an image and, unless `role` is false, a role as the marketplace wants it. */
async function seller({ encrypted = false, trusts = "assets.marketplace.amazonaws.com", role = true } = {}) {
  const ec2 = await ec2Market();
  const { VolumeId } = await ec2.seller.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8, Encrypted: encrypted }),
  );
  const { SnapshotId } = await ec2.seller.send(new CreateSnapshotCommand({ VolumeId }));
  const { ImageId: AmiId = "" } = await ec2.seller.send(
    new RegisterImageCommand({
      Name: "Example Agent",
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      RootDeviceName: "/dev/xvda",
      EnaSupport: true,
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }],
    }),
  );
  const account = ec2.running.accounts[0];
  const iam = new IAMClient({ endpoint: ec2.running.endpoint, region: "us-east-1", credentials: account });
  onTestFinished(() => iam.destroy());
  if (role) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(trusts) }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: managed }));
  }
  const facts = (as: Caller = rootOf(sellerId)) => assetFacts(ec2.running.market, as, { AmiId, AccessRoleArn });
  return { ...ec2, iam, AmiId, SnapshotId, facts };
}

const rootOf = (accountId: string): Caller => ({
  accountId,
  kind: "root",
  arn: `arn:aws:iam::${accountId}:root`,
  userId: accountId,
});

test("an image and a role that are right have nothing against them", async () => {
  const { facts, SnapshotId } = await seller();
  expect(facts()).toMatchObject({
    image: {
      found: true,
      ownerId: sellerId,
      name: "Example Agent",
      architecture: "x86_64",
      virtualizationType: "hvm",
      rootDeviceType: "ebs",
      enaSupport: true,
      productCodes: [],
      snapshots: [{ id: SnapshotId, encrypted: false }],
    },
    role: { found: true, trustsIngestion: true, missingActions: [], passable: true },
  });
});

test("an encrypted snapshot, a role that trusts somebody else and rights that are missing show", async () => {
  const { facts, iam } = await seller({ encrypted: true, trusts: "ec2.amazonaws.com" });
  expect(facts().image).toMatchObject({ snapshots: [{ encrypted: true }] });
  expect(facts().role).toMatchObject({ trustsIngestion: false });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: managed }));
  const statement = { Effect: "Allow", Action: ["ec2:Describe*", "ec2:ModifyImageAttribute"], Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "some", PolicyDocument }));
  expect(facts().role).toMatchObject({ missingActions: ["ec2:ModifySnapshotAttribute"] });
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: "some", PolicyDocument: PolicyDocument.replace("Allow", "Deny") }),
  );
  expect(facts().role).toMatchObject({ missingActions: expect.arrayContaining(["ec2:DescribeImages"]) as string[] });
});

test("a role that is gone, and an image of another account, are not found", async () => {
  const { facts, iam } = await seller();
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: managed }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  expect(facts().role).toEqual({ found: false, reason: `There is no role ${AccessRoleArn}` });
  expect(facts(rootOf("444455556666")).image).toMatchObject({ found: false });
});

test("another account may not pass the seller's role", async () => {
  const { facts } = await seller();
  expect(facts(rootOf("444455556666")).role).toMatchObject({ found: true, passable: false });
});

test("the marketplace's copy carries the product code, is hidden until shown, and there is one of it", async () => {
  const { running, AmiId, seller: client, buyer } = await seller({ role: false });
  const { market } = running;
  const inStore = <T>(work: () => T) => market.store.transaction(work);
  const copy = await inStore(() => ingestImage(market, AmiId, { productCode: "abcdefghij1234567890" }));
  expect(await inStore(() => ingestImage(market, AmiId))).toBe(copy);
  expect(marketplaceCopy(market, AmiId)).toBe(copy);
  const other = await inStore(() => ingestImage(market, AmiId, { copyId: "ami-0123456789abcdef0" }));
  expect(other).toBe("ami-0123456789abcdef0");
  const find = async () =>
    (await buyer.send(new DescribeImagesCommand({ Owners: ["aws-marketplace"] }))).Images?.map(
      (image) => image.ImageId,
    );
  expect(await find()).toEqual([]);
  await inStore(() => showCopy(market, copy, "everybody"));
  expect((await buyer.send(new DescribeImagesCommand({ ImageIds: [copy] }))).Images).toMatchObject([
    {
      OwnerId: marketplaceAccount,
      ImageOwnerAlias: "aws-marketplace",
      ProductCodes: [{ ProductCodeId: "abcdefghij1234567890", ProductCodeType: "marketplace" }],
    },
  ]);
  expect(await find()).toEqual([copy]);
  await inStore(() => deprecateCopy(market, copy));
  expect(await find()).toEqual([]);
  const shared = await client.send(new DescribeImagesCommand({ ExecutableUsers: [marketplaceAccount] }));
  expect(shared.Images?.map((image) => image.ImageId)).toEqual([AmiId]);
});
