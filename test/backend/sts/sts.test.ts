import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  type AssumeRoleRequest,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { expect, test } from "vitest";

import { mayDo } from "../../../backend/auth/rights";
import { findAccessKey } from "../../../backend/iam/access-keys";
import { clientsOf, openMarketplace } from "../../support/identity-clients";

const SELLER = "111122223333";
const BUYER = "444455556666";
const trust = (principal: object, more: object = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: ["sts:AssumeRole", "sts:TagSession"], ...more }],
  });
const account = (id: string) => ({ AWS: `arn:aws:iam::${id}:root` });
const doc = (Effect: string, Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*" }] });

async function openWithRole(principal: object = account(SELLER), condition: object = {}) {
  const market = await openMarketplace();
  const seller = clientsOf(market, "seller");
  const RoleName = "Deploy";
  await seller.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(principal, condition) }));
  await seller.iam.send(
    new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
  );
  const assume = (who: Parameters<typeof clientsOf>[1], more: Partial<AssumeRoleRequest> = {}) =>
    clientsOf(market, who).sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${SELLER}:role/Deploy`, RoleSessionName: "test", ...more }),
    );
  return { market, seller, assume };
}

test.each([
  ["seller", SELLER],
  ["buyer", BUYER],
  ["partner", "777788889999"],
] as const)("the %s is told who it is", async (name, id) => {
  const { sts } = clientsOf(await openMarketplace(), name);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: id,
    Arn: `arn:aws:iam::${id}:user/admin`,
    UserId: expect.stringMatching(/^AIDA/),
  });
});

test("an assumed role's credentials work as that role, and need their token", async () => {
  const { market, assume } = await openWithRole();
  const { Credentials = {}, AssumedRoleUser } = await assume("seller", { DurationSeconds: 900 });
  const arn = `arn:aws:sts::${SELLER}:assumed-role/Deploy/test`;
  expect(AssumedRoleUser).toEqual({ Arn: arn, AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}:test$/) });
  const left = (Credentials as { Expiration?: Date }).Expiration?.getTime() ?? 0;
  expect(left - Date.now()).toBeGreaterThan(890_000);
  expect(left - Date.now()).toBeLessThanOrEqual(900_000);

  const identity = await clientsOf(market, Credentials).sts.send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Arn: arn, Account: SELLER, UserId: AssumedRoleUser?.AssumedRoleId });
  const tokenless = clientsOf(market, { ...Credentials, SessionToken: undefined }).sts;
  await expect(tokenless.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
});

test("credentials end when they said they would", async () => {
  let past = 0;
  const clock = { now: () => new Date(Date.now() + past), schedule: () => () => undefined };
  const market = await openMarketplace({ clock });
  const { Credentials = {} } = await clientsOf(market).sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const { sts } = clientsOf(market, Credentials);
  await sts.send(new GetCallerIdentityCommand({}));
  past = 901_000;
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "ExpiredToken" });
});

test("a role lets in whom its trust policy names, and nobody else learns whether it is there", async () => {
  const { assume } = await openWithRole(account(BUYER));
  await assume("buyer");
  const refusal = (arn: string, role: string) => ({
    name: "AccessDenied",
    message: `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${SELLER}:role/${role}`,
    $metadata: { httpStatusCode: 403 },
  });
  await expect(assume("seller")).rejects.toMatchObject(refusal(`arn:aws:iam::${SELLER}:user/admin`, "Deploy"));
  await expect(assume("partner")).rejects.toMatchObject(refusal("arn:aws:iam::777788889999:user/admin", "Deploy"));
  const RoleArn = `arn:aws:iam::${SELLER}:role/None`;
  await expect(assume("buyer", { RoleArn })).rejects.toMatchObject(refusal(`arn:aws:iam::${BUYER}:user/admin`, "None"));
});

test("an external id must be the one that the role asks for", async () => {
  const { assume } = await openWithRole(account(BUYER), {
    Condition: { StringEquals: { "sts:ExternalId": "secret-42" } },
  });
  await expect(assume("buyer")).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(assume("buyer", { ExternalId: "secret-43" })).rejects.toMatchObject({ name: "AccessDenied" });
  await assume("buyer", { ExternalId: "secret-42" });
});

test("a user without rights of its own may assume a role that names it, not one that names the account", async () => {
  const { market, seller, assume } = await openWithRole();
  await seller.iam.send(new CreateUserCommand({ UserName: "ana" }));
  const { AccessKey = {} } = await seller.iam.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  await expect(assume(AccessKey)).rejects.toMatchObject({ name: "AccessDenied" });
  const principal = { AWS: `arn:aws:iam::${SELLER}:user/ana` };
  await seller.iam.send(new CreateRoleCommand({ RoleName: "Named", AssumeRolePolicyDocument: trust(principal) }));
  const named = { RoleArn: `arn:aws:iam::${SELLER}:role/Named`, RoleSessionName: "test" };
  await clientsOf(market, AccessKey).sts.send(new AssumeRoleCommand(named));
  const never = { UserName: "ana", PolicyName: "Never", PolicyDocument: doc("Deny", "sts:AssumeRole") };
  await seller.iam.send(new PutUserPolicyCommand(never));
  await expect(clientsOf(market, AccessKey).sts.send(new AssumeRoleCommand(named))).rejects.toMatchObject({
    message: expect.stringMatching(/with an explicit deny in an identity-based policy$/),
  });
});

test("a session lasts as long as the role lets it, and an hour at most when one role leads to the next", async () => {
  const { market, assume } = await openWithRole();
  await expect(assume("seller", { DurationSeconds: 7200 })).rejects.toMatchObject({
    name: "ValidationError",
    message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
  });
  const { Credentials = {} } = await assume("seller");
  await assume(Credentials, { DurationSeconds: 3600 });
  await expect(assume(Credentials, { DurationSeconds: 3601 })).rejects.toMatchObject({
    message: expect.stringMatching(/1 hour session limit/),
  });
  const session = clientsOf(market, Credentials).sts;
  await expect(session.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: "AccessDenied" });
});

test("session policies and tags stay with the session", async () => {
  const { market, assume } = await openWithRole();
  const { Credentials, PackedPolicySize } = await assume("seller", {
    Policy: doc("Allow", "s3:*"),
    Tags: [{ Key: "team", Value: "a" }],
  });
  expect(PackedPolicySize).toBeGreaterThan(0);
  const caller = findAccessKey(market.market.store, Credentials?.AccessKeyId ?? "")?.caller;
  if (caller === undefined) throw new Error("The session is not known.");
  expect(mayDo(market.market, caller, "s3:GetObject", "*").allowed).toBe(true);
  expect(mayDo(market.market, caller, "ec2:RunInstances", "*")).toMatchObject({ allowed: false, source: "session" });
  await expect(assume("seller", { Policy: "{" })).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
});

test("a session token gives a user's own rights for a while", async () => {
  const market = await openMarketplace();
  const { Credentials = {} } = await clientsOf(market, "buyer").sts.send(new GetSessionTokenCommand({}));
  const { sts } = clientsOf(market, Credentials);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: `arn:aws:iam::${BUYER}:user/admin` });
});

test("a user's sessions end with the user, also where a new one takes the name", async () => {
  const market = await openMarketplace();
  const { iam } = clientsOf(market);
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  const { Credentials = {} } = await clientsOf(market, AccessKey ?? {}).sts.send(new GetSessionTokenCommand({}));
  const { sts } = clientsOf(market, Credentials);
  await sts.send(new GetCallerIdentityCommand({}));
  await iam.send(new DeleteAccessKeyCommand({ UserName: "ana", AccessKeyId: AccessKey?.AccessKeyId }));
  await iam.send(new DeleteUserCommand({ UserName: "ana" }));
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: "InvalidClientTokenId" });
});
