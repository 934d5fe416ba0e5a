import {
  CreateBucketCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openMemoryStore } from "../../../backend/storage/memory";
import { openVault } from "../../../backend/storage/vault";
import { service } from "../../../backend/s3";
import { systemClock } from "../../../backend/clock";
import type { Context } from "../../../backend/service";
import type { Store } from "../../../backend/storage/store";
import { Bucket, s3Market } from "./clients";

async function withKeys(...keys: string[]) {
  const { seller } = await s3Market();
  await seller.send(new CreateBucketCommand({ Bucket }));
  for (const Key of keys) await seller.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  return seller;
}

test("keys come in the order of their UTF-8 bytes, with sizes and tags", async () => {
  const seller = await withKeys("b", "a/2", "a/1", "é", "\u{1F600}", "\uFFFD");
  const page = await seller.send(new ListObjectsV2Command({ Bucket }));
  expect(page.Contents?.map((object) => object.Key)).toEqual(["a/1", "a/2", "b", "é", "\uFFFD", "\u{1F600}"]);
  expect(page).toMatchObject({ KeyCount: 6, IsTruncated: false, Name: Bucket });
  expect(page.Contents?.[0]).toMatchObject({ Size: 3, StorageClass: "STANDARD" });
});

test("a delimiter folds what is below it into prefixes, across pages", async () => {
  const seller = await withKeys("a/1", "a/2", "b", "c/x/1", "c/x/2", "d");
  const seen: string[] = [];
  for await (const page of paginateListObjectsV2({ client: seller, pageSize: 1 }, { Bucket, Delimiter: "/" })) {
    expect(page.KeyCount).toBe(1);
    seen.push(...(page.Contents ?? []).map((object) => object.Key ?? ""));
    seen.push(...(page.CommonPrefixes ?? []).map((common) => `${common.Prefix}…`));
  }
  expect(seen).toEqual(["a/…", "b", "c/…", "d"]);
  const below = await seller.send(new ListObjectsV2Command({ Bucket, Prefix: "c/", Delimiter: "/" }));
  expect(below.CommonPrefixes).toEqual([{ Prefix: "c/x/" }]);
});

test("the older listing goes on from a marker", async () => {
  const seller = await withKeys("a/1", "a/2", "b", "c");
  const first = await seller.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 1 }));
  expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: "a/" }], NextMarker: "a/", IsTruncated: true });
  const second = await seller.send(new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: first.NextMarker }));
  expect(second.Contents?.map((object) => object.Key)).toEqual(["b", "c"]);
});

test("odd keys survive with encoding-type url", async () => {
  const seller = await withKeys("a b", "a+b", "a&<>", "x/%2F");
  const page = await seller.send(new ListObjectsV2Command({ Bucket, EncodingType: "url" }));
  expect(page.Contents?.map((object) => object.Key)).toEqual(["a+b", "a%26%3C%3E", "a%2Bb", "x/%252F"]);
});

test("a token that is not ours is refused", async () => {
  const seller = await withKeys("a");
  await expect(seller.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "bogus" }))).rejects.toMatchObject({
    name: "InvalidArgument",
  });
});

test("whatever the keys, delimiter and page size, pages together show everything once", async () => {
  const key = fc.stringMatching(/^[ab/é]{1,5}$/);
  const cases = [
    fc.uniqueArray(key, { maxLength: 12 }),
    fc.constantFrom("", "/", "a"),
    fc.integer({ min: 1, max: 4 }),
  ] as const;
  await fc.assert(
    fc.asyncProperty(...cases, async (keys, delimiter, size) => {
      const store = openMemoryStore();
      const shown = await store.transaction(() => listAll(contextWith(store, keys), delimiter, size));
      store.close();
      const folded = keys.map((each) => {
        const end = delimiter === "" ? -1 : each.indexOf(delimiter);
        return end < 0 ? each : each.slice(0, end + delimiter.length);
      });
      expect(shown.toSorted()).toEqual([...new Set(folded)].toSorted());
    }),
    { numRuns: 60 },
  );
});

function listAll(ctx: Context, delimiter: string, size: number): string[] {
  const shown: string[] = [];
  let token: string | undefined;
  do {
    const wanted = { Bucket, Delimiter: delimiter || undefined, MaxKeys: size, ContinuationToken: token };
    const page = call(ctx, "ListObjectsV2", wanted) as Listing;
    shown.push(...page.Contents.map((each) => each.Key), ...page.CommonPrefixes.map((each) => each.Prefix));
    expect(page.KeyCount).toBeLessThanOrEqual(size);
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return shown;
}

interface Listing {
  readonly Contents: readonly { readonly Key: string }[];
  readonly CommonPrefixes: readonly { readonly Prefix: string }[];
  readonly KeyCount: number;
  readonly NextContinuationToken?: string;
}

function contextWith(store: Store, keys: readonly string[]): Context {
  const market = {
    store,
    clock: systemClock,
    endpoint: "",
    latency: "none",
    limits: false,
    vault: openVault(),
  } as const;
  const arn = "arn:aws:iam::111122223333:root";
  const caller = { accountId: "111122223333", kind: "root", arn, userId: "111122223333" } as const;
  const ctx: Context = { market, caller, region: "us-east-1", requestId: "r" };
  call(ctx, "CreateBucket", { Bucket });
  for (const Key of keys) call(ctx, "PutObject", { Bucket, Key, Body: new Uint8Array() });
  return ctx;
}

function call(ctx: Context, operation: string, input: object): object {
  return service.handlers[operation]?.(ctx, input as never) ?? {};
}
