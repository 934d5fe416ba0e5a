import {
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateLoginProfileCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccountAliasesCommand,
  AttachUserPolicyCommand,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";

import { TurningClock } from "../catalog/turning-clock";
import { clientsOf, openMarketplace } from "../../support/identity-clients";

const HOUR = 3_600_000;

async function open() {
  const clock = new TurningClock(Date.parse("2026-11-02T09:00:00Z"));
  const running = await openMarketplace({ clock });
  return { running, turn: (ms: number) => clock.turn(ms), ...clientsOf(running) };
}

test("a user gets a password, must change it, and it is never shown", async () => {
  const { iam, running } = await open();
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  const first = { UserName: "ana", Password: "Correct-Horse-1", PasswordResetRequired: true };
  const { LoginProfile } = await iam.send(new CreateLoginProfileCommand(first));
  expect(LoginProfile).toEqual({ UserName: "ana", CreateDate: expect.any(Date), PasswordResetRequired: true });
  await expect(iam.send(new CreateLoginProfileCommand(first))).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
  });

  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  const change = { Effect: "Allow", Action: "iam:ChangePassword", Resource: "arn:aws:iam::*:user/${aws:username}" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: change });
  await iam.send(new PutUserPolicyCommand({ UserName: "ana", PolicyName: "Own", PolicyDocument }));
  const ana = clientsOf(running, AccessKey).iam;
  const changing = (OldPassword: string, NewPassword: string) =>
    ana.send(new ChangePasswordCommand({ OldPassword, NewPassword }));
  await expect(changing("wrong", "Battery-Staple-2")).rejects.toMatchObject({ message: /old password/ });
  await expect(changing("Correct-Horse-1", "short")).rejects.toMatchObject({
    name: "PasswordPolicyViolationException",
  });
  await changing("Correct-Horse-1", "Battery-Staple-2");
  const profile = await iam.send(new GetLoginProfileCommand({ UserName: "ana" }));
  expect(profile.LoginProfile?.PasswordResetRequired).toBe(false);
  await changing("Battery-Staple-2", "Another-One-3");
  expect(JSON.stringify([...running.market.store.table("iam-users").list()])).not.toMatch(/Correct|Battery|Another/);
});

test("a password goes along when its user is renamed, and goes before its user does", async () => {
  const { iam } = await open();
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "ana", Password: "Correct-Horse-1" }));
  await iam.send(new UpdateUserCommand({ UserName: "ana", NewUserName: "anna" }));
  await iam.send(new UpdateLoginProfileCommand({ UserName: "anna", PasswordResetRequired: true }));
  await expect(iam.send(new DeleteUserCommand({ UserName: "anna" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  await iam.send(new DeleteLoginProfileCommand({ UserName: "anna" }));
  await expect(iam.send(new GetLoginProfileCommand({ UserName: "anna" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  await iam.send(new DeleteUserCommand({ UserName: "anna" }));
});

test("an account has one alias, which no other account can have", async () => {
  const { iam, running } = await open();
  const buyer = clientsOf(running, "buyer").iam;
  const aliases = async () => (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases;
  expect(await aliases()).toEqual([]);
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: "example-corp" }));
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: "example-inc" }));
  expect(await aliases()).toEqual(["example-inc"]);
  await expect(buyer.send(new CreateAccountAliasCommand({ AccountAlias: "example-inc" }))).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
  });
  await buyer.send(new CreateAccountAliasCommand({ AccountAlias: "example-corp" }));
  await expect(iam.send(new DeleteAccountAliasCommand({ AccountAlias: "example-corp" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  await iam.send(new DeleteAccountAliasCommand({ AccountAlias: "example-inc" }));
  expect(await aliases()).toEqual([]);
});

test("the account's summary counts what there is", async () => {
  const { iam } = await open();
  const summary = async () => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {};
  expect(await summary()).toMatchObject({ Users: 1, Groups: 1, Roles: 0, AccountAliases: 0, UsersQuota: 5000 });
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: "example-corp" }));
  expect(await summary()).toMatchObject({ Users: 2, AccountAliases: 1 });
});

test("a key says when and where it was last used", async () => {
  const { iam, running, turn } = await open();
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  const lastUse = async () => {
    const answer = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: AccessKey?.AccessKeyId }));
    return answer.AccessKeyLastUsed;
  };
  expect(await lastUse()).toEqual({ ServiceName: "N/A", Region: "N/A" });
  await turn(HOUR);
  await clientsOf(running, AccessKey).sts.send(new GetCallerIdentityCommand({}));
  const used = { ServiceName: "sts", Region: "us-east-1" };
  expect(await lastUse()).toEqual({ ...used, LastUsedDate: new Date("2026-11-02T10:00:00Z") });
  await turn(HOUR);
  await clientsOf(running, AccessKey).sts.send(new GetCallerIdentityCommand({}));
  expect(await lastUse()).toEqual({ ...used, LastUsedDate: new Date("2026-11-02T11:00:00Z") });
});

test("the credential report lists every user's credentials, and is made anew after four hours", async () => {
  const { iam, turn } = await open();
  await expect(iam.send(new GetCredentialReportCommand({}))).rejects.toMatchObject({
    name: "CredentialReportNotPresentException",
  });
  await iam.send(new CreateUserCommand({ UserName: "ana", Path: "/sales/" }));
  await iam.send(new CreateLoginProfileCommand({ UserName: "ana", Password: "Correct-Horse-1" }));
  expect(await iam.send(new GenerateCredentialReportCommand({}))).toMatchObject({ State: "STARTED" });
  expect(await iam.send(new GenerateCredentialReportCommand({}))).toMatchObject({ State: "COMPLETE" });
  const { Content, ReportFormat } = await iam.send(new GetCredentialReportCommand({}));
  expect(ReportFormat).toBe("text/csv");
  const lines = Buffer.from(Content ?? [])
    .toString()
    .split("\n");
  const columns = lines[0]?.split(",") ?? [];
  const rows = lines.slice(1).map((line) => Object.fromEntries(line.split(",").map((cell, i) => [columns[i], cell])));
  expect(rows.map(({ user }) => user)).toEqual(["<root_account>", "admin", "ana"]);
  expect(rows[1]).toMatchObject({ password_enabled: "false", access_key_1_active: "true" });
  expect(rows[2]).toMatchObject({
    arn: "arn:aws:iam::111122223333:user/sales/ana",
    user_creation_time: "2026-11-02T09:00:00+00:00",
    password_enabled: "true",
    access_key_1_active: "false",
  });
  await turn(4 * HOUR);
  await expect(iam.send(new GetCredentialReportCommand({}))).rejects.toMatchObject({
    name: "CredentialReportExpiredException",
  });
  expect(await iam.send(new GenerateCredentialReportCommand({}))).toMatchObject({ State: "STARTED" });
});

test("a simulation says what policies would allow, and does nothing", async () => {
  const { iam } = await open();
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  const PolicyArn = "arn:aws:iam::aws:policy/AWSMarketplaceSellerOfferManagement";
  await iam.send(new AttachUserPolicyCommand({ UserName: "ana", PolicyArn }));
  const catalog = "arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace";
  const offer = `${catalog}/Offer/*`;
  const product = `${catalog}/AmiProduct/prod-example`;
  const decisions = async (ChangeType: string, more: object = {}) => {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: "arn:aws:iam::111122223333:user/ana",
        ActionNames: ["aws-marketplace:StartChangeSet"],
        ResourceArns: [offer, product],
        ContextEntries: [
          { ContextKeyName: "catalog:ChangeType", ContextKeyValues: [ChangeType], ContextKeyType: "string" },
        ],
        ...more,
      }),
    );
    return EvaluationResults?.map(({ EvalDecision }) => EvalDecision);
  };
  expect(await decisions("CreateOffer")).toEqual(["allowed", "implicitDeny"]);
  expect(await decisions("CreateOfferOnProduct")).toEqual(["allowed", "allowed"]);
  const deny = { Effect: "Deny", Action: "*", Resource: product };
  const PolicyInputList = [JSON.stringify({ Version: "2012-10-17", Statement: deny })];
  expect(await decisions("CreateOfferOnProduct", { PolicyInputList })).toEqual(["allowed", "explicitDeny"]);

  const custom = new SimulateCustomPolicyCommand({
    PolicyInputList,
    ActionNames: ["s3:GetObject"],
    ResourceArns: [product, offer],
    MaxItems: 1,
  });
  expect(await iam.send(custom)).toMatchObject({
    EvaluationResults: [{ EvalActionName: "s3:GetObject", EvalResourceName: product, EvalDecision: "explicitDeny" }],
    IsTruncated: true,
  });
  expect((await iam.send(new GetUserCommand({ UserName: "ana" }))).User?.UserName).toBe("ana");
});

test("service-linked roles are refused with a way out", async () => {
  const { iam } = await open();
  const command = new CreateServiceLinkedRoleCommand({
    AWSServiceName: "resale-authorization.marketplace.amazonaws.com",
  });
  await expect(iam.send(command)).rejects.toMatchObject({
    name: "InvalidInputException",
    message: /makes no service-linked roles.*CreateRole/,
  });
});
