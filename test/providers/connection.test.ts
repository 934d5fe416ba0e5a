import { appendFileSync } from "node:fs";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { connectionOf } from "../../providers/connection";
import { listingFile } from "../../providers/listing-file/reconciler";
import { openMarket, startRun } from "./support/market";

const stack = (config: Readonly<Record<string, string>>) => ({ get: (key: string) => config[key] });

test.each([
  ["nothing is declared", undefined, {}, {}],
  ["the stack names a profile", undefined, { "marketplace:profile": "seller" }, { profile: "seller" }],
  ["the resource names another", { profile: "buyer" }, { "marketplace:profile": "seller" }, { profile: "buyer" }],
  [
    "the resource's profile leaves the stack's role behind",
    { profile: "buyer" },
    { "marketplace:roleArn": "arn:aws:iam::111122223333:role/x", "marketplace:endpoint": "http://127.0.0.1:1" },
    { profile: "buyer", endpoint: "http://127.0.0.1:1" },
  ],
  [
    "a region of its own",
    { region: "eu-west-1" },
    { "marketplace:profile": "seller" },
    { profile: "seller", region: "eu-west-1" },
  ],
])("connection when %s", (_when, own, config, expected) => {
  expect(connectionOf(own, stack(config))).toEqual({
    profile: undefined,
    roleArn: undefined,
    endpoint: undefined,
    region: undefined,
    ...expected,
  });
});

test("one program serves two accounts, each by its profile", async () => {
  const market = await openMarket();
  const run = startRun();
  const provider = run.provider(listingFile);
  for (const profile of ["seller", "buyer"]) {
    const s3 = new S3Client({ endpoint: market.endpoint, forcePathStyle: true, region: "us-east-1", profile });
    await s3.send(new CreateBucketCommand({ Bucket: `files-of-${profile}` }));
    const declared = { bucket: `files-of-${profile}`, source: "package.json", connection: { profile } };
    const { inputs } = await provider.check({}, declared);
    const { outs } = await provider.create(inputs);
    expect(JSON.stringify(outs)).not.toMatch(/AKIA/);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: `files-of-${profile}` }));
    expect(Contents).toHaveLength(1);
  }
});

test("a key that AWS does not know is told as such, with the profile that holds it", async () => {
  const market = await openMarket();
  appendFileSync(
    market.credentialsFile,
    "\n[stranger]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n",
  );
  const provider = startRun({ "marketplace:profile": "stranger" }).provider(listingFile);
  const { inputs } = await provider.check({}, { bucket: "files", source: "package.json" });
  await expect(provider.create(inputs)).rejects.toThrow(
    /^connection: http:\/\/127.* does not accept profile stranger: .*\[InvalidClientTokenId\]/,
  );
});

test("an endpoint where nobody listens is told at once", async () => {
  const provider = startRun({ "marketplace:endpoint": "http://127.0.0.1:9" }).provider(listingFile);
  await openMarket();
  const { inputs } = await provider.check({}, { bucket: "files", source: "package.json" });
  await expect(provider.create(inputs)).rejects.toThrow("connection.endpoint: http://127.0.0.1:9 does not answer");
}, 20_000);

test("a profile that is not there is told by its name", async () => {
  await openMarket();
  const provider = startRun().provider(listingFile);
  const { inputs } = await provider.check(
    {},
    { bucket: "files", source: "package.json", connection: { profile: "nobody" } },
  );
  await expect(provider.create(inputs)).rejects.toThrow(/connection: no valid credentials from profile nobody/);
});
