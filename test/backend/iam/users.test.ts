import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  GetGroupCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";

import { clientsOf, openMarketplace } from "../../support/identity-clients";

test("GetUser without a name is whoever asks", async () => {
  const { iam } = clientsOf(await openMarketplace(), "buyer");
  const { User } = await iam.send(new GetUserCommand({}));
  expect(User).toMatchObject({ UserName: "admin", Arn: "arn:aws:iam::444455556666:user/admin" });
});

test("a new user's access key works, sleeps, wakes and ends", async () => {
  const market = await openMarketplace();
  const { iam } = clientsOf(market);
  await iam.send(new CreateUserCommand({ UserName: "ana", Path: "/team/" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ana" }));
  expect(AccessKey).toMatchObject({
    AccessKeyId: expect.stringMatching(/^AKIA[A-Z0-9]{16}$/),
    SecretAccessKey: expect.stringMatching(/^.{40}$/),
    Status: "Active",
  });
  const names = { UserName: "ana", AccessKeyId: AccessKey?.AccessKeyId };
  const whoAmI = () => clientsOf(market, AccessKey ?? {}).sts.send(new GetCallerIdentityCommand({}));
  expect(await whoAmI()).toMatchObject({ Arn: "arn:aws:iam::111122223333:user/team/ana", Account: "111122223333" });

  await iam.send(new UpdateAccessKeyCommand({ ...names, Status: "Inactive" }));
  await expect(whoAmI()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  await iam.send(new UpdateAccessKeyCommand({ ...names, Status: "Active" }));
  await whoAmI();

  await expect(iam.send(new DeleteUserCommand({ UserName: "ana" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  await iam.send(new DeleteAccessKeyCommand(names));
  await expect(whoAmI()).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  await iam.send(new DeleteUserCommand({ UserName: "ana" }));
});

test("a user has two keys at most, and lists show them without secrets", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await iam.send(new CreateAccessKeyCommand({}));
  await expect(iam.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Cannot exceed quota for AccessKeysPerUser: 2",
  });
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: "admin" }));
  expect(AccessKeyMetadata).toHaveLength(2);
  expect(JSON.stringify(AccessKeyMetadata)).not.toMatch(/secret/i);
});

test("a renamed user keeps id, keys and groups", async () => {
  const market = await openMarketplace();
  const { iam, sts } = clientsOf(market);
  const before = await sts.send(new GetCallerIdentityCommand({}));
  await iam.send(new UpdateUserCommand({ UserName: "admin", NewUserName: "boss" }));
  const after = await sts.send(new GetCallerIdentityCommand({}));
  expect(after).toMatchObject({ Arn: "arn:aws:iam::111122223333:user/boss", UserId: before.UserId });
  const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: "boss" }));
  expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["Administrators"]);
  const { Users } = await iam.send(new ListUsersCommand({}));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(["boss"]);
});

test("groups have members until they leave, under a new name too", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await iam.send(new CreateUserCommand({ UserName: "ana" }));
  await iam.send(new CreateGroupCommand({ GroupName: "Readers" }));
  await iam.send(new AddUserToGroupCommand({ GroupName: "Readers", UserName: "ana" }));
  await iam.send(new UpdateGroupCommand({ GroupName: "Readers", NewGroupName: "View" }));
  const { Users } = await iam.send(new GetGroupCommand({ GroupName: "View" }));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(["ana"]);
  await expect(iam.send(new DeleteGroupCommand({ GroupName: "View" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  await expect(iam.send(new DeleteUserCommand({ UserName: "ana" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
  });
  const names = { GroupName: "View", UserName: "ana" };
  await iam.send(new RemoveUserFromGroupCommand(names));
  await expect(iam.send(new RemoveUserFromGroupCommand(names))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  await iam.send(new DeleteGroupCommand({ GroupName: "View" }));
});

test("ten managed policies on a user and no more", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const attach = (name: string) =>
    iam.send(new AttachUserPolicyCommand({ UserName: "admin", PolicyArn: `arn:aws:iam::aws:policy/${name}` }));
  const ten = [
    "FullAccess",
    "GetEntitlements",
    "ManageSubscriptions",
    "MeteringFullAccess",
    "MeteringRegisterUsage",
    "Read-only",
  ];
  for (const name of [
    ...ten,
    "SellerFullAccess",
    "SellerOfferManagement",
    "SellerProductsFullAccess",
    "AmiIngestion",
  ]) {
    await attach(`AWSMarketplace${name}`);
  }
  await expect(attach("AWSMarketplaceSellerProductsReadOnly")).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Cannot exceed quota for PoliciesPerUser: 10",
  });
});
