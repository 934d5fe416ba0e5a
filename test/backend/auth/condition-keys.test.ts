import {
  CreateRoleCommand,
  GetUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningMarketplace, startMarketplace } from "../../../backend";
import { connection } from "../catalog/catalog-market";
import { allow, peopleOf, policy, SELLER } from "./people";
import { presigned, presignedV2 } from "./presigned";

type Who = "user" | "session" | "role";

let market: RunningMarketplace;
let iam: IAMClient;
/** A user with a tag; a session of the user's own; a session of a tagged role, begun with tags and an identity. */
let clients: Readonly<Record<Who, S3Client>>;
let anasKey: { readonly accessKeyId: string; readonly secretAccessKey: string };
beforeAll(async () => {
  market = await startMarketplace();
  iam = new IAMClient(connection(market, "seller"));
  const settings = await peopleOf(market, "seller").named("ana", allow("s3:CreateBucket"));
  anasKey = settings.credentials;
  await iam.send(new TagUserCommand({ UserName: "ana", Tags: [{ Key: "team", Value: "logs" }] }));
  const trust = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${SELLER}:root` }, Action: "sts:*" };
  await iam.send(new CreateRoleCommand({ RoleName: "Deploy", AssumeRolePolicyDocument: policy(trust) }));
  const tags = [
    { Key: "team", Value: "of the role" },
    { Key: "stage", Value: "live" },
  ];
  await iam.send(new TagRoleCommand({ RoleName: "Deploy", Tags: tags }));
  const own = await new STSClient(settings).send(new GetSessionTokenCommand({}));
  const assumed = await new STSClient(connection(market, "seller")).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${SELLER}:role/Deploy`,
      RoleSessionName: "ci",
      SourceIdentity: "bob",
      Tags: [{ Key: "team", Value: "of the session" }],
    }),
  );
  clients = {
    user: new S3Client({ ...settings, forcePathStyle: true }),
    session: s3With(own.Credentials),
    role: s3With(assumed.Credentials),
  };
});
afterAll(() => market.close());

function s3With({ AccessKeyId = "", SecretAccessKey = "", SessionToken }: Partial<Credentials> = {}): S3Client {
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new S3Client({ ...connection(market, "seller"), credentials, forcePathStyle: true });
}

/** Whether a policy with that condition lets the caller list buckets. */
async function lets(who: Who, Condition: object): Promise<boolean> {
  await give(who, allow("s3:ListAllMyBuckets", { Condition }));
  return clients[who].send(new ListBucketsCommand({})).then(
    () => true,
    (error: Error) => {
      expect(error.message).toMatch(/not authorized to perform: s3:ListAllMyBuckets/);
      return false;
    },
  );
}

async function give(who: Who, statement: object): Promise<void> {
  const written = { PolicyName: "Rights", PolicyDocument: policy(statement) };
  await (who === "role"
    ? iam.send(new PutRolePolicyCommand({ RoleName: "Deploy", ...written }))
    : iam.send(new PutUserPolicyCommand({ UserName: "ana", ...written })));
}

const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });
const like = (key: string, value: string) => ({ StringLike: { [key]: value } });
const absent = (key: string) => ({ Null: { [key]: "true" } });
const now = () => new Date().toISOString();

describe("a key of a user says", () => {
  test.each<[string, () => object]>([
    ["whose account it is of", () => equals("aws:PrincipalAccount", SELLER)],
    ["who it is", () => equals("aws:PrincipalArn", `arn:aws:iam::${SELLER}:user/ana`)],
    ["which kind", () => equals("aws:PrincipalType", "User")],
    ["by which name", () => equals("aws:username", "ana")],
    ["by which id", () => like("aws:userid", "AIDA*")],
    ["with which tags", () => equals("aws:PrincipalTag/team", "logs")],
    ["and with no others", () => absent("aws:PrincipalTag/stage")],
    ["that no service is behind it", () => ({ Bool: { "aws:PrincipalIsAWSService": "false" } })],
    ["nor any before it", () => absent("aws:CalledVia")],
    ["nor word of a second factor", () => absent("aws:MultiFactorAuthPresent")],
    ["nor how long that was ago", () => absent("aws:MultiFactorAuthAge")],
    ["nor when it was issued", () => absent("aws:TokenIssueTime")],
    ["nor an identity behind it", () => absent("aws:SourceIdentity")],
    ["nor an organization", () => absent("aws:PrincipalOrgID")],
    ["nor its place in one", () => absent("aws:PrincipalOrgPaths")],
    ["when the request came", () => ({ DateGreaterThan: { "aws:CurrentTime": "2026-01-01" } })],
    ["in seconds too", () => ({ NumericGreaterThan: { "aws:EpochTime": "1767225600" } })],
    ["from where", () => ({ IpAddress: { "aws:SourceIp": ["127.0.0.1", "::1"] } })],
    ["that nobody listened", () => ({ Bool: { "aws:SecureTransport": "true" } })],
    ["from which program", () => like("aws:UserAgent", "aws-sdk-js/*")],
    ["for which region", () => equals("aws:RequestedRegion", "us-east-1")],
    ["whose thing it is about", () => equals("aws:ResourceAccount", SELLER)],
    ["through no network of one's own", () => absent("aws:SourceVpc")],
    ["that its headers were signed", () => equals("s3:authType", "REST-HEADER")],
    ["in which version", () => equals("s3:signatureversion", "AWS4-HMAC-SHA256")],
    ["and, as it was no address, at no age", () => absent("s3:signatureAge")],
  ])("%s", async (_what, condition) => {
    expect(await lets("user", condition())).toBe(true);
  });
});

describe("credentials of a session of one's own say", () => {
  test.each<[string, () => object]>([
    ["the same user", () => equals("aws:username", "ana")],
    ["and tags", () => equals("aws:PrincipalTag/team", "logs")],
    ["that there was no second factor", () => ({ Bool: { "aws:MultiFactorAuthPresent": "false" } })],
    ["when they were issued", () => ({ DateLessThanEquals: { "aws:TokenIssueTime": now() } })],
  ])("%s", async (_what, condition) => {
    expect(await lets("session", condition())).toBe(true);
  });

  test("that they are not older than they are", async () => {
    expect(await lets("session", { DateLessThan: { "aws:TokenIssueTime": "2026-01-01" } })).toBe(false);
  });
});

describe("credentials of a role say", () => {
  test.each<[string, () => object]>([
    ["which role", () => equals("aws:PrincipalArn", `arn:aws:iam::${SELLER}:role/Deploy`)],
    ["of which kind", () => equals("aws:PrincipalType", "AssumedRole")],
    ["which session", () => like("aws:userid", "AROA*:ci")],
    ["of no user", () => absent("aws:username")],
    ["the tags of the session first", () => equals("aws:PrincipalTag/team", "of the session")],
    ["then those of the role", () => equals("aws:PrincipalTag/stage", "live")],
    ["whom the session is for", () => equals("aws:SourceIdentity", "bob")],
    ["when they were issued", () => ({ DateLessThanEquals: { "aws:TokenIssueTime": now() } })],
    ["that there was no second factor", () => ({ Bool: { "aws:MultiFactorAuthPresent": "false" } })],
  ])("%s", async (_what, condition) => {
    expect(await lets("role", condition())).toBe(true);
  });
});

test("credentials that were issued before a moment can be shut out", async () => {
  const revoked = { DateLessThan: { "aws:TokenIssueTime": new Date(Date.now() + 1000).toISOString() } };
  await give("role", allow("s3:ListAllMyBuckets"));
  await clients.role.send(new ListBucketsCommand({}));
  const Statement = [allow("*"), allow("*", { Effect: "Deny", Condition: revoked })];
  const PolicyDocument = policy(...Statement);
  await iam.send(new PutRolePolicyCommand({ RoleName: "Deploy", PolicyName: "Rights", PolicyDocument }));
  await expect(clients.role.send(new ListBucketsCommand({}))).rejects.toThrow("with an explicit deny");
});

describe("of a presigned address, policies may ask", () => {
  const path = "/example-addresses/thing";
  beforeAll(async () => {
    const s3 = new S3Client({ ...connection(market, "seller"), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "example-addresses" }));
    await s3.send(new PutObjectCommand({ Bucket: "example-addresses", Key: "thing", Body: "thing" }));
  });

  const address = (secondsAgo = 0) => presigned(market.endpoint, path, anasKey, secondsAgo);
  const addressV2 = () => presignedV2(market.endpoint, path, anasKey);
  const younger = { NumericLessThan: { "s3:signatureAge": "60000" } };

  test.each<[string, object, () => string, number]>([
    ["that it is one", equals("s3:authType", "REST-QUERY-STRING"), address, 200],
    ["that it is none", equals("s3:authType", "REST-HEADER"), address, 403],
    ["how it is signed", equals("s3:signatureversion", "AWS4-HMAC-SHA256"), address, 200],
    ["for the old way to be shut out", equals("s3:signatureversion", "AWS4-HMAC-SHA256"), addressV2, 403],
    ["for the old way", equals("s3:signatureversion", "AWS"), addressV2, 200],
    ["how old it is", younger, () => address(30), 200],
    ["for no older ones", younger, () => address(90), 403],
    ["whose bucket it leads to", equals("s3:ResourceAccount", SELLER), address, 200],
  ])("%s", async (_what, Condition, url, status) => {
    await give("user", allow("s3:GetObject", { Condition }));
    expect((await fetch(url())).status).toBe(status);
  });
});

const put = (more: object) =>
  clients.user.send(new PutObjectCommand({ Bucket: "example-addresses", Key: "new", Body: "new", ...more })).then(
    () => "put",
    (error: Error) => error.name,
  );

test("what a request would put on an object is a condition", async () => {
  await give("user", allow("s3:Put*", { Condition: equals("s3:x-amz-storage-class", "STANDARD_IA") }));
  expect(await put({ StorageClass: "STANDARD_IA" })).toBe("put");
  expect(await put({})).toBe("AccessDenied");
  await give("user", allow("s3:Put*", { Condition: { Null: { "s3:x-amz-acl": "true" } } }));
  expect(await put({})).toBe("put");
  expect(await put({ ACL: "private" })).toBe("AccessDenied");
  await give("user", allow("s3:Put*", { Condition: { Null: { "s3:x-amz-content-sha256": "false" } } }));
  expect(await put({})).toBe("put");
});

test("the user is told nothing of other users by a variable", async () => {
  await give("user", allow("iam:GetUser", { Resource: `arn:aws:iam::${SELLER}:user/\${aws:username}` }));
  const ana = new IAMClient({ ...connection(market, "seller"), credentials: anasKey });
  expect((await ana.send(new GetUserCommand({ UserName: "ana" }))).User?.UserName).toBe("ana");
  await expect(ana.send(new GetUserCommand({ UserName: "admin" }))).rejects.toMatchObject({ name: "AccessDenied" });
});
