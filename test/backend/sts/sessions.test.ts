import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateVolumeCommand, DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import {
  AssumeRoleCommand,
  type AssumeRoleRequest,
  type Credentials,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { allow, openWithPeople, policy, refusalOf, SELLER } from "../auth/people";
import type { connection } from "../catalog/catalog-market";

type Settings = ReturnType<typeof connection> & { readonly credentials: { readonly sessionToken?: string } };

async function open() {
  const people = await openWithPeople();
  const iam = new IAMClient(people.admin());
  /** A role that everybody of the seller's account may take, with these rights. */
  const role = async (RoleName: string, rights: readonly object[], trusting: object = {}) => {
    const Principal = { AWS: `arn:aws:iam::${SELLER}:root` };
    const trust = allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], { Principal, ...trusting });
    const AssumeRolePolicyDocument = policy({ ...trust, Resource: undefined });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    const PolicyDocument = policy(...rights);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "Rights", PolicyDocument }));
    return `arn:aws:iam::${SELLER}:role/${RoleName}`;
  };
  return { ...people, iam, role };
}

async function assume(by: Settings, RoleArn: string, more: Partial<AssumeRoleRequest> = {}): Promise<Settings> {
  const { Credentials } = await new STSClient(by).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "ana", ...more }),
  );
  return settingsOf(by, Credentials);
}

function settingsOf(like: Settings, credentials: Partial<Credentials> = {}): Settings {
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken } = credentials;
  return {
    ...like,
    credentials: { accessKeyId, secretAccessKey, ...(SessionToken && { sessionToken: SessionToken }) },
  };
}

const lists = (settings: Settings) =>
  refusalOf(new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})));
const ifTagged = (key: string, value: string) =>
  allow("s3:ListAllMyBuckets", { Condition: { StringEquals: { [`aws:PrincipalTag/${key}`]: value } } });

describe("tags of a session", () => {
  test("go over to the next where they are said to, and there only", async () => {
    const { admin, role } = await open();
    const first = await role("First", [allow("sts:*"), ifTagged("team", "logs")]);
    const [byTeam, byStage] = [
      await role("ByTeam", [ifTagged("team", "logs")]),
      await role("ByStage", [ifTagged("stage", "live")]),
    ];
    const Tags = [
      { Key: "team", Value: "logs" },
      { Key: "stage", Value: "live" },
    ];
    const session = await assume(admin(), first, { Tags, TransitiveTagKeys: ["Team"] });
    expect(await lists(session)).toBeUndefined();
    expect(await lists(await assume(session, byTeam))).toBeUndefined();
    expect(await lists(await assume(session, byStage))).toMatch("no identity-based policy allows");
  });

  test("that are handed on cannot be set anew, and need the next role's leave", async () => {
    const { admin, role } = await open();
    const first = await role("First", [allow("sts:*")]);
    const closed = await role("Closed", [allow("*")], { Action: "sts:AssumeRole" });
    const Tags = [{ Key: "team", Value: "logs" }];
    const session = await assume(admin(), first, { Tags, TransitiveTagKeys: ["team"] });
    const again = assume(session, first, { Tags: [{ Key: "TEAM", Value: "sales" }] });
    await expect(again).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringMatching("conflicts with"),
    });
    expect(await refusalOf(assume(session, closed))).toMatch(/not authorized to perform: sts:TagSession/);
    await assume(admin(), closed);
  });

  test.each<[string, Partial<AssumeRoleRequest>, RegExp]>([
    [
      "twice",
      {
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "Team", Value: "b" },
        ],
      },
      /Duplicate tag keys/,
    ],
    ["as transitive without being there", { TransitiveTagKeys: ["team"] }, /team must be included/],
  ])("are not given %s", async (_what, more, message) => {
    const { admin, role } = await open();
    const arn = await role("First", [allow("*")]);
    await expect(assume(admin(), arn, more)).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringMatching(message),
    });
  });

  test("can be what a role asks for", async () => {
    const { admin, role } = await open();
    const arn = await role("Tagged", [allow("*")], {
      Condition: {
        StringEquals: { "aws:RequestTag/team": "logs" },
        "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["team"] },
        NumericLessThanEquals: { "sts:DurationSeconds": "900" },
      },
    });
    const Tags = [{ Key: "team", Value: "logs" }];
    await assume(admin(), arn, { Tags, TransitiveTagKeys: ["team"], DurationSeconds: 900 });
    for (const more of [{ Tags, DurationSeconds: 1000 }, { DurationSeconds: 900 }, { Tags }]) {
      expect(await refusalOf(assume(admin(), arn, more))).toMatch(/not authorized to perform: sts:/);
    }
  });
});

test("who is behind a session stays so for those that it begins", async () => {
  const { admin, role } = await open();
  const ifBob = { Condition: { StringEquals: { "aws:SourceIdentity": "bob" } } };
  const [first, second] = [
    await role("First", [allow("sts:*")]),
    await role("Second", [allow("s3:ListAllMyBuckets", ifBob)]),
  ];
  const closed = await role("Closed", [allow("*")], { Action: "sts:AssumeRole" });
  const session = await assume(admin(), first, { SourceIdentity: "bob" });
  expect(await lists(await assume(session, second))).toBeUndefined();
  expect(await lists(await assume(admin(), second))).toMatch("no identity-based policy allows");
  expect(await refusalOf(assume(session, second, { SourceIdentity: "carol" }))).toMatch("cannot be changed to carol");
  expect(await refusalOf(assume(session, closed))).toMatch(/not authorized to perform: sts:SetSourceIdentity/);
});

const volumes = (settings: Settings) => refusalOf(new EC2Client(settings).send(new DescribeVolumesCommand({})));

test("a role's sessions end with the role, also where a new one takes the name", async () => {
  const { admin, iam, role } = await open();
  const session = await assume(admin(), await role("Short", [allow("*")]));
  expect(await lists(session)).toBeUndefined();
  await iam.send(new DeleteRolePolicyCommand({ RoleName: "Short", PolicyName: "Rights" }));
  await iam.send(new DeleteRoleCommand({ RoleName: "Short" }));
  const asks = () => new STSClient(session).send(new GetCallerIdentityCommand({}));
  await expect(asks()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  await role("Short", [allow("*")]);
  await expect(asks()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
});

test("a role that shuts somebody out says so", async () => {
  const { admin, person, role } = await open();
  const settings = await person(allow("sts:AssumeRole"));
  const Principal = { AWS: `arn:aws:iam::${SELLER}:user/person-1` };
  const arn = await role("Closed", [allow("*")], { Effect: "Deny", Principal });
  await expect(assume(settings, arn)).rejects.toThrow(
    `User: arn:aws:iam::${SELLER}:user/person-1 is not authorized to perform: sts:AssumeRole on resource: ${arn} ` +
      "with an explicit deny in the role trust policy",
  );
  await expect(assume(admin(), arn)).rejects.toThrow(/on resource: \S+\/Closed$/);
});

test("a session may do what the role, its boundary and the session's policies all allow", async () => {
  const { admin, iam, role } = await open();
  const arn = await role("Limited", [allow(["s3:*", "ec2:DescribeVolumes"])]);
  const PermissionsBoundary = "arn:aws:iam::aws:policy/AWSMarketplaceFullAccess";
  const PolicyArns = [{ arn: "arn:aws:iam::aws:policy/PowerUserAccess" }];
  const wide = await assume(admin(), arn, { PolicyArns });
  expect(await volumes(wide)).toBeUndefined();
  expect(await volumes(await assume(admin(), arn, { Policy: policy(allow("s3:*")) }))).toMatch(
    "because no session policy allows the ec2:DescribeVolumes action",
  );
  const denying = policy(allow("*"), allow("ec2:*", { Effect: "Deny" }));
  expect(await volumes(await assume(admin(), arn, { Policy: denying, PolicyArns }))).toMatch(
    "with an explicit deny in a session policy",
  );
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: "Limited", PermissionsBoundary }));
  expect(await volumes(wide)).toMatch("because no permissions boundary allows the ec2:DescribeVolumes action");
  const edge = new CreatePolicyCommand({ PolicyName: "Edge", PolicyDocument: denying });
  const { Policy } = await iam.send(edge);
  const bounded = { RoleName: "Limited", PermissionsBoundary: Policy?.Arn };
  await iam.send(new PutRolePermissionsBoundaryCommand(bounded));
  expect(await volumes(wide)).toMatch(
    `with an explicit deny in a permissions boundary: arn:aws:iam::${SELLER}:policy/Edge`,
  );
});

/** A user with these rights, and a session of that. */
async function begun(...rights: readonly object[]) {
  const opened = await open();
  const settings = await opened.person(...rights);
  const { Credentials } = await new STSClient(settings).send(new GetSessionTokenCommand({}));
  return { ...opened, own: settingsOf(settings, Credentials) };
}

describe("a session of one's own", () => {
  test("calls no IAM", async () => {
    const { own } = await begun(allow("*"));
    await expect(new IAMClient(own).send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
    expect(await lists(own)).toBeUndefined();
  });

  test("says who it is and takes roles, and calls nothing else of STS", async () => {
    const { own, role } = await begun(allow("*"));
    const sts = new STSClient(own);
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:iam::${SELLER}:user/person-1`);
    await assume(own, await role("Taken", [allow("*")]));
    const refused = { name: "AccessDenied", message: expect.stringMatching("with session credentials$") };
    const AccessKeyId = own.credentials.accessKeyId;
    await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject(refused);
    await expect(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).rejects.toMatchObject(refused);
    const decode = new DecodeAuthorizationMessageCommand({ EncodedMessage: "none" });
    await expect(sts.send(decode)).rejects.toMatchObject(refused);
  });

  test("cannot begin with a second factor, which nobody has", async () => {
    const { admin, role } = await open();
    const factor = { SerialNumber: `arn:aws:iam::${SELLER}:mfa/ana`, TokenCode: "123456" };
    const refused = { name: "AccessDenied", message: expect.stringMatching("^MultiFactorAuthentication failed") };
    const token = new STSClient(admin()).send(new GetSessionTokenCommand(factor));
    await expect(token).rejects.toMatchObject(refused);
    await expect(assume(admin(), await role("Taken", [allow("*")]), factor)).rejects.toMatchObject(refused);
  });
});

describe("a refusal of EC2 holds more than it says", () => {
  const volume = new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 8 });
  const refusalIn = async (settings: Settings) =>
    / Encoded authorization failure message: (\S+)$/.exec(
      (await refusalOf(new EC2Client(settings).send(volume))) ?? "",
    )?.[1];

  test("for who may decode it", async () => {
    const { person } = await openWithPeople();
    const settings = await person(allow(["sts:DecodeAuthorizationMessage", "ec2:*"]), {
      Sid: "NoVolumes",
      Effect: "Deny",
      Action: "ec2:CreateVolume",
      Resource: "*",
    });
    const EncodedMessage = await refusalIn(settings);
    const { DecodedMessage = "" } = await new STSClient(settings).send(
      new DecodeAuthorizationMessageCommand({ EncodedMessage }),
    );
    expect(JSON.parse(DecodedMessage)).toMatchObject({
      allowed: false,
      explicitDeny: true,
      matchedStatements: { items: [{ statementId: "NoVolumes", effect: "DENY" }] },
      context: {
        principal: { name: "person-1", arn: `arn:aws:iam::${SELLER}:user/person-1` },
        action: "ec2:CreateVolume",
        resource: `arn:aws:ec2:us-east-1:${SELLER}:volume/*`,
        conditions: { items: [{ key: "ec2:Region", values: { items: [{ value: "us-east-1" }] } }] },
      },
    });
  });

  test("and for nobody else", async () => {
    const { person } = await openWithPeople();
    const settings = await person(allow("s3:*"));
    const EncodedMessage = await refusalIn(settings);
    expect(EncodedMessage).not.toContain("CreateVolume");
    const decode = new STSClient(settings).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
    await expect(decode).rejects.toThrow("not authorized to perform: sts:DecodeAuthorizationMessage");
  });

  test("and nothing that somebody else wrote", async () => {
    const { admin } = await openWithPeople();
    for (const EncodedMessage of ["none", "a".repeat(400)]) {
      const decode = new STSClient(admin()).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
      await expect(decode).rejects.toMatchObject({ name: "InvalidAuthorizationMessageException" });
    }
  });
});
