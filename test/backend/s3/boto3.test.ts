import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../../backend/index";

const hasBoto3 = spawnSync("python3", ["-c", "import boto3"]).status === 0;

test.skipIf(!hasBoto3)("boto3 uploads in parts, lists in pages, signs links, makes and shares an image", async () => {
  const running = await startMarketplace();
  onTestFinished(() => running.close());
  const [seller] = running.accounts;
  const { stdout } = await promisify(execFile)("python3", [join(__dirname, "boto3_session.py"), running.endpoint], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: seller?.accessKeyId,
      AWS_SECRET_ACCESS_KEY: seller?.secretAccessKey,
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    etag: expect.stringMatching(/^"[0-9a-f]{32}-3"$/) as string,
    same: true,
    paged: [10, 10, 5],
    keys: ["a b+c/1"],
    presigned: "by link",
    ranged: "ex",
    missing: "NoSuchKey",
    shared: [{ UserId: "444455556666" }],
    types: true,
    unknown: "InvalidAMIID.NotFound",
    dry: "DryRunOperation",
  });
});
