import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectTaggingCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../../backend/service";
import { httpTemplate } from "../../../backend/wire/http-template";
import { credentials, wireServer } from "./wire-server";
import { signedFetch } from "./signed-fetch";

const moment = new Date("2026-01-02T03:04:05Z");
const called: string[] = [];
const named =
  <Output extends object>(name: string, output: Output) =>
  () => {
    called.push(name);
    return output;
  };

const server = wireServer({
  s3: {
    PutObject: named("PutObject", { ETag: '"e"' }),
    GetObject: named("GetObject", { Body: Buffer.from("hello") }),
    HeadBucket: () => {
      throw new AwsError("PermanentRedirect", "Elsewhere.", { status: 301, members: { Region: "eu-west-1" } });
    },
    CopyObject: named("CopyObject", { CopyObjectResult: { ETag: '"e"', LastModified: moment } }),
    CreateBucket: named("CreateBucket", { Location: "/b" }),
    CreateMultipartUpload: named("CreateMultipartUpload", { UploadId: "u", Bucket: "b", Key: "k" }),
    UploadPart: named("UploadPart", { ETag: '"p"' }),
    ListParts: named("ListParts", { Parts: [{ PartNumber: 1, ETag: '"p"', Size: 3 }] }),
    CompleteMultipartUpload: named("CompleteMultipartUpload", { ETag: '"m-1"' }),
    AbortMultipartUpload: named("AbortMultipartUpload", {}),
    DeleteObject: named("DeleteObject", {}),
    DeleteObjects: named("DeleteObjects", { Deleted: [{ Key: "a" }, { Key: "<b>" }], Errors: [] }),
    ListObjects: named("ListObjects", { Contents: [{ Key: "k" }], CommonPrefixes: [{ Prefix: "p/" }] }),
    ListObjectsV2: named("ListObjectsV2", { KeyCount: 0 }),
    ListBuckets: named("ListBuckets", { Buckets: [] }),
    GetBucketLocation: named("GetBucketLocation", { LocationConstraint: "eu-west-1" }),
    GetObjectTagging: named("GetObjectTagging", { TagSet: [{ Key: "k", Value: "v" }] }),
    PutBucketTagging: named("PutBucketTagging", {}),
  },
});

const s3 = () => server.client(S3Client);
const at = { Bucket: "b", Key: "dir/k é" };
const last = () => ({ name: called.at(-1), input: server.inputs.at(-1) as Record<string, unknown> });

describe("the SDK's operations find their way", () => {
  test("parts of a large upload", async () => {
    expect((await s3().send(new CreateMultipartUploadCommand(at))).UploadId).toBe("u");
    await s3().send(new UploadPartCommand({ ...at, UploadId: "u", PartNumber: 1, Body: "abc" }));
    expect(last()).toMatchObject({ name: "UploadPart", input: { ...at, UploadId: "u", PartNumber: 1 } });
    expect((await s3().send(new ListPartsCommand({ ...at, UploadId: "u" }))).Parts).toMatchObject([{ Size: 3 }]);
    const MultipartUpload = { Parts: [{ ETag: '"p"', PartNumber: 1 }] };
    await s3().send(new CompleteMultipartUploadCommand({ ...at, UploadId: "u", MultipartUpload }));
    expect(last()).toMatchObject({ name: "CompleteMultipartUpload", input: { ...at, MultipartUpload } });
  });

  test("copies", async () => {
    const copied = await s3().send(new CopyObjectCommand({ ...at, CopySource: "b/other" }));
    expect(last()).toMatchObject({ name: "CopyObject", input: { ...at, CopySource: "b/other" } });
    expect(copied.CopyObjectResult).toEqual({ ETag: '"e"', LastModified: moment });
  });

  test("listings old and new", async () => {
    const listed = await s3().send(new ListObjectsCommand({ Bucket: "b", Delimiter: "/" }));
    expect(last()).toMatchObject({ name: "ListObjects", input: { Bucket: "b", Delimiter: "/" } });
    expect(listed).toMatchObject({ Contents: [{ Key: "k" }], CommonPrefixes: [{ Prefix: "p/" }] });
    await s3().send(new ListObjectsV2Command({ Bucket: "b", MaxKeys: 3, ContinuationToken: "t/+=" }));
    expect(last()).toMatchObject({
      name: "ListObjectsV2",
      input: { Bucket: "b", MaxKeys: 3, ContinuationToken: "t/+=" },
    });
  });

  test("documents in and out", async () => {
    const Objects = [{ Key: "a" }, { Key: "<b> & \n é" }];
    const deleted = await s3().send(new DeleteObjectsCommand({ Bucket: "b", Delete: { Objects, Quiet: false } }));
    expect(last()).toMatchObject({ name: "DeleteObjects", input: { Bucket: "b", Delete: { Objects, Quiet: false } } });
    expect(deleted.Deleted).toEqual([{ Key: "a" }, { Key: "<b>" }]);
    const TagSet = [{ Key: "k", Value: "v" }];
    await s3().send(new PutBucketTaggingCommand({ Bucket: "b", Tagging: { TagSet } }));
    expect(last()).toMatchObject({ name: "PutBucketTagging", input: { Tagging: { TagSet } } });
    expect((await s3().send(new GetObjectTaggingCommand(at))).TagSet).toEqual(TagSet);
    expect((await s3().send(new GetBucketLocationCommand({ Bucket: "b" }))).LocationConstraint).toBe("eu-west-1");
    await s3().send(
      new CreateBucketCommand({ Bucket: "b", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    );
    expect(last().input).toMatchObject({ CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } });
  });

  test("checksums that clients send in headers and in trailers", async () => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32("hello"));
    await s3().send(new PutObjectCommand({ ...at, Body: "hello" }));
    expect(last().input).toMatchObject({ ChecksumCRC32: sum.toString("base64") });
    const Body = Readable.from([Buffer.from("hel"), Buffer.from("lo")]);
    await s3().send(new PutObjectCommand({ ...at, Body, ContentLength: 5, ChecksumAlgorithm: "SHA256" }));
    const digest = createHash("sha256").update("hello").digest("base64");
    expect(last().input).toMatchObject({ ChecksumSHA256: digest, ContentLength: 5 });
    expect(last().input["ContentEncoding"]).toBeUndefined();
    expect(Buffer.from(last().input["Body"] as Uint8Array).toString()).toBe("hello");
  });
});

describe("a bucket in the host's name", () => {
  test.each(
    ["files.example", "b"].flatMap((bucket) =>
      [".s3.amazonaws.com", ".s3.us-east-1.amazonaws.com", ".s3.localhost:4510", ".localhost"].map((host) => [
        bucket,
        host,
      ]),
    ),
  )("%s%s", async (bucket, host) => {
    const headers = { host: `${bucket}${host}` };
    expect(
      (await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/dir/key", headers })).status,
    ).toBe(200);
    expect(last()).toEqual({ name: "GetObject", input: { Bucket: bucket, Key: "dir/key" } });
  });

  test.each([
    "s3.amazonaws.com",
    "s3.us-east-1.amazonaws.com",
    "s3.localhost",
    "localhost:4510",
    "127.0.0.1",
    "market.internal",
  ])("is not in %s", async (host) => {
    expect(
      (await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/b/key", headers: { host } })).status,
    ).toBe(200);
    expect(last()).toEqual({ name: "GetObject", input: { Bucket: "b", Key: "key" } });
    await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/", headers: { host } });
    expect(last().name).toBe("ListBuckets");
  });

  test("as clients of the SDK write it when they are told to", async () => {
    const client = new S3Client({
      endpoint: server.endpoint.replace("127.0.0.1", "localhost"),
      region: "us-east-1",
      credentials,
      forcePathStyle: false,
    });
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { hostname: string; headers: Record<string, string> };
        expect(request.headers["host"]).toMatch(/^files\.localhost:/);
        return next({ ...args, request: Object.assign(request, { hostname: "127.0.0.1" }) });
      },
      { step: "finalizeRequest", priority: "low" },
    );
    const there = { ...at, Bucket: "files" };
    await client.send(new PutObjectCommand({ ...there, Body: "hello" }));
    expect(last()).toMatchObject({ name: "PutObject", input: there });
  });
});

test("HEAD has no body to say it, so a bucket's region is in a header", async () => {
  const reply = await signedFetch(server.endpoint, { service: "s3", method: "HEAD", path: "/b" });
  expect(reply).toMatchObject({ status: 301, text: "", headers: { "x-amz-bucket-region": "eu-west-1" } });
  expect(reply.headers["x-amz-request-id"]).toBeDefined();
});

test("answers have the root element that S3 gives them", async () => {
  const listed = await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/b" });
  expect(listed.text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ListBucketResult xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/">/,
  );
  const buckets = await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/" });
  expect(buckets.text).toContain("<ListAllMyBucketsResult");
  const location = await signedFetch(server.endpoint, { service: "s3", method: "GET", path: "/b?location" });
  expect(location.text).toMatch(/\n<LocationConstraint xmlns="[^"]+">eu-west-1<\/LocationConstraint>$/);
});

test("an upload whose bytes are not those that were signed is refused", async () => {
  const headers = { "x-amz-content-sha256": createHash("sha256").update("other").digest("hex") };
  const reply = await signedFetch(server.endpoint, {
    service: "s3",
    method: "PUT",
    path: "/b/k",
    headers,
    body: "these",
  });
  expect(reply.status).toBe(400);
  expect(reply.text).toContain("<Code>XAmzContentSHA256Mismatch</Code>");
});

describe("the address of an operation", () => {
  test.each<[template: string, path: string, labels: Record<string, string> | undefined]>([
    ["/{Key+}?tagging", "/a%2Fb/c%20d/", { Key: "a/b/c d/" }],
    ["/{Key+}", "/", undefined],
    ["/", "/", {}],
    ["/ListEntities", "/ListEntities/", {}],
    ["/ListEntities", "/listentities", undefined],
    ["/tags/{resourceArn}", "/tags/arn%3Aaws%3Ax%2Fy", { resourceArn: "arn:aws:x/y" }],
    ["/tags/{resourceArn}", "/tags/a/b", undefined],
    [
      "/catalogs/{catalog}/products/{productId}/deployment-parameters",
      "/catalogs/A/products/p/deployment-parameters",
      { catalog: "A", productId: "p" },
    ],
  ])("%s of %s", (template, path, labels) => {
    expect(httpTemplate(template).match(path)).toEqual(labels);
  });
});

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
