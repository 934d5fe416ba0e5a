import * as ec2 from "@aws-sdk/client-ec2";
import * as iam from "@aws-sdk/client-iam";
import * as catalog from "@aws-sdk/client-marketplace-catalog";
import * as s3 from "@aws-sdk/client-s3";
import * as sts from "@aws-sdk/client-sts";

/** What the seller has, for others to try their hands on. */
export interface Belongings {
  readonly productId: string;
  readonly changeSetId: string;
  readonly bucket: string;
  readonly imageId: string;
  readonly snapshotId: string;
  readonly volumeId: string;
  readonly roleArn: string;
}

/** A request of the matrix. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** The operation's name, or where there are several calls of one, which of them it is. */
  readonly label: string;
  readonly input: object;
}

interface AnyClient {
  send(command: object): Promise<object>;
  destroy(): void;
}
type Commands = Readonly<Record<string, new (input: object) => AnyClient>>;

const sdks: Readonly<Record<string, { readonly commands: object; readonly client: string }>> = {
  catalog: { commands: catalog, client: "MarketplaceCatalogClient" },
  iam: { commands: iam, client: "IAMClient" },
  sts: { commands: sts, client: "STSClient" },
  ec2: { commands: ec2, client: "EC2Client" },
  s3: { commands: s3, client: "S3Client" },
};

export const SERVICES = Object.keys(sdks);

/** Sends a call with the credentials of the settings. */
export function senderOf(settings: object): (call: Call) => Promise<object> {
  const clients = new Map<string, AnyClient>();
  return ({ service, operation, input }) => {
    const { commands, client } = sdks[service] ?? { commands: {}, client: "" };
    const module = commands as Commands;
    const Client = module[client];
    const Command = module[`${operation}Command`];
    if (Client === undefined || Command === undefined) throw new Error(`The SDK has no ${service} ${operation}.`);
    const known = clients.get(service) ?? new Client({ ...settings, forcePathStyle: true });
    clients.set(service, known);
    return known.send(new Command(input));
  };
}

/** One call of each operation, and one more where the rights differ by what it asks for. */
export function callsOf(service: string, operations: readonly string[], things: Belongings): Call[] {
  const inputs = INPUTS[service]?.(things);
  return operations.flatMap((operation) => {
    const special = inputs?.special?.[operation];
    if (Array.isArray(special)) {
      return special.map(([label, input]) => ({ service, operation, label: `${operation} ${label}`, input }));
    }
    return [{ service, operation, label: operation, input: special ?? inputs?.common ?? {} }];
  });
}

interface Inputs {
  /** Members that operations of the service have in common; the SDK leaves out those that one does not have. */
  readonly common: object;
  readonly special?: Readonly<Record<string, object | readonly (readonly [string, object])[]>>;
}

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "sqs:ListQueues", Resource: "*" },
});

const TRUST_EC2 = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
});

const INPUTS: Readonly<Record<string, (things: Belongings) => Inputs>> = {
  catalog: catalogInputs,
  iam: iamInputs,
  sts: stsInputs,
  ec2: ec2Inputs,
  s3: s3Inputs,
};

function catalogInputs({ productId, changeSetId }: Belongings): Inputs {
  const Catalog = "AWSMarketplace";
  const change = (ChangeType: string, Type: string, Identifier?: string, details: object = {}) => ({
    Catalog,
    ChangeSet: [{ ChangeType, Entity: { Type, Identifier }, DetailsDocument: details }],
  });
  return {
    common: {
      Catalog,
      EntityId: productId,
      ChangeSetId: changeSetId,
      EntityType: "AmiProduct",
      EntityRequestList: [{ Catalog, EntityId: productId }],
      ResourceArn: `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/AmiProduct/${productId}`,
      Tags: [{ Key: "team", Value: "sales" }],
      TagKeys: ["team"],
      Policy: "{}",
    },
    special: {
      // Details that fit no schema: whoever may ask is told so, and nothing changes.
      StartChangeSet: [
        ["on a product", change("UpdateInformation", "AmiProduct@1.0", productId)],
        ["with an offer", change("CreateOffer", "Offer@1.0", undefined, { ProductId: productId, Unknown: 1 })],
      ],
    },
  };
}

function iamInputs({ roleArn }: Belongings): Inputs {
  const nobody = "nobody";
  return {
    common: {
      UserName: nobody,
      GroupName: nobody,
      RoleName: nobody,
      InstanceProfileName: nobody,
      PolicyName: nobody,
      PolicyArn: `arn:aws:iam::111122223333:policy/${nobody}`,
      PolicyDocument: POLICY,
      AssumeRolePolicyDocument: TRUST_EC2,
      PermissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess",
      Description: "Of nobody",
      VersionId: "v1",
      AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
      Status: "Active",
      Password: "Correct-Horse-1",
      OldPassword: "Correct-Horse-1",
      NewPassword: "Battery-Staple-2",
      AccountAlias: "example-corp",
      AWSServiceName: "resale-authorization.marketplace.amazonaws.com",
      PolicySourceArn: roleArn,
      ActionNames: ["s3:GetObject"],
      PolicyInputList: [POLICY],
      Tags: [{ Key: "team", Value: "sales" }],
      TagKeys: ["team"],
    },
  };
}

function stsInputs({ roleArn }: Belongings): Inputs {
  return { common: { RoleArn: roleArn, RoleSessionName: "matrix", AccessKeyId: "AKIAIOSFODNN7EXAMPLE" } };
}

function ec2Inputs({ imageId, snapshotId, volumeId }: Belongings): Inputs {
  const InstanceId = "i-0123456789abcdef0";
  const image = { ImageId: imageId, Attribute: "launchPermission", DeprecateAt: new Date("2030-01-01T00:00:00Z") };
  const snapshot = { SnapshotId: snapshotId, Attribute: "createVolumePermission" };
  const share = { OperationType: "add", UserIds: ["444455556666"] };
  const copied = { SourceRegion: "us-east-1", SourceImageId: imageId, SourceSnapshotId: snapshotId, Name: "copy" };
  return {
    common: {
      ...image,
      ...copied,
      SnapshotId: snapshotId,
      VolumeId: volumeId,
      AvailabilityZone: "us-east-1a",
      Resources: [imageId],
      Tags: [{ Key: "team", Value: "sales" }],
      RegionNames: ["us-east-1"],
      InstanceTypes: ["m5.large"],
      InstanceType: "m5.large",
      InstanceId,
      InstanceIds: [InstanceId],
      MinCount: 1,
      MaxCount: 1,
      GroupId: "sg-0123456789abcdef0",
      GroupName: "matrix",
      Description: "Of the matrix",
      VpcId: "vpc-0123456789abcdef0",
      KeyName: "matrix",
      CidrBlock: "10.0.0.0/16",
    },
    special: {
      ModifyImageAttribute: { ...image, ...share },
      DescribeSnapshotAttribute: snapshot,
      ResetSnapshotAttribute: snapshot,
      ModifySnapshotAttribute: { ...snapshot, ...share },
      RegisterImage: { Name: "matrix" },
      DescribeInstanceAttribute: { InstanceId, Attribute: "instanceType" },
      ModifyInstanceAttribute: { InstanceId, DisableApiTermination: { Value: false } },
    },
  };
}

function s3Inputs({ bucket: Bucket }: Belongings): Inputs {
  const common = {
    Bucket,
    Key: "thing",
    UploadId: "upload",
    PartNumber: 1,
    CopySource: `${Bucket}/thing`,
    Policy: "no policy",
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    MultipartUpload: { Parts: [{ PartNumber: 1, ETag: "etag" }] },
    Delete: { Objects: [{ Key: "other" }] },
  };
  const tagging = { ...common, Tagging: { TagSet: [{ Key: "team", Value: "sales" }] } };
  return {
    common,
    special: {
      DeleteObject: { Bucket, Key: "other" },
      PutBucketAcl: { Bucket, ACL: "private" },
      PutObjectAcl: { Bucket, Key: "thing", ACL: "private" },
      PutBucketTagging: tagging,
      PutObjectTagging: tagging,
    },
  };
}
