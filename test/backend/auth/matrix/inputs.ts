import type { Belongings } from "./belongings";

/** What a service's calls are asked with. */
export interface Inputs {
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

export function catalogInputs({ productId, changeSetId }: Belongings): Inputs {
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
        ["on a seller", change("CreateSeller", "Seller@1.0")],
        ["on an agent's token", change("CreateAgentTokenContainer", "AgentTokenContainer@1.0")],
        ["on a product request", change("CreateProductProcurementRequest", "ProductProcurementRequest@1.0")],
      ],
    },
  };
}

export function iamInputs({ roleArn }: Belongings): Inputs {
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

export function stsInputs({ roleArn }: Belongings): Inputs {
  return {
    common: {
      RoleArn: roleArn,
      RoleSessionName: "matrix",
      AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
      EncodedMessage: "none",
    },
  };
}

export function ec2Inputs({ imageId, snapshotId, volumeId }: Belongings): Inputs {
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

export function s3Inputs({ bucket: Bucket }: Belongings): Inputs {
  const common = {
    Bucket,
    Key: "thing",
    Body: "thing",
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
