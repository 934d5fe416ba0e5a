import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  EC2Client,
  RegisterImageCommand,
  waitUntilSnapshotCompleted,
  waitUntilVolumeAvailable,
} from "@aws-sdk/client-ec2";
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, HeadBucketCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

/** Where to make things and as whom; whatever is left out comes from the SDK's default chain. */
export interface SellerConnection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What a listing refers to and a build pipeline leaves behind. */
export interface BuildResults {
  readonly amiId: string;
  readonly ingestionRoleArn: string;
  readonly bucket: string;
}

/**
 * An image, a role that lets AWS Marketplace copy it, and a bucket for the listing's files, as a seller's pipeline would
 * leave them. What is there already from an earlier call is used again.
 */
export async function prepareSeller(connection: SellerConnection): Promise<BuildResults> {
  const [amiId, ingestionRoleArn, bucket] = await Promise.all([
    imageOf(new EC2Client({ ...connection })),
    ingestionRoleOf(new IAMClient({ ...connection })),
    bucketOf(new S3Client({ ...connection, forcePathStyle: true }), new STSClient({ ...connection })),
  ]);
  return { amiId, ingestionRoleArn, bucket };
}

/** AWS Marketplace wants the seller's company or brand at the start of an image's name. */
const imageName = "Example Corp Log Agent 4.2.0";

async function imageOf(ec2: EC2Client): Promise<string> {
  const filters = [{ Name: "name", Values: [imageName] }];
  const { Images: [known] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["self"], Filters: filters }));
  if (known?.ImageId !== undefined) return known.ImageId;
  const volume = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8, VolumeType: "gp3" }),
  );
  const patience = { client: ec2, maxWaitTime: 60, minDelay: 1, maxDelay: 2 };
  await waitUntilVolumeAvailable(patience, { VolumeIds: [named(volume.VolumeId)] });
  const { SnapshotId } = await ec2.send(
    new CreateSnapshotCommand({ VolumeId: volume.VolumeId, Description: imageName }),
  );
  await waitUntilSnapshotCompleted(patience, { SnapshotIds: [named(SnapshotId)] });
  const { ImageId } = await ec2.send(
    new RegisterImageCommand({
      Name: imageName,
      Architecture: "x86_64",
      VirtualizationType: "hvm",
      EnaSupport: true,
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId, VolumeType: "gp3" } }],
    }),
  );
  return named(ImageId);
}

const roleName = "MarketplaceAmiIngestion";

/** The trust and the managed policy are AWS Marketplace's own: "Giving AWS Marketplace access to your AMI". */
async function ingestionRoleOf(iam: IAMClient): Promise<string> {
  const role = (await knownRole(iam)) ?? (await iam.send(newRole())).Role?.Arn;
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: roleName,
      PolicyArn: "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion",
    }),
  );
  return named(role);
}

async function knownRole(iam: IAMClient): Promise<string | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: roleName }))).Role?.Arn;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

function newRole(): CreateRoleCommand {
  const trust = {
    Effect: "Allow",
    Principal: { Service: "assets.marketplace.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  return new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: document });
}

async function bucketOf(s3: S3Client, sts: STSClient): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const Bucket = `example-corp-listing-files-${named(Account)}`;
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
    await s3.send(new CreateBucketCommand({ Bucket }));
  }
  return Bucket;
}

function named(id: string | undefined): string {
  if (id === undefined) throw new Error("The endpoint answered without the id of what it made.");
  return id;
}
