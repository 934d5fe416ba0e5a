import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../../backend/service";
import { services, type ServiceEntry } from "../../../backend/services";
import { schemasOf, type ServiceModel } from "../../../backend/wire/model-schemas";
import { credentials, type UnguardedEntry, wireServer } from "./wire-server";

const run = promisify(execFile);
const script = join(__dirname, "boto3_calls.py");
const importable = spawnSync("python3", ["-c", "import boto3"]).status === 0;
const moment = new Date("2026-01-02T03:04:05Z");

const server = wireServer(
  {
    catalog: {
      StartChangeSet: () => ({ ChangeSetId: "cs1" }),
      DescribeEntity: () => {
        throw new AwsError("ResourceInUseException", "Locked.");
      },
    },
    iam: {
      CreateRole: ({ RoleName }: { RoleName: string }) => ({
        Role: { RoleName, Path: "/", RoleId: "AROA1", Arn: "arn:x", CreateDate: moment },
      }),
      GetRole: () => {
        throw new AwsError("NoSuchEntity", "The role with name r cannot be found.");
      },
    },
    sts: { GetCallerIdentity: () => ({ Account: "111122223333" }) },
    ec2: {
      DescribeImages: ({ ImageIds: [id] = [] }: { ImageIds?: string[] }) => {
        if (id === "ami-404") throw new AwsError("InvalidAMIID.NotFound", "The image id '[ami-404]' does not exist");
        return { Images: [{ ImageId: id, Tags: [{ Key: "k", Value: "<v> é" }] }] };
      },
    },
    s3: {
      CreateBucket: () => ({}),
      PutObject: () => ({ ETag: '"e"' }),
      GetObject: ({ Key }: { Key: string }) => {
        if (Key === "missing") throw new AwsError("NoSuchKey", "The specified key does not exist.");
        return { Body: Buffer.from("hello"), ContentLength: 5 };
      },
      HeadObject: ({ Key }: { Key: string }) => {
        if (Key === "missing") throw new AwsError("NotFound", "Not Found", { status: 404 });
        return { ContentLength: 5 };
      },
    },
    agreement: {
      SearchAgreements: () => ({ agreementViewSummaries: [{ agreementId: "agmt-1", acceptanceTime: moment }] }),
    },
    entitlement: {
      GetEntitlements: ({ ProductCode, Filter }: { ProductCode: string; Filter?: { DIMENSION?: string[] } }) => {
        if (ProductCode === "bad") throw new AwsError("InvalidParameterException", "No such product.");
        const [Dimension] = Filter?.DIMENSION ?? [];
        return { Entitlements: [{ ProductCode, Dimension, Value: { IntegerValue: 7 }, ExpirationDate: moment }] };
      },
    },
    metering: {
      MeterUsage: ({ UsageDimension, Timestamp }: { UsageDimension: string; Timestamp: Date }) => {
        if (UsageDimension === "bad") throw new AwsError("InvalidUsageDimensionException", "No such dimension.");
        return { MeteringRecordId: Timestamp.toISOString() };
      },
    },
  },
  {
    entries: [
      ...services,
      rpc("agreement", "marketplace-agreement", "AWSMPCommerceService_v20200301", ["awsJson1_0"]),
      rpc("entitlement", "marketplace-entitlement", "AWSMPEntitlementService", ["rpcV2Cbor", "awsJson1_1"]),
      rpc("metering", "meteringmarketplace", "AWSMPMeteringService", ["awsJson1_1"]),
    ],
  },
);

function rpc(name: string, model: string, target: string, protocols: ServiceEntry["protocols"]): UnguardedEntry {
  return {
    name,
    signingName: "aws-marketplace",
    protocols,
    version: "2020-03-01",
    target,
    bodyLimit: 1024 * 1024,
    schemas: async () => {
      const { stdout } = await run("python3", [script, "--model", model], { maxBuffer: 2 ** 26 });
      return schemasOf(JSON.parse(stdout) as ServiceModel, `com.amazonaws.${name}`);
    },
    constraints: async () => ({ constraints: { operations: {}, shapes: {} } }),
    service: () => Promise.reject(new Error("The test brings its own.")),
  };
}

describe.skipIf(!importable)("boto3 (where Python has it)", () => {
  test(
    "speaks every protocol with the marketplace, presigned addresses of both versions too",
    { timeout: 30_000 },
    async () => {
      const { accessKeyId, secretAccessKey } = credentials;
      const { stdout } = await run("python3", [script, server.endpoint, accessKeyId, secretAccessKey]);
      expect(JSON.parse(stdout)).toMatchObject({
        startChangeSet: "cs1",
        typedException: ["ResourceInUseException", "Locked.", 423],
        createRole: "2026-01-02 03:04:05+00:00",
        noSuchEntity: ["NoSuchEntity", "The role with name r cannot be found.", 404],
        callerIdentity: "111122223333",
        images: [{ ImageId: "ami-1", Tags: [{ Key: "k", Value: "<v> é" }] }],
        imageNotFound: ["InvalidAMIID.NotFound", "The image id '[ami-404]' does not exist", 400],
        agreements: { agreementViewSummaries: [{ agreementId: "agmt-1" }] },
        entitlements: { Entitlements: [{ ProductCode: "code", Dimension: "d", Value: { IntegerValue: 7 } }] },
        entitlementError: ["InvalidParameterException", "No such product.", 400],
        metered: "2026-01-02T03:04:05.000Z",
        meteringError: ["InvalidUsageDimensionException", "No such dimension.", 400],
        object: "hello",
        head: 5,
        missing: ["NoSuchKey", "The specified key does not exist.", 404],
        missingHead: ["404", "Not Found", 404],
        unknown: ["NotImplemented", "GetBucketWebsite is not implemented.", 501],
        "presigned-v2": [
          [200, "hello"],
          [200, ""],
          [403, "SignatureDoesNotMatch"],
        ],
        "presigned-v4": [
          [200, "hello"],
          [200, ""],
          [403, "SignatureDoesNotMatch"],
        ],
        "forged-v2": [
          [403, "SignatureDoesNotMatch"],
          [403, "SignatureDoesNotMatch"],
        ],
        "forged-v4": [
          [403, "SignatureDoesNotMatch"],
          [403, "SignatureDoesNotMatch"],
        ],
        "unsigned-header-v2": [403, "SignatureDoesNotMatch"],
        "unsigned-header-v4": [403, "AccessDenied"],
        "expired-v2": [403, "AccessDenied"],
        "expired-v4": [403, "AccessDenied"],
      });
      const named = { Filters: [{ Name: "name", Values: ["a b", "é&"] }], ImageIds: ["ami-1"] };
      expect(server.inputs).toContainEqual(named);
      expect(server.inputs).toContainEqual({ RoleName: "r", AssumeRolePolicyDocument: "{}", Tags: [] });
      const puts = server.inputs.filter((input) => (input as { ACL?: string }).ACL === "private");
      expect(puts).toHaveLength(2);
      expect(server.bugs).toEqual([]);
    },
  );
});
