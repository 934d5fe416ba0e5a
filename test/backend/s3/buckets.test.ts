import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { Bucket, s3Market } from "./clients";

test.each(["ab", "Upper", "under_score", "-dash", "dots..twice", "192.168.1.1", "xn--punycode", "name-s3alias"])(
  "a bucket may not be called %s",
  async (name) => {
    const { seller } = await s3Market();
    await expect(seller.send(new CreateBucketCommand({ Bucket: name }))).rejects.toMatchObject({
      name: "InvalidBucketName",
    });
  },
);

test("a name is taken for everybody; making one's own again is fine in us-east-1 only", async () => {
  const { seller, buyer, client } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  await seller.send(new CreateBucketCommand({ Bucket }));
  await expect(buyer.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "BucketAlreadyExists" });
  const ireland = client("seller", { region: "eu-west-1" });
  const inIreland = new CreateBucketCommand({
    Bucket: "example-ireland",
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
  });
  await ireland.send(inIreland);
  await expect(ireland.send(inIreland)).rejects.toMatchObject({ name: "BucketAlreadyOwnedByYou" });
});

test("a bucket is where it was made, and elsewhere one is told where", async () => {
  const { seller, client } = await s3Market();
  const ireland = client("seller", { region: "eu-west-1" });
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" } as const;
  await expect(ireland.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))).rejects.toMatchObject({
    name: "IllegalLocationConstraintException",
  });
  await ireland.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
  );
  await seller.send(new CreateBucketCommand({ Bucket: "example-virginia" }));
  const location = async (name: string) =>
    (await seller.send(new GetBucketLocationCommand({ Bucket: name }))).LocationConstraint;
  expect(await location(Bucket)).toBe("eu-west-1");
  expect(await location("example-virginia")).toBeUndefined();
  expect((await ireland.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("eu-west-1");
  await expect(seller.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
    name: "PermanentRedirect",
    $metadata: { httpStatusCode: 301 },
  });
  const response = await seller.send(new HeadBucketCommand({ Bucket })).catch((error: unknown) => error);
  expect(response).toMatchObject({ $response: { statusCode: 301, headers: { "x-amz-bucket-region": "eu-west-1" } } });
});

test("one lists one's own buckets, in pages if wanted", async () => {
  const { seller, buyer } = await s3Market();
  for (const name of ["example-c", "example-a", "example-b"])
    await seller.send(new CreateBucketCommand({ Bucket: name }));
  await buyer.send(new CreateBucketCommand({ Bucket: "example-buyer" }));
  expect((await seller.send(new ListBucketsCommand({}))).Buckets?.map((each) => each.Name)).toEqual([
    "example-a",
    "example-b",
    "example-c",
  ]);
  const first = await seller.send(new ListBucketsCommand({ MaxBuckets: 2 }));
  const second = await seller.send(
    new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken: first.ContinuationToken }),
  );
  expect(second.Buckets).toMatchObject([{ Name: "example-c", BucketRegion: "us-east-1" }]);
  expect(second.ContinuationToken).toBeUndefined();
});

test("a bucket goes when it is empty, not before", async () => {
  const { seller } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  await seller.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x" }));
  await expect(seller.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "BucketNotEmpty" });
  await expect(seller.send(new ListObjectsV2Command({ Bucket: "example-nowhere" }))).rejects.toMatchObject({
    name: "NoSuchBucket",
  });
});

test("settings that were never made are answered as on the real service", async () => {
  const { seller } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  await expect(seller.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchBucketPolicy",
  });
  await expect(seller.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({ name: "NoSuchTagSet" });
  expect((await seller.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
  expect((await seller.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  await seller.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await expect(seller.send(new GetPublicAccessBlockCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchPublicAccessBlockConfiguration",
  });
  await seller.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }));
  expect((await seller.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: "a", Value: "b" }]);
});

const policyFor = (Principal: unknown, Resource = `arn:aws:s3:::${Bucket}/*`) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource }],
  });

const read = (client: S3Client) => client.send(new GetObjectCommand({ Bucket, Key: "logo.png" }));

test("another account reads only what the bucket's policy opens to it", async () => {
  const { seller, buyer } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  await seller.send(new PutObjectCommand({ Bucket, Key: "logo.png", Body: "png" }));
  await expect(read(buyer)).rejects.toMatchObject({ name: "AccessDenied" });
  const Policy = policyFor({ AWS: "arn:aws:iam::444455556666:root" });
  await seller.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await seller.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  expect(await (await read(buyer)).Body?.transformToString()).toBe("png");
  await expect(buyer.send(new PutObjectCommand({ Bucket, Key: "logo.png", Body: "x" }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
  await expect(buyer.send(new GetObjectCommand({ Bucket, Key: "nothing" }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
});

test.each([
  ["is no JSON", "{"],
  ["is about another bucket", policyFor("*", "arn:aws:s3:::another/*")],
  ["names nobody", policyFor(undefined)],
])("a bucket policy that %s is refused", async (_what, Policy) => {
  const { seller } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  await expect(seller.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
    name: "MalformedPolicy",
  });
});

test("everybody reads an object once public access is unblocked and a policy or an ACL opens it", async () => {
  const { seller, running } = await s3Market();
  const look = (init?: RequestInit) => fetch(`${running.endpoint}/${Bucket}/logo.png`, init);
  const seen = async () => {
    const reply = await look();
    return reply.ok ? [reply.headers.get("content-type"), await reply.text()] : reply.status;
  };
  await seller.send(new CreateBucketCommand({ Bucket }));
  const put = (ACL?: "public-read") =>
    seller.send(new PutObjectCommand({ Bucket, Key: "logo.png", Body: "png", ContentType: "image/png", ACL }));
  await put();
  expect(await seen()).toBe(403);
  await expect(put("public-read")).rejects.toMatchObject({ name: "AccessControlListNotSupported" });
  const open = new PutBucketPolicyCommand({ Bucket, Policy: policyFor("*") });
  await expect(seller.send(open)).rejects.toMatchObject({ name: "AccessDenied" });

  await seller.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await seller.send(open);
  expect(await seen()).toEqual(["image/png", "png"]);
  const head = await look({ method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "3"]);
  expect((await look({ headers: { range: "bytes=1-" } })).status).toBe(206);
  expect((await look({ method: "DELETE" })).status).toBe(403);
  expect((await fetch(`${running.endpoint}/${Bucket}/absent.png`)).status).toBe(403);
  expect((await fetch(`${running.endpoint}/${Bucket}/logo.png?response-content-type=a/b`)).status).toBe(400);
  expect((await fetch(`${running.endpoint}/absent-bucket/logo.png`)).status).toBe(404);
  await seller.send(
    new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }),
  );
  expect(await seen()).toBe(403);

  await seller.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
    }),
  );
  await put("public-read");
  expect(await seen()).toEqual(["image/png", "png"]);
});
