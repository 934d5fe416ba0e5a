import { CreateSnapshotCommand, CreateVolumeCommand, EC2Client, RegisterImageCommand } from "@aws-sdk/client-ec2";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { createAccessKey } from "../../../backend/iam/access-keys";
import { services } from "../../../backend/services";
import { catalogOf, connection, madeBy } from "../catalog/catalog-market";
import { createProduct } from "../catalog/listing";
import { type Belongings, type Call, callsOf, senderOf, SERVICES } from "./matrix/calls";
import { FREE, GRANTS, NOT_FOR_ROOT, POLICIES, type PolicyName } from "./matrix/grants";

const SELLER = "111122223333";

/** One marketplace for all of it. */
let market: RunningMarketplace;
let calls: readonly Call[];
beforeAll(async () => {
  market = await startMarketplace();
  const things = await sellersThings();
  const served = services.filter(({ name }) => SERVICES.includes(name));
  const loaded = await Promise.all(served.map(async (entry) => ({ ...entry, ...(await entry.service()) })));
  calls = loaded.flatMap(({ name, service }) => callsOf(name, Object.keys(service.handlers), things));
});
afterAll(() => market.close());

describe("another account", () => {
  test("is told of nothing that is the seller's, and changes none of it", async () => {
    const send = senderOf(connection(market, "buyer"));
    const reached: string[] = [];
    for (const call of calls.filter(namesSellersThings)) {
      const outcome = await send(call).then(anyRefused, () => "refused");
      if (outcome !== "refused") reached.push(`${call.service} ${call.label}`);
    }
    expect(reached).toEqual([]);
  });

  test("may do on its own account what its own policies say", async () => {
    const send = senderOf(connection(market, "buyer"));
    expect(
      await refusedIn(
        send,
        calls.filter((call) => call.service === "iam"),
      ),
    ).toEqual([]);
  });
});

test.each(POLICIES)("a user with %s may do what it grants and nothing else", async (policy) => {
  const send = senderOf(await userWith(policy));
  expect(await refusedIn(send, calls)).toEqual(labels(calls.filter((call) => !grants(policy, call))));
});

test("a user without rights may only ask who it is, and for a session of its own", async () => {
  const send = senderOf(await userWith(undefined));
  expect(await refusedIn(send, calls)).toEqual(labels(calls.filter(({ operation }) => !FREE.includes(operation))));
});

test("root may do everything, but take no roles", async () => {
  const key = await market.market.store.transaction(() =>
    createAccessKey(market.market.store, SELLER, undefined, new Date()),
  );
  const send = senderOf(settings(key.id, key.secret));
  const notForRoot = calls.filter(({ operation }) => NOT_FOR_ROOT.includes(operation));
  expect(await refusedIn(send, calls)).toEqual(labels(notForRoot));
});

function grants(policy: PolicyName, { service, operation, label }: Call): boolean {
  const granted = GRANTS[policy][service];
  return FREE.includes(operation) || granted === "all" || granted?.includes(label) === true;
}

function labels(some: readonly Call[]): string[] {
  return some.map(({ service, label }) => `${service} ${label}`);
}

/** Those of the calls that the caller was not allowed. Any other answer, errors too, comes from behind that door. */
async function refusedIn(send: (call: Call) => Promise<object>, some: readonly Call[]): Promise<string[]> {
  const refused: string[] = [];
  for (const call of some) {
    const outcome = await send(call).then(anyRefused, denied);
    if (outcome === "refused") refused.push(`${call.service} ${call.label}`);
  }
  return refused;
}

type Outcome = "refused" | "let in";

const DENIAL = /^(You are not authorized to perform this operation\. )?User: \S+ is not authorized to perform: \S+ on /;

/** A reply to HEAD has no body, so that only its status tells. */
function denied(failure: { readonly message: string; readonly $metadata?: { readonly httpStatusCode?: number } }) {
  const silent = !failure.message.includes(" ") && failure.$metadata?.httpStatusCode === 403;
  const rootsRole = failure.message === "Roles may not be assumed by root accounts.";
  return silent || rootsRole || DENIAL.test(failure.message) ? "refused" : "let in";
}

/** Operations on several things answer for each of them. */
function anyRefused(reply: object): Outcome {
  const errors = "Errors" in reply && typeof reply.Errors === "object" ? Object.values(reply.Errors ?? {}) : [];
  return errors.length > 0 ? "refused" : "let in";
}

/** Lists and what is only being made are the caller's own affair; IAM's names are always of the caller's account. */
function namesSellersThings({ service, operation }: Call): boolean {
  switch (service) {
    case "catalog":
      return !operation.startsWith("List") || operation === "ListTagsForResource";
    case "s3":
      return operation !== "ListBuckets";
    case "sts":
      return operation === "AssumeRole";
    case "ec2":
      return /^(Modify|Reset|Deregister|Delete(Snapshot|Volume|Tags)|Create(Tags|Snapshot)|Copy|(En|Dis)ableImage|Describe(Image|Snapshot)Attribute)/.test(
        operation,
      );
    default:
      return false;
  }
}

async function userWith(policy: PolicyName | undefined): Promise<object> {
  const admin = new IAMClient(connection(market, "seller"));
  const UserName = policy ?? "without-rights";
  await admin.send(new CreateUserCommand({ UserName }));
  if (policy !== undefined) {
    await admin.send(new AttachUserPolicyCommand({ UserName, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }));
  }
  const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName }));
  admin.destroy();
  return settings(AccessKey?.AccessKeyId, AccessKey?.SecretAccessKey);
}

function settings(accessKeyId = "", secretAccessKey = ""): object {
  return { ...connection(market, "seller"), credentials: { accessKeyId, secretAccessKey } };
}

async function sellersThings(): Promise<Belongings> {
  const seller = connection(market, "seller");
  const s3 = new S3Client({ ...seller, forcePathStyle: true });
  const ec2 = new EC2Client(seller);
  const iam = new IAMClient(seller);
  const bucket = "example-of-the-matrix";
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "thing", Body: "thing" }));
  const { VolumeId: volumeId = "" } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8 }),
  );
  const { SnapshotId: snapshotId = "" } = await ec2.send(new CreateSnapshotCommand({ VolumeId: volumeId }));
  const { ImageId: imageId = "" } = await ec2.send(
    new RegisterImageCommand({
      Name: "example",
      RootDeviceName: "/dev/xvda",
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { SnapshotId: snapshotId } }],
    }),
  );
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${SELLER}:root` } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "visited", AssumeRolePolicyDocument }));
  const catalog = catalogOf(market);
  const changeSetId = await catalog.start([createProduct("Example")]);
  const productId = madeBy(await catalog.ended(changeSetId));
  for (const client of [s3, ec2, iam]) client.destroy();
  return { productId, changeSetId, bucket, imageId, snapshotId, volumeId, roleArn: Role?.Arn ?? "" };
}
