import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";

import { denialMessage, mayDo, roleAllows, roleExists, roleTrusts } from "../../../backend/auth/rights";
import { findAccessKey, rootOf } from "../../../backend/iam/access-keys";
import type { Caller } from "../../../backend/service";
import { clientsOf, openMarketplace } from "../../support/identity-clients";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/market/Ingestion`;
const INGESTION = "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion";
const SNAPSHOT = "arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0";
const SERVICE = "assets.marketplace.amazonaws.com";

const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (action: string, more: object = {}) => ({ Effect: "Allow", Action: action, Resource: "*", ...more });
const trust = (service: string) =>
  document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } });

async function open() {
  const market = await openMarketplace();
  const { iam } = clientsOf(market);
  const admin = callerOf(market.accounts[0]?.accessKeyId);
  function callerOf(accessKeyId = ""): Caller {
    const found = findAccessKey(market.market.store, accessKeyId);
    if (found === undefined) throw new Error(`There is no key ${accessKeyId}.`);
    return found.caller;
  }
  async function newUser(UserName: string): Promise<Caller> {
    await iam.send(new CreateUserCommand({ UserName }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return callerOf(AccessKey?.AccessKeyId);
  }
  const may = (caller: Caller, action: string, resource = "*", keys = {}) =>
    mayDo(market.market, caller, action, resource, keys).allowed;
  return { iam, store: market.market.store, market: market.market, admin, newUser, may };
}

test("an administrator may do everything while in the group, root always, a new user nothing", async () => {
  const { iam, admin, newUser, may } = await open();
  const ana = await newUser("ana");
  expect(may(admin, "aws-marketplace:StartChangeSet")).toBe(true);
  expect(may(ana, "aws-marketplace:StartChangeSet")).toBe(false);
  await iam.send(new RemoveUserFromGroupCommand({ UserName: "admin", GroupName: "Administrators" }));
  expect(may(admin, "aws-marketplace:StartChangeSet")).toBe(false);
  expect(may(rootOf(ACCOUNT), "aws-marketplace:StartChangeSet")).toBe(true);
});

test("the ingestion role may do what its policy says, for whom it trusts", async () => {
  const { iam, store } = await open();
  const create = { RoleName: "Ingestion", Path: "/market/", AssumeRolePolicyDocument: trust(SERVICE) };
  await iam.send(new CreateRoleCommand(create));
  expect(roleExists(store, ROLE)).toBe(true);
  expect(roleExists(store, ROLE.replace("market/", ""))).toBe(false);
  expect(roleTrusts(store, ROLE, SERVICE)).toBe(true);
  expect(roleTrusts(store, ROLE, "ec2.amazonaws.com")).toBe(false);
  expect(roleTrusts(store, `${ROLE}x`, SERVICE)).toBe(false);

  const shares = () => roleAllows(store, ROLE, "ec2:ModifySnapshotAttribute", SNAPSHOT);
  expect(shares()).toBe(false);
  const attachment = { RoleName: "Ingestion", PolicyArn: INGESTION };
  await iam.send(new AttachRolePolicyCommand(attachment));
  expect(shares()).toBe(true);
  expect(roleAllows(store, ROLE, "ec2:ModifySnapshotAttribute", SNAPSHOT.replace("us-east-1", "eu-west-1"))).toBe(
    false,
  );
  expect(roleAllows(store, ROLE, "ec2:DescribeImages", "*")).toBe(true);
  expect(roleAllows(store, ROLE, "ec2:RunInstances", "*")).toBe(false);

  const deny = document({ Effect: "Deny", Action: "ec2:Modify*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "No", PolicyDocument: deny }));
  expect(shares()).toBe(false);
  await iam.send(new DetachRolePolicyCommand(attachment));
  expect(roleAllows(store, ROLE, "ec2:DescribeImages", "*")).toBe(false);
});

test("a seller's user may pass roles to the marketplace and to nobody else", async () => {
  const { iam, newUser, may } = await open();
  const ana = await newUser("ana");
  const PolicyArn = "arn:aws:iam::aws:policy/AWSMarketplaceSellerFullAccess";
  await iam.send(new AttachUserPolicyCommand({ UserName: "ana", PolicyArn }));
  expect(may(ana, "iam:PassRole", ROLE, { "iam:PassedToService": SERVICE })).toBe(true);
  expect(may(ana, "iam:PassRole", ROLE, { "iam:PassedToService": "ec2.amazonaws.com" })).toBe(false);
  expect(may(ana, "iam:PassRole", ROLE)).toBe(false);
});

test("policies speak of the user's name, tags and the hour", async () => {
  const { iam, newUser, may } = await open();
  const ana = await newUser("ana");
  const statements = [
    allow("s3:GetObject", { Resource: "arn:aws:s3:::files/${aws:username}/*" }),
    allow("s3:PutObject", { Condition: { StringEquals: { "aws:PrincipalTag/team": "sales" } } }),
    allow("s3:DeleteObject", { Condition: { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } }),
    allow("s3:ListBucket", { Condition: { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } }),
  ];
  await iam.send(
    new PutUserPolicyCommand({ UserName: "ana", PolicyName: "P", PolicyDocument: document(...statements) }),
  );
  expect(may(ana, "s3:GetObject", "arn:aws:s3:::files/ana/a.png")).toBe(true);
  expect(may(ana, "s3:GetObject", "arn:aws:s3:::files/bob/a.png")).toBe(false);
  expect(may(ana, "s3:PutObject")).toBe(false);
  await iam.send(new TagUserCommand({ UserName: "ana", Tags: [{ Key: "team", Value: "sales" }] }));
  expect(may(ana, "s3:PutObject")).toBe(true);
  expect(may(ana, "s3:DeleteObject")).toBe(true);
  expect(may(ana, "s3:ListBucket")).toBe(false);
});

test("a boundary limits an administrator, and its new default version counts at once", async () => {
  const { iam, newUser, may, market } = await open();
  const ana = await newUser("ana");
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachUserPolicyCommand({ UserName: "ana", PolicyArn }));
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: "Edge", PolicyDocument: document(allow("s3:*")) }),
  );
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: "ana", PermissionsBoundary: Policy?.Arn }));
  expect(may(ana, "s3:GetObject")).toBe(true);
  expect(may(ana, "ec2:RunInstances")).toBe(false);
  const decision = mayDo(market, ana, "ec2:RunInstances", "*");
  expect(denialMessage(ana, "ec2:RunInstances", "*", decision)).toBe(
    `User: arn:aws:iam::${ACCOUNT}:user/ana is not authorized to perform: ec2:RunInstances on resource: * ` +
      "because no permissions boundary allows the ec2:RunInstances action",
  );
  const version = { PolicyArn: Policy?.Arn, PolicyDocument: document(allow("ec2:*")), SetAsDefault: true };
  await iam.send(new CreatePolicyVersionCommand(version));
  expect(may(ana, "ec2:RunInstances")).toBe(true);
});
