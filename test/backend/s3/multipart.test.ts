import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { Bucket, s3Market } from "./clients";

const Key = "disk.img";
const megabyte = 1024 * 1024;
const big = Buffer.alloc(5 * megabyte, "abcdefgh");
const digest = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();

async function upload(more: Partial<CreateMultipartUploadCommandInput> = {}) {
  const { seller, running } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  const { UploadId } = await seller.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "application/x-disk", ...more }),
  );
  const part = async (PartNumber: number, Body: Uint8Array): Promise<CompletedPart> => {
    const { ETag } = await seller.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    return { ETag, PartNumber };
  };
  const complete = (Parts: CompletedPart[]) =>
    seller.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
  return { seller, running, UploadId, part, complete };
}

test("an object that comes in parts is whole in the end", async () => {
  const { seller, part, complete, UploadId } = await upload();
  const second = await part(2, Buffer.from("the end"));
  const first = await part(1, big);
  const listed = await seller.send(new ListPartsCommand({ Bucket, Key, UploadId }));
  expect(listed.Parts?.map((each) => [each.PartNumber, each.Size])).toEqual([
    [1, big.length],
    [2, 7],
  ]);
  const { ETag } = await complete([first, second]);
  const whole = Buffer.concat([digest(big), digest(Buffer.from("the end"))]);
  expect(ETag).toBe(`"${digest(whole).toString("hex")}-2"`);
  const got = await seller.send(new GetObjectCommand({ Bucket, Key }));
  expect(got).toMatchObject({ ContentLength: big.length + 7, ContentType: "application/x-disk" });
  expect(
    Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([big, Buffer.from("the end")])),
  ).toBe(true);
  const across = await seller.send(
    new GetObjectCommand({ Bucket, Key, Range: `bytes=${big.length - 2}-${big.length + 2}` }),
  );
  expect(await across.Body?.transformToString()).toBe("ghthe");
  await expect(seller.send(new ListPartsCommand({ Bucket, Key, UploadId }))).rejects.toMatchObject({
    name: "NoSuchUpload",
  });
});

test("a composite checksum tells the number of parts", async () => {
  const { seller, part, complete } = await upload({ ChecksumAlgorithm: "SHA256" });
  await complete([await part(1, big), await part(2, Buffer.from("x"))]);
  const head = await seller.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
  expect(head.ChecksumSHA256).toMatch(/=-2$/);
  expect(head.ChecksumType).toBe("COMPOSITE");
});

test("wrong lists of parts are refused, and the upload goes on", async () => {
  const { part, complete } = await upload();
  const one = await part(1, Buffer.from("small"));
  const two = await part(2, Buffer.from("x"));
  await expect(complete([two, one])).rejects.toMatchObject({ name: "InvalidPartOrder" });
  await expect(complete([{ ...one, ETag: '"nonsense"' }])).rejects.toMatchObject({ name: "InvalidPart" });
  await expect(complete([one, { ETag: '"x"', PartNumber: 9 }])).rejects.toMatchObject({ name: "InvalidPart" });
  await expect(complete([one, two])).rejects.toMatchObject({ name: "EntityTooSmall" });
  await expect(part(10_001, Buffer.from("x"))).rejects.toMatchObject({ name: "InvalidArgument" });
  await complete([one]);
});

test("an upload that is given up leaves nothing", async () => {
  const { seller, part, UploadId } = await upload();
  await part(1, Buffer.from("x"));
  expect((await seller.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key, UploadId }]);
  await seller.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  expect((await seller.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).toEqual([]);
  await expect(part(2, Buffer.from("x"))).rejects.toMatchObject({ name: "NoSuchUpload" });
  await expect(seller.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: "NotFound" });
});

test("a part may come from another object", async () => {
  const { seller, complete, UploadId } = await upload();
  await seller.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
  const { CopyPartResult } = await seller.send(
    new UploadPartCopyCommand({
      Bucket,
      Key,
      UploadId,
      PartNumber: 1,
      CopySource: `${Bucket}/source`,
      CopySourceRange: "bytes=2-4",
    }),
  );
  await complete([{ ETag: CopyPartResult?.ETag, PartNumber: 1 }]);
  const got = await seller.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe("234");
});
