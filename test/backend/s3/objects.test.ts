import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { Bucket, s3Market } from "./clients";

async function withBucket() {
  const market = await s3Market();
  await market.seller.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string | Uint8Array, more: Partial<PutObjectCommandInput> = {}) =>
    market.seller.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const text = async (Key: string, more: object = {}) =>
    (await market.seller.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();
  return { ...market, put, text };
}

test("an object comes back as it was put, with its headers and metadata", async () => {
  const { seller, put } = await withBucket();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i * 7);
  const stored = await put("logos/agent é.png", bytes, {
    ContentType: "image/png",
    CacheControl: "max-age=60",
    Metadata: { Purpose: "logo" },
    Tagging: "team=listing&stage=draft",
  });
  const got = await seller.send(new GetObjectCommand({ Bucket, Key: "logos/agent é.png" }));
  expect(await got.Body?.transformToByteArray()).toEqual(bytes);
  expect(got).toMatchObject({
    ETag: stored.ETag,
    ContentType: "image/png",
    ContentLength: 70_000,
    CacheControl: "max-age=60",
    Metadata: { purpose: "logo" },
    TagCount: 2,
    ServerSideEncryption: "AES256",
  });
  const head = await seller.send(new HeadObjectCommand({ Bucket, Key: "logos/agent é.png" }));
  expect(head).toMatchObject({ ETag: stored.ETag, ContentLength: 70_000, ContentType: "image/png" });
});

test.each([
  ["CRC32", "NSRBwg=="],
  ["CRC32C", "Nks/tw=="],
  ["SHA1", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="],
  ["SHA256", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="],
  ["CRC64NVME", "BeXKuz/B+us="],
] as const)("the checksum %s that a client sends is verified and told again", async (ChecksumAlgorithm, known) => {
  const { seller, put } = await withBucket();
  await put("abc", "abc", { ChecksumAlgorithm });
  const head = await seller.send(new HeadObjectCommand({ Bucket, Key: "abc", ChecksumMode: "ENABLED" }));
  const told = head[`Checksum${ChecksumAlgorithm}`];
  expect(told).toBe(known);
  expect(head.ChecksumType).toBe("FULL_OBJECT");
});

test.each([
  ["a wrong CRC-32", { ChecksumCRC32: "AAAAAA==" }, "BadDigest"],
  ["a wrong SHA-256", { ChecksumSHA256: "A".repeat(43) + "=" }, "BadDigest"],
  ["a checksum that is none", { ChecksumSHA256: "xyz" }, "InvalidRequest"],
  ["a wrong MD5", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }, "BadDigest"],
  ["an MD5 that is none", { ContentMD5: "xyz" }, "InvalidDigest"],
] as const)("an object with %s is refused and not stored", async (_what, claims, name) => {
  const { seller, put } = await withBucket();
  await expect(put("x", "abc", claims)).rejects.toMatchObject({ name });
  await expect(seller.send(new HeadObjectCommand({ Bucket, Key: "x" }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  });
});

test.each([
  ["bytes=0-3", "0123", "bytes 0-3/10"],
  ["bytes=7-", "789", "bytes 7-9/10"],
  ["bytes=-2", "89", "bytes 8-9/10"],
  ["bytes=4-400", "456789", "bytes 4-9/10"],
])("the range %s is what comes back", async (Range, expected, ContentRange) => {
  const { seller, put } = await withBucket();
  await put("digits", "0123456789");
  const got = await seller.send(new GetObjectCommand({ Bucket, Key: "digits", Range }));
  expect(await got.Body?.transformToString()).toBe(expected);
  expect(got).toMatchObject({ ContentRange, ContentLength: expected.length, $metadata: { httpStatusCode: 206 } });
});

test("a range behind the end is refused", async () => {
  const { put, text } = await withBucket();
  await put("digits", "0123456789");
  await expect(text("digits", { Range: "bytes=10-" })).rejects.toMatchObject({
    name: "InvalidRange",
    $metadata: { httpStatusCode: 416 },
  });
});

test("conditions on reading are kept", async () => {
  const { put, text } = await withBucket();
  const { ETag } = await put("doc", "one");
  expect(await text("doc", { IfMatch: ETag })).toBe("one");
  await expect(text("doc", { IfMatch: '"other"' })).rejects.toMatchObject({ name: "PreconditionFailed" });
  const unchanged = { $metadata: { httpStatusCode: 304 } };
  await expect(text("doc", { IfNoneMatch: ETag })).rejects.toMatchObject(unchanged);
  await expect(text("doc", { IfModifiedSince: new Date(Date.now() + 5000) })).rejects.toMatchObject(unchanged);
  expect(await text("doc", { IfModifiedSince: new Date(Date.now() - 60_000) })).toBe("one");
  await expect(text("doc", { IfUnmodifiedSince: new Date(Date.now() - 60_000) })).rejects.toMatchObject({
    name: "PreconditionFailed",
  });
});

test("two that create the same object: the second is refused", async () => {
  const { put, text } = await withBucket();
  const { ETag } = await put("lock", "first", { IfNoneMatch: "*" });
  await expect(put("lock", "second", { IfNoneMatch: "*" })).rejects.toMatchObject({ name: "PreconditionFailed" });
  await put("lock", "third", { IfMatch: ETag });
  await expect(put("lock", "fourth", { IfMatch: ETag })).rejects.toMatchObject({ name: "PreconditionFailed" });
  expect(await text("lock")).toBe("third");
});

test("a copy takes headers, metadata and tags along, or gets its own", async () => {
  const { seller, put, text } = await withBucket();
  await put("a b+c", "text", { ContentType: "text/html", Metadata: { k: "v" }, Tagging: "t=1" });
  const CopySource = `${Bucket}/${encodeURIComponent("a b+c")}`;
  await seller.send(new CopyObjectCommand({ Bucket, Key: "same", CopySource }));
  expect(await text("same")).toBe("text");
  const same = await seller.send(new HeadObjectCommand({ Bucket, Key: "same" }));
  expect(same).toMatchObject({ ContentType: "text/html", Metadata: { k: "v" } });
  expect((await seller.send(new GetObjectTaggingCommand({ Bucket, Key: "same" }))).TagSet).toEqual([
    { Key: "t", Value: "1" },
  ]);
  await seller.send(
    new CopyObjectCommand({ Bucket, Key: "new", CopySource, MetadataDirective: "REPLACE", ContentType: "text/plain" }),
  );
  expect(await seller.send(new HeadObjectCommand({ Bucket, Key: "new" }))).toMatchObject({
    ContentType: "text/plain",
    Metadata: {},
  });
  await expect(
    seller.send(new CopyObjectCommand({ Bucket, Key: "same", CopySource: `${Bucket}/same` })),
  ).rejects.toMatchObject({ name: "InvalidRequest" });
  await expect(
    seller.send(new CopyObjectCommand({ Bucket, Key: "x", CopySource: `${Bucket}/nowhere` })),
  ).rejects.toMatchObject({ name: "NoSuchKey" });
});

test("tags of an object are replaced as a whole; an eleventh is refused", async () => {
  const { seller, put } = await withBucket();
  await put("x", "x", { Tagging: "a=1" });
  const tag = (count: number) =>
    seller.send(
      new PutObjectTaggingCommand({
        Bucket,
        Key: "x",
        Tagging: { TagSet: Array.from({ length: count }, (_, i) => ({ Key: `k${i}`, Value: `${i}` })) },
      }),
    );
  await tag(10);
  await expect(tag(11)).rejects.toMatchObject({ name: "BadRequest" });
  expect((await seller.send(new GetObjectTaggingCommand({ Bucket, Key: "x" }))).TagSet).toHaveLength(10);
});

test("deleting is done once and fine twice; a list of keys is told about", async () => {
  const { seller, put, text } = await withBucket();
  await put("a", "1");
  await put("b", "2");
  await seller.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await seller.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await expect(text("a")).rejects.toMatchObject({ name: "NoSuchKey" });
  const { Deleted, Errors } = await seller.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "b" }] } }),
  );
  expect(Deleted?.map((each) => each.Key)).toEqual(["a", "b"]);
  expect(Errors ?? []).toEqual([]);
});

test("a replaced object's bytes are let go", async () => {
  const { put, running, seller } = await withBucket();
  const before = () => [...running.market.store.table<{ pieces: { blob: string }[] }>("s3-objects").list()];
  await put("x", "one");
  const [[, first] = ["", undefined]] = before();
  const blob = first?.pieces[0]?.blob ?? "";
  expect(running.market.store.blobs.get(blob)).toBeDefined();
  await put("x", "two");
  expect(running.market.store.blobs.get(blob)).toBeUndefined();
  await seller.send(new DeleteObjectCommand({ Bucket, Key: "x" }));
  expect(before()).toEqual([]);
});
