import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";

import { createAccessKey } from "../../../../backend/iam/access-keys";
import { allow, BUYER, openWithPeople, policy, refusalOf, SELLER } from "../people";

const Bucket = "example-assets";
const BUCKET = `arn:aws:s3:::${Bucket}`;

const client = (settings: object) => new S3Client({ ...settings, forcePathStyle: true });

async function open() {
  const people = await openWithPeople();
  const admin = client(people.admin());
  await admin.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ["ana/a.png", "bob/b.png", "logo.png"]) {
    await admin.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  }
  const clientOf = async (...rights: readonly object[]) => client(await people.person(...rights));
  const setPolicy = (...statements: object[]) =>
    admin.send(new PutBucketPolicyCommand({ Bucket, Policy: policy(...statements) }));
  return { ...people, admin, buyersAdmin: people.admin("buyer"), clientOf, setPolicy };
}

test("everybody has a folder, and sees nothing else", async () => {
  const { named } = await open();
  const home = [
    allow("s3:ListBucket", { Resource: BUCKET, Condition: { StringLike: { "s3:prefix": "${aws:username}/*" } } }),
    allow(["s3:GetObject", "s3:PutObject"], { Resource: `${BUCKET}/\${aws:username}/*` }),
  ];
  const ana = client(await named("ana", ...home));
  await ana.send(new PutObjectCommand({ Bucket, Key: "ana/c.png", Body: "c" }));
  const { Contents } = await ana.send(new ListObjectsV2Command({ Bucket, Prefix: "ana/" }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(["ana/a.png", "ana/c.png"]);
  for (const attempt of [
    new GetObjectCommand({ Bucket, Key: "bob/b.png" }),
    new ListObjectsV2Command({ Bucket, Prefix: "bob/" }),
    new ListObjectsV2Command({ Bucket }),
    new ListBucketsCommand({}),
  ]) {
    expect(await refusalOf(ana.send(attempt as GetObjectCommand))).toMatch(/ana is not authorized to perform: s3:/);
  }
});

test("who may read but not list learns nothing of what is not there", async () => {
  const { clientOf } = await open();
  const reads = allow("s3:GetObject", { Resource: `${BUCKET}/*` });
  const missing = new GetObjectCommand({ Bucket, Key: "missing" });
  await expect((await clientOf(reads)).send(missing)).rejects.toMatchObject({ name: "AccessDenied" });
  const lists = allow("s3:ListBucket", { Resource: BUCKET });
  await expect((await clientOf(reads, lists)).send(missing)).rejects.toMatchObject({ name: "NoSuchKey" });
  await expect((await clientOf()).send(new GetObjectCommand({ Bucket: "nobodys", Key: "a" }))).rejects.toMatchObject({
    name: "NoSuchBucket",
  });
});

test("a bucket's policy lets in users of its own account who have no rights of their own", async () => {
  const { named, setPolicy } = await open();
  const ana = client(await named("ana"));
  await expect(ana.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
  const Principal = { AWS: `arn:aws:iam::${SELLER}:user/ana` };
  await setPolicy(allow("s3:ListBucket", { Resource: BUCKET, Principal }));
  await ana.send(new HeadBucketCommand({ Bucket }));
});

test("another account gets in where both sides say so", async () => {
  const { buyersAdmin, setPolicy, person } = await open();
  const buyer = client(buyersAdmin);
  const reading = new GetObjectCommand({ Bucket, Key: "logo.png" });
  expect(await refusalOf(buyer.send(reading))).toBe("Access Denied");
  const granted = { Principal: { AWS: BUYER }, Resource: `${BUCKET}/*` };
  await setPolicy(allow("s3:GetObject", granted));
  await buyer.send(reading);
  const seller = await person();
  expect(await refusalOf(client(seller).send(reading))).toMatch(/no identity-based policy allows/);
});

test("a copy needs a right to what is read and to what is written", async () => {
  const { clientOf } = await open();
  const copying = new CopyObjectCommand({ Bucket, Key: "new.png", CopySource: `${Bucket}/logo.png` });
  const reads = allow("s3:GetObject", { Resource: `${BUCKET}/logo.png` });
  const writes = allow("s3:PutObject", { Resource: `${BUCKET}/new.png` });
  const attempt = async (...rights: object[]) => refusalOf((await clientOf(...rights)).send(copying));
  expect(await attempt(reads)).toMatch(/s3:PutObject on resource: "\S+new\.png"/);
  expect(await attempt(writes)).toMatch(/s3:GetObject on resource: "\S+logo\.png"/);
  expect(await attempt(reads, writes)).toBeUndefined();
});

test("tags of an object need a right of their own, and may decide who reads it", async () => {
  const { admin, clientOf } = await open();
  const writer = await clientOf(allow("s3:PutObject"));
  const tagged = new PutObjectCommand({ Bucket, Key: "t.png", Body: "t", Tagging: "stage=live" });
  expect(await refusalOf(writer.send(tagged))).toMatch(/s3:PutObjectTagging on resource/);
  await admin.send(tagged);
  const reader = await clientOf(
    allow(["s3:GetObject", "s3:GetObjectTagging"], {
      Condition: { StringEquals: { "s3:ExistingObjectTag/stage": "live" } },
    }),
  );
  await reader.send(new GetObjectCommand({ Bucket, Key: "t.png" }));
  await reader.send(new GetObjectTaggingCommand({ Bucket, Key: "t.png" }));
  expect(await refusalOf(reader.send(new GetObjectCommand({ Bucket, Key: "logo.png" })))).toMatch(/not authorized/);
  const Tagging = { TagSet: [{ Key: "stage", Value: "live" }] };
  const tagging = new PutObjectTaggingCommand({ Bucket, Key: "logo.png", Tagging });
  expect(await refusalOf(reader.send(tagging))).toMatch(/s3:PutObjectTagging/);
});

test("an ACL of a new object is a condition, and needs a right of its own", async () => {
  const { clientOf } = await open();
  const ACL = "bucket-owner-full-control" as const;
  const plain = { Bucket, Key: "acl.png", Body: "a" };
  const only = allow(["s3:PutObject", "s3:PutObjectAcl"], { Condition: { StringEquals: { "s3:x-amz-acl": ACL } } });
  const user = await clientOf(only);
  expect(await refusalOf(user.send(new PutObjectCommand({ ...plain, ACL })))).toBeUndefined();
  expect(await refusalOf(user.send(new PutObjectCommand(plain)))).toMatch(/s3:PutObject on resource/);
  expect(
    await refusalOf((await clientOf(allow("s3:PutObject"))).send(new PutObjectCommand({ ...plain, ACL }))),
  ).toMatch(/s3:PutObjectAcl/);
});

test("deleting several objects tells of each that is refused", async () => {
  const { clientOf } = await open();
  const user = await clientOf(allow("s3:DeleteObject", { Resource: `${BUCKET}/ana/*` }));
  const Delete = { Objects: [{ Key: "ana/a.png" }, { Key: "bob/b.png" }] };
  const { Deleted, Errors } = await user.send(new DeleteObjectsCommand({ Bucket, Delete }));
  expect(Deleted).toEqual([{ Key: "ana/a.png" }]);
  expect(Errors).toMatchObject([{ Key: "bob/b.png", Code: "AccessDenied" }]);
});

test("a policy that shuts everybody out is mended by root", async () => {
  const { market, admin, setPolicy } = await open();
  await setPolicy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [BUCKET, `${BUCKET}/*`] });
  const reading = new GetBucketPolicyCommand({ Bucket });
  expect(await refusalOf(admin.send(reading))).toMatch(/with an explicit deny in a resource-based policy/);
  const { store } = market.market;
  const key = await store.transaction(() => createAccessKey(store, SELLER, undefined, new Date()));
  const credentials = { accessKeyId: key.id, secretAccessKey: key.secret };
  const root = client({ endpoint: market.endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  expect(await refusalOf(root.send(new GetObjectCommand({ Bucket, Key: "logo.png" })))).toMatch(/explicit deny/);
  await root.send(reading);
  await root.send(new DeleteBucketPolicyCommand({ Bucket }));
  await admin.send(new GetObjectCommand({ Bucket, Key: "logo.png" }));
});
