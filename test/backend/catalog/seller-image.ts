import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  type CreateVolumeCommandInput,
  EC2Client,
  RegisterImageCommand,
  type RegisterImageCommandInput,
} from "@aws-sdk/client-ec2";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import type { RunningMarketplace } from "../../../backend";
import { connection } from "./catalog-market";

export type ImageOptions = Partial<RegisterImageCommandInput> & Pick<CreateVolumeCommandInput, "Encrypted">;

/** An image of the seller's and the role with which the marketplace may take it, as AddDeliveryOptions names them. */
export async function sellerImage(market: RunningMarketplace, more: ImageOptions = {}, account = "seller") {
  const [AmiId, AccessRoleArn] = await Promise.all([
    registerImage(market, more, account),
    ingestionRole(market, account),
  ]);
  return { AmiId, AccessRoleArn };
}

async function registerImage(
  market: RunningMarketplace,
  { Encrypted, ...more }: ImageOptions,
  account: string,
): Promise<string> {
  const ec2 = new EC2Client(connection(market, account));
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8, Encrypted }));
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const { ImageId = "" } = await ec2.send(
    new RegisterImageCommand({
      Name: `Example Corp Log Agent ${SnapshotId}`,
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      EnaSupport: true,
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId } }],
      ...more,
    }),
  );
  return ImageId;
}

async function ingestionRole(market: RunningMarketplace, account: string): Promise<string> {
  const iam = new IAMClient(connection(market, account));
  const RoleName = `Ingestion-${Math.random().toString(36).slice(2, 10)}`;
  const trust = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "assets.marketplace.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyArn = "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion";
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  return Role?.Arn ?? "";
}
