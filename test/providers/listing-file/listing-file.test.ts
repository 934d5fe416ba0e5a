import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { listingFile } from "../../../providers/listing-file/reconciler";
import { unknownText } from "../../../providers/unknown";
import { openMarket, startRun } from "../support/market";

const bucket = "northwind-listings";

async function setUp() {
  const market = await openMarket();
  const s3 = new S3Client({ endpoint: market.endpoint, forcePathStyle: true, region: "us-east-1", profile: "seller" });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const dir = mkdtempSync(join(tmpdir(), "listing-file-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const source = join(dir, "logo.png");
  writeFileSync(source, "first logo");
  return { s3, source };
}

test("a file is put where its content says, kept, and removed again", async () => {
  const { s3, source } = await setUp();
  const provider = startRun().provider(listingFile);
  const { inputs, failures } = await provider.check({}, { bucket, source });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({
    contentType: "image/png",
    key: expect.stringMatching(/^listing-files\/[0-9a-f]{12}-logo\.png$/),
  });

  const { id, outs } = await provider.create(inputs);
  expect(outs.url).toBe(`https://${bucket}.s3.amazonaws.com/${String(inputs.key)}`);
  const stored = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: String(inputs.key) }));
  expect(stored.ContentType).toBe("image/png");
  expect(await stored.Body?.transformToString()).toBe("first logo");

  expect(await provider.diff(id, outs, inputs)).toEqual({ changes: false, replaces: [] });
  expect(await provider.read(id, outs)).toMatchObject({ id, props: outs, inputs });

  await provider.delete(id, outs);
  await expect(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: String(inputs.key) }))).rejects.toMatchObject({
    name: "NotFound",
  });
  expect(await provider.read(id, outs)).toEqual({ id: "" });
  await provider.delete(id, outs);
});

test("a changed file gets a new address, so that the listing notices", async () => {
  const { source } = await setUp();
  const provider = startRun().provider(listingFile);
  const first = await provider.check({}, { bucket, source });
  const { id, outs } = await provider.create(first.inputs);
  writeFileSync(source, "second logo");
  const second = await provider.check(first.inputs, { bucket, source });
  expect(await provider.diff(id, outs, second.inputs)).toEqual({ changes: true, replaces: ["key"] });
});

test("under a key of one's own the object is updated in place", async () => {
  const { s3, source } = await setUp();
  const provider = startRun().provider(listingFile);
  const declared = { bucket, source, key: "eula.txt" };
  const first = await provider.check({}, declared);
  const { id, outs } = await provider.create(first.inputs);
  writeFileSync(source, "second");
  const second = await provider.check(first.inputs, declared);
  expect(await provider.diff(id, outs, second.inputs)).toEqual({ changes: true, replaces: [] });
  await provider.update(id, outs, second.inputs);
  const stored = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "eula.txt" }));
  expect(await stored.Body?.transformToString()).toBe("second");
});

test("somebody else's overwriting shows at refresh", async () => {
  const { s3, source } = await setUp();
  const provider = startRun().provider(listingFile);
  const { inputs } = await provider.check({}, { bucket, source });
  const { id, outs } = await provider.create(inputs);
  const { PutObjectCommand } = await import("@aws-sdk/client-s3");
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: String(inputs.key), Body: "other" }));
  const { props = {} } = await provider.read(id, outs);
  expect(await provider.diff(id, props, inputs)).toMatchObject({ changes: true });
});

test.each([
  ["source", { bucket, source: "/nowhere/logo.png" }],
  ["source", { bucket }],
  ["bucket", { source: "/nowhere/logo.png" }],
  ["sourec", { bucket, source: "package.json", sourec: "logo.png" }],
])("a mistake in %s is told by its name", async (property, declared) => {
  const { failures } = await startRun().provider(listingFile).check({}, declared);
  expect(failures.map((failure) => failure.property)).toContain(property);
});

test("in preview, what is not known yet is no mistake", async () => {
  const { inputs, failures } = await startRun()
    .provider(listingFile)
    .check({}, { bucket: unknownText, source: unknownText });
  expect(failures).toEqual([]);
  expect(inputs).toEqual({ bucket: unknownText, source: unknownText });
});

test("a bucket that is not there is named", async () => {
  const { source } = await setUp();
  const provider = startRun().provider(listingFile);
  const { inputs } = await provider.check({}, { bucket: "northwind-missing", source });
  await expect(provider.create(inputs)).rejects.toThrow("bucket: there is no bucket northwind-missing in account");
});
