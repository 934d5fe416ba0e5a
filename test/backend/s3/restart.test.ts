import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeImagesCommand, EC2Client, RegisterImageCommand } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend/index";
import { Bucket } from "./clients";

async function open(dataDir: string) {
  const running = await startMarketplace({ dataDir });
  const settings = { endpoint: running.endpoint, region: "us-east-1", credentials: running.accounts[0] };
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const ec2 = new EC2Client(settings);
  const close = async () => {
    s3.destroy();
    ec2.destroy();
    await running.close();
  };
  return { s3, ec2, close };
}

test("objects and images are still there after a restart, and an image can be made of a bundle in S3", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "restart-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const before = await open(dataDir);
  await before.s3.send(new CreateBucketCommand({ Bucket }));
  await before.s3.send(new PutObjectCommand({ Bucket, Key: "bundle/agent.manifest.xml", Body: "<manifest/>" }));
  const { ImageId } = await before.ec2.send(
    new RegisterImageCommand({
      Name: "Example bundle",
      ImageLocation: `${Bucket}/bundle/agent.manifest.xml`,
      Architecture: "x86_64",
      VirtualizationType: "hvm",
    }),
  );
  await before.close();

  const after = await open(dataDir);
  const { Body } = await after.s3.send(new GetObjectCommand({ Bucket, Key: "bundle/agent.manifest.xml" }));
  expect(await Body?.transformToString()).toBe("<manifest/>");
  expect((await after.ec2.send(new DescribeImagesCommand({ Owners: ["self"] }))).Images).toMatchObject([
    { ImageId, RootDeviceType: "instance-store", Architecture: "x86_64" },
  ]);
  await after.close();
});
