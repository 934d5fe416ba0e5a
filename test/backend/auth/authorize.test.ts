import { DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreatePolicyCommand, IAMClient, ListUsersCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { ListAgreementChargesCommand, MarketplaceAgreementClient } from "@aws-sdk/client-marketplace-agreement";
import { ListEntitiesCommand, MarketplaceCatalogClient } from "@aws-sdk/client-marketplace-catalog";
import { MarketplaceMeteringClient, ResolveCustomerCommand } from "@aws-sdk/client-marketplace-metering";
import { CreateBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";

import { services } from "../../../backend/services";
import { allow, openWithPeople, policy, refusalOf, SELLER } from "./people";

test.each(services.map((entry) => [entry.name, entry] as const))(
  "the table of %s has a row for each operation that is served",
  async (_name, entry) => {
    const [{ service }, { rights }] = await Promise.all([entry.service(), entry.rights()]);
    const served = Object.keys(service.handlers);
    expect(served.filter((operation) => !Object.hasOwn(rights, operation))).toEqual([]);
  },
);

describe("a refusal is said as AWS says it", () => {
  const user = `arn:aws:iam::${SELLER}:user/person-1`;
  const because = (action: string, resource: string) =>
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`;
  const listEntities = new ListEntitiesCommand({ Catalog: "AWSMarketplace", EntityType: "AmiProduct" });

  test("by the catalog", async () => {
    const { person } = await openWithPeople();
    const client = new MarketplaceCatalogClient(await person());
    await expect(client.send(listEntities)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: because("aws-marketplace:ListEntities", "*"),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("by agreements and by metering, whose model knows no such error", async () => {
    const { person } = await openWithPeople();
    const settings = await person();
    const agreements = new MarketplaceAgreementClient(settings).send(new ListAgreementChargesCommand({}));
    await expect(agreements).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: because("aws-marketplace:ListAgreementCharges", "*"),
      $metadata: { httpStatusCode: 403 },
    });
    const metering = new MarketplaceMeteringClient(settings);
    await expect(metering.send(new ResolveCustomerCommand({ RegistrationToken: "none" }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: because("aws-marketplace:ResolveCustomer", "*"),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("by IAM", async () => {
    const { person } = await openWithPeople();
    const client = new IAMClient(await person());
    await expect(client.send(new ListUsersCommand({ PathPrefix: "/sales/" }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: because("iam:ListUsers", `arn:aws:iam::${SELLER}:user/sales/`),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("by EC2", async () => {
    const { person } = await openWithPeople();
    const client = new EC2Client(await person());
    await expect(client.send(new DescribeImagesCommand({}))).rejects.toMatchObject({
      name: "UnauthorizedOperation",
      message: `You are not authorized to perform this operation. ${because("ec2:DescribeImages", "*")}`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  test("by S3, which tells other accounts nothing", async () => {
    const { person, admin } = await openWithPeople();
    const Bucket = "example-bucket";
    await new S3Client({ ...admin(), forcePathStyle: true }).send(new CreateBucketCommand({ Bucket }));
    const client = new S3Client({ ...(await person()), forcePathStyle: true });
    await expect(client.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: because("s3:ListBucket", `"arn:aws:s3:::${Bucket}"`),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(client.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      message:
        `User: ${user} is not authorized to perform: s3:ListAllMyBuckets ` +
        "because no identity-based policy allows the s3:ListAllMyBuckets action",
    });
    const stranger = new S3Client({ ...admin("buyer"), forcePathStyle: true });
    await expect(stranger.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Access Denied",
    });
  });

  test("with the kind of policy that denies", async () => {
    const { person } = await openWithPeople();
    const deny = { Effect: "Deny", Action: "aws-marketplace:List*", Resource: "*" };
    const client = new MarketplaceCatalogClient(await person(allow("*"), deny));
    await expect(client.send(listEntities)).rejects.toThrow(
      `User: ${user} is not authorized to perform: aws-marketplace:ListEntities on resource: * ` +
        "with an explicit deny in an identity-based policy",
    );
  });

  test("with the managed policy that denies, by name", async () => {
    const { admin, named } = await openWithPeople();
    const document = policy(allow("*"), { Effect: "Deny", Action: "aws-marketplace:List*", Resource: "*" });
    const iam = new IAMClient(admin());
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "NoLists", PolicyDocument: document }));
    const client = new MarketplaceCatalogClient(await named("person-1", Policy?.Arn ?? ""));
    await expect(client.send(listEntities)).rejects.toThrow(
      `User: ${user} is not authorized to perform: aws-marketplace:ListEntities on resource: * ` +
        `with an explicit deny in an identity-based policy: arn:aws:iam::${SELLER}:policy/NoLists`,
    );
  });
});

test("a changed policy counts with the next request", async () => {
  const { named, admin } = await openWithPeople();
  const iam = new IAMClient(admin());
  const client = new S3Client({ ...(await named("ana", allow("s3:ListAllMyBuckets"))), forcePathStyle: true });
  await client.send(new ListBucketsCommand({}));
  const none = { UserName: "ana", PolicyName: "Rights", PolicyDocument: policy(allow("s3:GetObject")) };
  await iam.send(new PutUserPolicyCommand(none));
  await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow(/not authorized/);
});

const list = (settings: object) =>
  refusalOf(new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})));

describe("policies may ask", () => {
  test.each<[string, object, boolean]>([
    ["from where a request comes", { IpAddress: { "aws:SourceIp": "127.0.0.0/8" } }, true],
    ["whether it comes from elsewhere", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, false],
    ["whether it is encrypted on its way", { Bool: { "aws:SecureTransport": "true" } }, true],
    ["which program sends it", { StringLike: { "aws:UserAgent": "*aws-sdk-js*" } }, true],
    ["for which region it is", { StringEquals: { "aws:RequestedRegion": "us-east-1" } }, true],
    ["for another region", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, false],
    ["for a second factor, which keys have not", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, false],
    ["whether there is word of one", { Null: { "aws:MultiFactorAuthPresent": "true" } }, true],
    ["who sends it", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${SELLER}:user/person-*` } }, true],
    ["of which kind", { StringEquals: { "aws:PrincipalType": "User" } }, true],
    ["of which account", { StringEquals: { "aws:PrincipalAccount": SELLER } }, true],
    ["by which name", { StringEquals: { "aws:username": "somebody-else" } }, false],
    ["by which id", { StringLike: { "aws:userid": "AIDA*" } }, true],
    ["whose account it is about", { StringEquals: { "aws:ResourceAccount": SELLER } }, true],
    ["whether a service sends it", { Bool: { "aws:ViaAWSService": "true" } }, false],
    ["through which services", { Null: { "aws:CalledVia": "true" } }, true],
    ["until when", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, false],
  ])("%s", async (_what, Condition, allowed) => {
    const { person } = await openWithPeople();
    const refusal = await list(await person(allow("s3:ListAllMyBuckets", { Condition })));
    expect(refusal === undefined).toBe(allowed);
  });
});

describe("credentials of a session", () => {
  test("of one's own carry one's own rights, and say that there was no second factor", async () => {
    const { person, admin } = await openWithPeople();
    const settings = await person(
      allow("s3:ListAllMyBuckets", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }),
    );
    const { Credentials } = await new STSClient(settings).send(new GetSessionTokenCommand({}));
    const client = new S3Client({ ...admin(), credentials: credentials(Credentials), forcePathStyle: true });
    await client.send(new ListBucketsCommand({}));
    await expect(new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({}))).rejects.toThrow(
      /not authorized/,
    );
  });

  test("of a role hold what the role and the session's policy both allow", async () => {
    const { person, admin } = await openWithPeople();
    const iam = new IAMClient(admin());
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${SELLER}:root` } };
    await iam.send(new CreateRoleCommand({ RoleName: "Reader", AssumeRolePolicyDocument: policy(trust) }));
    const PolicyDocument = policy(allow(["s3:ListAllMyBuckets", "ec2:DescribeImages"]));
    await iam.send(new PutRolePolicyCommand({ RoleName: "Reader", PolicyName: "Reads", PolicyDocument }));
    const RoleArn = `arn:aws:iam::${SELLER}:role/Reader`;
    const sts = new STSClient(await person(allow("sts:AssumeRole", { Resource: RoleArn })));
    const Policy = policy(allow(["s3:*", "iam:*"]));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "ana", Policy }));
    const settings = { ...admin(), credentials: credentials(Credentials) };
    await new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({}));
    await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    expect(await refusalOf(new EC2Client(settings).send(new DescribeImagesCommand({})))).toMatch(
      /assumed-role\/Reader\/ana is not authorized.*because no session policy allows/,
    );
    expect(await refusalOf(new IAMClient(settings).send(new ListUsersCommand({})))).toMatch(
      /because no identity-based policy allows the iam:ListUsers action/,
    );
  });
});

function credentials({
  AccessKeyId = "",
  SecretAccessKey = "",
  SessionToken,
}: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } = {}) {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
