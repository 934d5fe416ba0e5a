import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMarketplace, type RunningMarketplace } from "../../backend/index";

const run = promisify(execFile);
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: "ignore" }).status === 0;
const boto3 = has("python3", "-c", "import boto3");
const awsCli = has("aws", "--version");
if (!boto3) console.warn("Skipped: boto3 is not installed, so it was not tried as a client.");
if (!awsCli) console.warn("Skipped: the aws CLI is not on PATH, so it was not tried as a client.");

let market: RunningMarketplace;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  market = await startMarketplace();
  env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_CONFIG_FILE: market.configFile,
    AWS_SHARED_CREDENTIALS_FILE: market.credentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
});
afterAll(() => market.close());

describe.skipIf(!boto3)("boto3, with nothing but the profiles", () => {
  test("makes a listing, reads it back, and gets typed exceptions", { timeout: 60_000 }, async () => {
    const { stdout } = await run("python3", [join(__dirname, "clients/listing.py")], { env });
    expect(JSON.parse(stdout)).toEqual({
      account: "111122223333",
      trust: expect.objectContaining({ Version: "2012-10-17" }),
      attached: ["AWSMarketplaceAmiIngestion"],
      roleTwice: ["EntityAlreadyExistsException", "EntityAlreadyExists", 409],
      noRole: ["NoSuchEntityException", "NoSuchEntity", 404],
      image: ["Example Log Agent 1.0", "available", "111122223333"],
      noImage: ["ClientError", "InvalidAMIID.NotFound", 400],
      regions: true,
      presigned: "\u0089PNG not really",
      noKey: ["NoSuchKey", "NoSuchKey", 404],
      status: "SUCCEEDED",
      errors: [],
      visibility: "Limited",
      sameDetails: true,
      listed: [["AmiProduct", "Example Log Agent", "Limited"]],
      offers: ["Released"],
      noEntity: ["ResourceNotFoundException", "ResourceNotFoundException", 404],
      badChange: ["ValidationException", "ValidationException", 422],
      failed: ["FAILED", "CLIENT_ERROR", true],
      otherAccount: ["ResourceNotFoundException", "ResourceNotFoundException", 404],
      wrongSecret: ["ClientError", expect.stringMatching(/SignatureDoesNotMatch|InvalidSignatureException/), 403],
    });
  });
});

const aws = async (...args: string[]): Promise<unknown> => {
  const { stdout } = await run("aws", ["--profile", "seller", "--output", "json", ...args], { env });
  return stdout === "" ? undefined : JSON.parse(stdout);
};
const refusal = (...args: string[]): Promise<string> =>
  aws(...args).then(
    () => "accepted",
    (error: { stderr: string }) => error.stderr.trim(),
  );

describe.skipIf(!awsCli)("the aws CLI, with nothing but the profiles", () => {
  test("asks who it is", async () => {
    expect(await aws("sts", "get-caller-identity")).toMatchObject({ Account: "111122223333" });
  });

  test("starts, follows and lists a change set", { timeout: 60_000 }, async () => {
    const change = {
      ChangeType: "CreateProduct",
      Entity: { Type: "AmiProduct@1.0" },
      DetailsDocument: { ProductTitle: "From the command line" },
    };
    const catalog = ["--catalog", "AWSMarketplace"];
    const started = (await aws(
      "marketplace-catalog",
      "start-change-set",
      ...catalog,
      "--change-set",
      JSON.stringify([change]),
    )) as { ChangeSetId: string };
    expect(started.ChangeSetId).toMatch(/^[a-z0-9]{20,30}$/);
    await expect
      .poll(
        () => aws("marketplace-catalog", "describe-change-set", ...catalog, "--change-set-id", started.ChangeSetId),
        { timeout: 20_000 },
      )
      .toMatchObject({ Status: expect.stringMatching(/SUCCEEDED|FAILED/) });
    expect(await aws("marketplace-catalog", "list-change-sets", ...catalog)).toMatchObject({
      ChangeSetSummaryList: expect.arrayContaining([
        expect.objectContaining({ ChangeSetId: started.ChangeSetId, Status: "SUCCEEDED" }),
      ]),
    });
  });

  test("works on IAM, EC2 and S3, and prints AWS's own errors", { timeout: 60_000 }, async () => {
    expect(await aws("iam", "list-roles")).toHaveProperty("Roles");
    expect(await aws("ec2", "describe-images", "--filters", "Name=name,Values=absent")).toEqual({ Images: [] });
    await run("aws", ["--profile", "seller", "s3", "mb", "s3://cli-bucket"], { env });
    await run(
      "aws",
      ["--profile", "seller", "s3", "cp", join(__dirname, "clients/listing.py"), "s3://cli-bucket/a/b.py"],
      { env },
    );
    expect(await aws("s3api", "list-objects-v2", "--bucket", "cli-bucket")).toMatchObject({
      Contents: [{ Key: "a/b.py" }],
    });
    expect(await refusal("iam", "get-role", "--role-name", "nobody")).toContain("(NoSuchEntity)");
    expect(await refusal("ec2", "describe-images", "--image-ids", "ami-0123456789abcdef0")).toContain(
      "(InvalidAMIID.NotFound)",
    );
  });
});
