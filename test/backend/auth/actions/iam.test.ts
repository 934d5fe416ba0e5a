import {
  AddRoleToInstanceProfileCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
  TagUserCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";

import { allow, openWithPeople, policy, refusalOf, SELLER } from "../people";

const BOUNDARY = "arn:aws:iam::aws:policy/AWSMarketplaceFullAccess";
const READ_ONLY = "arn:aws:iam::aws:policy/AWSMarketplaceRead-only";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

const passing = (service: string) =>
  allow("iam:PassRole", { Condition: { StringEquals: { "iam:PassedToService": service } } });

async function open() {
  const people = await openWithPeople();
  const admin = new IAMClient(people.admin());
  const clientOf = async (...rights: readonly object[]) => new IAMClient(await people.person(...rights));
  return { ...people, admin, clientOf };
}

test("users are named with their paths", async () => {
  const { admin, clientOf } = await open();
  await admin.send(new CreateUserCommand({ UserName: "ana", Path: "/sales/" }));
  await admin.send(new CreateUserCommand({ UserName: "bob" }));
  const sales = `arn:aws:iam::${SELLER}:user/sales/*`;
  const client = await clientOf(allow(["iam:GetUser", "iam:CreateUser", "iam:UpdateUser"], { Resource: sales }));
  await client.send(new GetUserCommand({ UserName: "ana" }));
  await client.send(new CreateUserCommand({ UserName: "cem", Path: "/sales/" }));
  for (const attempt of [
    new GetUserCommand({ UserName: "bob" }),
    new CreateUserCommand({ UserName: "dan" }),
    new UpdateUserCommand({ UserName: "ana", NewPath: "/" }),
    new ListUsersCommand({ PathPrefix: "/sales/" }),
  ]) {
    expect(await refusalOf(client.send(attempt as GetUserCommand))).toMatch(/not authorized to perform/);
  }
});

test("a user may be let at its own keys only, named or not", async () => {
  const { named, admin } = await open();
  await admin.send(new CreateUserCommand({ UserName: "bob" }));
  const own = allow("iam:*AccessKey*", { Resource: `arn:aws:iam::${SELLER}:user/\${aws:username}` });
  const ana = new IAMClient(await named("ana", own));
  await ana.send(new CreateAccessKeyCommand({}));
  expect(await refusalOf(ana.send(new CreateAccessKeyCommand({ UserName: "bob" })))).toMatch(
    `on resource: arn:aws:iam::${SELLER}:user/bob because`,
  );
});

test("who may make users with a boundary only cannot make one without, nor take it off", async () => {
  const { clientOf } = await open();
  const bound = { StringEquals: { "iam:PermissionsBoundary": BOUNDARY } };
  const client = await clientOf(
    allow(["iam:CreateUser", "iam:AttachUserPolicy", "iam:PutUserPolicy"], { Condition: bound }),
    { Effect: "Deny", Action: "iam:DeleteUserPermissionsBoundary", Resource: "*", Condition: bound },
  );
  expect(await refusalOf(client.send(new CreateUserCommand({ UserName: "free" })))).toMatch(/not authorized/);
  await client.send(new CreateUserCommand({ UserName: "ana", PermissionsBoundary: BOUNDARY }));
  await client.send(new AttachUserPolicyCommand({ UserName: "ana", PolicyArn: ADMINISTRATOR }));
  const PolicyDocument = policy(allow("*"));
  const onAdmin = new PutUserPolicyCommand({ UserName: "admin", PolicyName: "More", PolicyDocument });
  expect(await refusalOf(client.send(onAdmin))).toMatch(/not authorized/);
  const taking = new DeleteUserPermissionsBoundaryCommand({ UserName: "ana" });
  expect(await refusalOf(client.send(taking))).toMatch(/with an explicit deny in an identity-based policy/);
});

test("which managed policies may be given away is a condition", async () => {
  const { admin, clientOf } = await open();
  await admin.send(new CreateUserCommand({ UserName: "ana" }));
  const client = await clientOf(
    allow("iam:AttachUserPolicy", { Condition: { ArnEquals: { "iam:PolicyARN": READ_ONLY } } }),
  );
  await client.send(new AttachUserPolicyCommand({ UserName: "ana", PolicyArn: READ_ONLY }));
  const more = new AttachUserPolicyCommand({ UserName: "ana", PolicyArn: ADMINISTRATOR });
  expect(await refusalOf(client.send(more))).toMatch(/iam:AttachUserPolicy on resource: \S+user\/ana because/);
});

test("tags that are asked for and tags that are there are conditions", async () => {
  const { admin, clientOf } = await open();
  await admin.send(new CreateUserCommand({ UserName: "ana", Tags: [{ Key: "team", Value: "logs" }] }));
  await admin.send(new CreateUserCommand({ UserName: "bob" }));
  const client = await clientOf(
    allow("iam:TagUser", {
      Condition: {
        StringEquals: { "iam:ResourceTag/team": "logs" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["cost"] },
      },
    }),
  );
  const tag = (UserName: string, Key: string) =>
    refusalOf(client.send(new TagUserCommand({ UserName, Tags: [{ Key, Value: "1" }] })));
  expect(await tag("ana", "cost")).toBeUndefined();
  expect(await tag("ana", "team")).toMatch(/not authorized/);
  expect(await tag("bob", "cost")).toMatch(/not authorized/);
});

test("a role in an instance profile is passed to EC2", async () => {
  const { admin, clientOf } = await open();
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
  await admin.send(new CreateRoleCommand({ RoleName: "Web", AssumeRolePolicyDocument: policy(trust) }));
  await admin.send(new CreateInstanceProfileCommand({ InstanceProfileName: "Web" }));
  const adding = new AddRoleToInstanceProfileCommand({ InstanceProfileName: "Web", RoleName: "Web" });
  const profiles = allow("iam:AddRoleToInstanceProfile");
  const attempt = async (...rights: object[]) => refusalOf((await clientOf(...rights)).send(adding));
  expect(await attempt(profiles)).toMatch(/iam:PassRole on resource: \S+role\/Web because/);
  expect(await attempt(profiles, passing("assets.marketplace.amazonaws.com"))).toMatch(/iam:PassRole/);
  expect(await attempt(profiles, passing("ec2.amazonaws.com"))).toBeUndefined();
});
