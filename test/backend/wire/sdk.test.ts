import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  DescribeEntityCommand,
  MarketplaceCatalogClient,
  StartChangeSetCommand,
} from "@aws-sdk/client-marketplace-catalog";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { AwsError } from "../../../backend/service";
import { wireServer } from "./wire-server";

const moment = new Date("2026-01-02T03:04:05Z");

const server = wireServer({
  catalog: {
    StartChangeSet: () => ({ ChangeSetId: "cs1", ChangeSetArn: "arn:aws:aws-marketplace:us-east-1:111122223333:x" }),
    DescribeEntity: ({ EntityId }: { EntityId: string }) => {
      if (EntityId === "locked") throw new AwsError("ResourceInUseException", "Locked, <really> & é.", { members: {} });
      if (EntityId === "field") {
        throw new AwsError("ValidationException", "No.", {
          members: { ValidationExceptionFieldList: [{ Field: "EntityId", Message: "is odd" }] },
        });
      }
      return {
        EntityIdentifier: `${EntityId}@1`,
        DetailsDocument: { a: [1, { b: null, c: "é" }] },
        EntityType: undefined,
      };
    },
  },
  iam: {
    CreateRole: ({ RoleName }: { RoleName: string }) => {
      if (RoleName === "twice") throw new AwsError("EntityAlreadyExists", "Role with name twice already exists.");
      return { Role: { RoleName, Path: "/", RoleId: "AROA1", Arn: "arn:x", CreateDate: moment } };
    },
    DeleteRole: () => ({}),
  },
  sts: {
    GetCallerIdentity: () => ({ UserId: "AIDA", Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/a" }),
    AssumeRole: () => ({
      Credentials: { AccessKeyId: "ASIA1", SecretAccessKey: "s", SessionToken: "t", Expiration: moment },
    }),
  },
  ec2: {
    DescribeImages: ({ ImageIds }: { ImageIds?: string[] }) => {
      if (ImageIds?.[0] === "ami-404")
        throw new AwsError("InvalidAMIID.NotFound", "The image id '[ami-404]' does not exist");
      return {
        Images: [
          {
            ImageId: "ami-1",
            Public: false,
            BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, SnapshotId: "snap-1" } }],
            Tags: [{ Key: "k", Value: "<v&>" }],
            ProductCodes: [],
          },
        ],
      };
    },
  },
  s3: {
    CreateBucket: ({ Bucket }: { Bucket: string }) => ({ Location: `/${Bucket}` }),
    ListBuckets: () => ({ Buckets: [{ Name: "b", CreationDate: moment }] }),
    PutObject: () => ({ ETag: '"e"' }),
    HeadObject: () => ({ ContentLength: 5, ETag: '"e"', LastModified: moment, Metadata: { a: "1" } }),
    GetObject: ({ Key }: { Key: string }) => {
      if (Key === "missing") throw new AwsError("NoSuchKey", "The specified key does not exist.", { members: { Key } });
      return { Body: Buffer.from("hello"), ContentLength: 5, ContentType: "text/plain", Metadata: { a: "ü" } };
    },
    ListObjectsV2: () => ({ Name: "b", KeyCount: 1, Contents: [{ Key: "a b/ü", Size: 5, LastModified: moment }] }),
  },
});

const catalog = () => server.client(MarketplaceCatalogClient);
const iam = () => server.client(IAMClient);
const sts = () => server.client(STSClient);
const ec2 = () => server.client(EC2Client);
const s3 = () => server.client(S3Client);

const describe = (EntityId: string) =>
  catalog()
    .send(new DescribeEntityCommand({ Catalog: "AWSMarketplace", EntityId }))
    .catch((error: unknown) => error);
const lastInput = () => server.inputs.at(-1);

test("a change set travels as JSON, document and all", async () => {
  const input = {
    Catalog: "AWSMarketplace",
    ChangeSet: [
      {
        ChangeType: "CreateProduct",
        Entity: { Type: "AmiProduct@1.0" },
        DetailsDocument: { ProductTitle: "Agent é", Nested: [1, null, { a: false }] },
      },
    ],
    ClientRequestToken: "token",
  };
  expect(await catalog().send(new StartChangeSetCommand(input))).toMatchObject({ ChangeSetId: "cs1" });
  expect(lastInput()).toEqual(input);
});

test("query parameters of a REST operation are read", async () => {
  const answer = await catalog().send(new DescribeEntityCommand({ Catalog: "AWSMarketplace", EntityId: "prod-1" }));
  expect(lastInput()).toEqual({ Catalog: "AWSMarketplace", EntityId: "prod-1" });
  expect(answer).toMatchObject({ EntityIdentifier: "prod-1@1", DetailsDocument: { a: [1, { b: null, c: "é" }] } });
});

test("errors arrive as the client's own exceptions, with their members", async () => {
  expect(await describe("locked")).toMatchObject({
    name: "ResourceInUseException",
    message: "Locked, <really> & é.",
    $metadata: { httpStatusCode: 423, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
  });
  expect(await describe("field")).toMatchObject({
    name: "ValidationException",
    ValidationExceptionFieldList: [{ Field: "EntityId", Message: "is odd" }],
    $metadata: { httpStatusCode: 422 },
  });
});

test("IAM speaks the query protocol", async () => {
  const input = {
    RoleName: "ingestion",
    AssumeRolePolicyDocument: '{"Version":"2012-10-17"}',
    MaxSessionDuration: 3600,
    Tags: [{ Key: "a", Value: "" }],
  };
  expect(await iam().send(new CreateRoleCommand(input))).toMatchObject({
    Role: { RoleName: "ingestion", CreateDate: moment },
  });
  expect(lastInput()).toEqual(input);
  await iam().send(new DeleteRoleCommand({ RoleName: "ingestion" }));
  const again = iam().send(new CreateRoleCommand({ ...input, RoleName: "twice" }));
  await expect(again).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    $metadata: { httpStatusCode: 409 },
  });
});

test("STS speaks the query protocol", async () => {
  expect(await sts().send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "111122223333" });
  const assumed = await sts().send(
    new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111122223333:role/r", RoleSessionName: "session" }),
  );
  expect(assumed.Credentials?.Expiration).toEqual(moment);
});

test("EC2 speaks its own query protocol", async () => {
  const input = { ImageIds: ["ami-1"], Owners: ["self"], Filters: [{ Name: "name", Values: ["a", "b"] }] };
  const answer = await ec2().send(new DescribeImagesCommand(input));
  expect(lastInput()).toEqual(input);
  expect(answer.Images).toEqual([
    {
      ImageId: "ami-1",
      Public: false,
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, SnapshotId: "snap-1" } }],
      Tags: [{ Key: "k", Value: "<v&>" }],
      ProductCodes: [],
    },
  ]);
  await expect(ec2().send(new DescribeImagesCommand({ ImageIds: ["ami-404"] }))).rejects.toMatchObject({
    name: "InvalidAMIID.NotFound",
    message: "The image id '[ami-404]' does not exist",
  });
});

test("S3 objects are put with checksums and got with metadata", async () => {
  await s3().send(new CreateBucketCommand({ Bucket: "listing-files" }));
  expect(lastInput()).toMatchObject({ Bucket: "listing-files" });
  const Key = "eula/ü & (v1)/a+b.txt";
  await s3().send(new PutObjectCommand({ Bucket: "listing-files", Key, Body: "hello", Metadata: { title: "ü" } }));
  const put = lastInput() as { Body: Uint8Array };
  expect(put).toMatchObject({ Bucket: "listing-files", Key, ContentLength: 5 });
  expect(Buffer.from(put.Body).toString()).toBe("hello");
  const got = await s3().send(new GetObjectCommand({ Bucket: "listing-files", Key }));
  expect(await got.Body?.transformToString()).toBe("hello");
  expect(await s3().send(new HeadObjectCommand({ Bucket: "listing-files", Key }))).toMatchObject({ ContentLength: 5 });
  expect((await s3().send(new ListBucketsCommand({}))).Buckets).toEqual([{ Name: "b", CreationDate: moment }]);
  const listed = await s3().send(new ListObjectsV2Command({ Bucket: "listing-files", Prefix: "a b+ü&" }));
  expect(lastInput()).toEqual({ Bucket: "listing-files", Prefix: "a b+ü&" });
  expect(listed.Contents).toMatchObject([{ Key: "a b/ü", Size: 5 }]);
  await expect(s3().send(new GetObjectCommand({ Bucket: "listing-files", Key: "missing" }))).rejects.toMatchObject({
    name: "NoSuchKey",
    Key: "missing",
    $metadata: { httpStatusCode: 404 },
  });
});

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
