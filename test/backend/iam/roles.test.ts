import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  paginateListRoles,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { clientsOf, openMarketplace } from "../../support/identity-clients";

const INGESTION = "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion";
const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const TRUST = trust("assets.marketplace.amazonaws.com");
const INLINE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "ec2:DescribeImages",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "(!')" } },
    },
  ],
});

function makeRole(iam: IAMClient, RoleName = "Ingestion", more: object = {}) {
  return iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST, ...more }));
}

test("a role made is a role found, changed and gone", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const { Role: made } = await makeRole(iam, "Ingestion", { Path: "/marketplace/", Description: "Shares images" });
  expect(made).toMatchObject({
    Arn: "arn:aws:iam::111122223333:role/marketplace/Ingestion",
    RoleId: expect.stringMatching(/^AROA[A-Z0-9]{17}$/),
    Description: "Shares images",
  });

  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: "Ingestion", PolicyDocument: trust("ec2.amazonaws.com") }),
  );
  await iam.send(new UpdateRoleCommand({ RoleName: "Ingestion", MaxSessionDuration: 7200 }));
  const { Role: read } = await iam.send(new GetRoleCommand({ RoleName: "Ingestion" }));
  expect(read).toMatchObject({ MaxSessionDuration: 7200, Description: "Shares images", CreateDate: made?.CreateDate });
  expect(read?.AssumeRolePolicyDocument).toBe(encodeURIComponent(trust("ec2.amazonaws.com")));

  await iam.send(new DeleteRoleCommand({ RoleName: "Ingestion" }));
  await expect(iam.send(new GetRoleCommand({ RoleName: "Ingestion" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: "The role with name Ingestion cannot be found.",
    $metadata: { httpStatusCode: 404 },
  });
});

test("a role keeps its managed and inline policies until they are taken off, and cannot go before", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await makeRole(iam);
  const attach = new AttachRolePolicyCommand({ RoleName: "Ingestion", PolicyArn: INGESTION });
  await iam.send(attach);
  await iam.send(attach);
  await iam.send(new PutRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "Extra", PolicyDocument: INLINE }));

  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "Ingestion" }));
  expect(AttachedPolicies).toEqual([{ PolicyName: "AWSMarketplaceAmiIngestion", PolicyArn: INGESTION }]);
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName: "Ingestion" }));
  expect(PolicyNames).toEqual(["Extra"]);
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "Extra" }));
  expect(PolicyDocument).toMatch(/%28%21%27%29/);
  expect(decodeURIComponent(PolicyDocument ?? "")).toBe(INLINE);

  const remove = () => iam.send(new DeleteRoleCommand({ RoleName: "Ingestion" }));
  await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException", message: /detach all policies/ });
  await iam.send(new DetachRolePolicyCommand({ RoleName: "Ingestion", PolicyArn: INGESTION }));
  await expect(remove()).rejects.toMatchObject({ name: "DeleteConflictException", message: /delete policies first/ });
  await iam.send(new DeleteRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "Extra" }));
  await remove();
});

test("what cannot be is refused with IAM's own errors, and changes nothing", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await makeRole(iam);
  await expect(makeRole(iam, "ingestion")).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "Role with name ingestion already exists.",
  });
  await expect(makeRole(iam, "Other", { AssumeRolePolicyDocument: INLINE })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
    message: expect.stringContaining("Has prohibited field Resource."),
  });
  const stranger = TRUST.replace(
    '{"Service":"assets.marketplace.amazonaws.com"}',
    '{"AWS":"arn:aws:iam::444455556666:user/nobody"}',
  );
  await expect(makeRole(iam, "Other", { AssumeRolePolicyDocument: stranger })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
    message: 'Invalid principal in policy: "AWS":"arn:aws:iam::444455556666:user/nobody"',
  });
  const missing = "arn:aws:iam::aws:policy/NoSuchPolicy";
  await expect(
    iam.send(new AttachRolePolicyCommand({ RoleName: "Ingestion", PolicyArn: missing })),
  ).rejects.toMatchObject({
    name: "NoSuchEntityException",
    message: `Policy ${missing} does not exist or is not attachable.`,
  });
  await expect(
    iam.send(new DetachRolePolicyCommand({ RoleName: "Ingestion", PolicyArn: INGESTION })),
  ).rejects.toMatchObject({ name: "NoSuchEntityException" });
  await expect(
    iam.send(new GetRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "constructor" })),
  ).rejects.toMatchObject({ message: "The role policy with name constructor cannot be found." });
  const long = INLINE.replace('"ec2:DescribeImages"', JSON.stringify(Array(600).fill("ec2:DescribeImages")));
  await expect(
    iam.send(new PutRolePolicyCommand({ RoleName: "Ingestion", PolicyName: "Long", PolicyDocument: long })),
  ).rejects.toMatchObject({
    name: "LimitExceededException",
    message: "Maximum policy size of 10240 bytes exceeded for role Ingestion",
  });

  const { Roles } = await iam.send(new ListRolesCommand({}));
  expect(Roles?.map(({ RoleName }) => RoleName)).toEqual(["Ingestion"]);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: "Ingestion" }))).PolicyNames).toEqual([]);
});

test("names that mean something in JavaScript are names like any other", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await makeRole(iam, "constructor", { Tags: [{ Key: "__proto__", Value: "v" }] });
  const names = { RoleName: "constructor", PolicyName: "__proto__" };
  await iam.send(new PutRolePolicyCommand({ ...names, PolicyDocument: INLINE }));
  expect((await iam.send(new ListRolePoliciesCommand(names))).PolicyNames).toEqual(["__proto__"]);
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(names));
  expect(decodeURIComponent(PolicyDocument ?? "")).toBe(INLINE);
  await iam.send(new DeleteRolePolicyCommand(names));
  expect((await iam.send(new GetRoleCommand(names))).Role?.Tags).toEqual([{ Key: "__proto__", Value: "v" }]);
  await iam.send(new DeleteRoleCommand(names));
});

test("roles belong to their account", async () => {
  const market = await openMarketplace();
  await makeRole(clientsOf(market, "seller").iam);
  const buyer = clientsOf(market, "buyer").iam;
  await expect(buyer.send(new GetRoleCommand({ RoleName: "Ingestion" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  expect((await makeRole(buyer)).Role?.Arn).toBe("arn:aws:iam::444455556666:role/Ingestion");
});

test("tags are kept, whatever the case of their keys, at most fifty", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const { Role } = await makeRole(iam, "Ingestion", { Tags: [{ Key: "team", Value: "a" }] });
  expect(Role?.Tags).toEqual([{ Key: "team", Value: "a" }]);
  await iam.send(
    new TagRoleCommand({
      RoleName: "Ingestion",
      Tags: [
        { Key: "Team", Value: "b" },
        { Key: "cost", Value: "" },
      ],
    }),
  );
  const tags = async () => (await iam.send(new ListRoleTagsCommand({ RoleName: "Ingestion" }))).Tags;
  expect(await tags()).toEqual([
    { Key: "Team", Value: "b" },
    { Key: "cost", Value: "" },
  ]);
  const many = Array.from({ length: 49 }, (_, i) => ({ Key: `k${i}`, Value: "v" }));
  await expect(iam.send(new TagRoleCommand({ RoleName: "Ingestion", Tags: many }))).rejects.toMatchObject({
    name: "LimitExceededException",
  });
  const twice = [
    { Key: "x", Value: "1" },
    { Key: "X", Value: "2" },
  ];
  await expect(iam.send(new TagRoleCommand({ RoleName: "Ingestion", Tags: twice }))).rejects.toMatchObject({
    name: "InvalidInputException",
  });
  await iam.send(new UntagRoleCommand({ RoleName: "Ingestion", TagKeys: ["TEAM"] }));
  expect(await tags()).toEqual([{ Key: "cost", Value: "" }]);
});

test("pages of any size make up the whole list, in order", { timeout: 60_000 }, async () => {
  const { iam } = clientsOf(await openMarketplace());
  const names = ["b", "A", "c", "a1", "Z", "role-10", "role-2"];
  for (const name of names) await makeRole(iam, name, { Path: name.startsWith("role") ? "/numbered/" : "/" });
  const whole = ["A", "a1", "b", "c", "role-10", "role-2", "Z"];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (pageSize) => {
      const pages = [];
      for await (const { Roles = [] } of paginateListRoles({ client: iam, pageSize }, {})) pages.push(Roles);
      expect(pages.flat().map(({ RoleName }) => RoleName)).toEqual(whole);
      expect(pages.every(({ length }) => length <= pageSize)).toBe(true);
    }),
    { numRuns: 9 },
  );
  const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: "/numbered/" }));
  expect(Roles).toHaveLength(2);
  await expect(iam.send(new ListRolesCommand({ Marker: "made up" }))).rejects.toMatchObject({
    name: "ValidationError",
  });
});

test("an instance profile holds one role, which cannot go while it does", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await makeRole(iam, "Server");
  const names = { InstanceProfileName: "Server", RoleName: "Server" };
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "Server" }));
  await iam.send(new AddRoleToInstanceProfileCommand(names));
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand(names));
  expect(InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual(["Server"]);
  await expect(iam.send(new AddRoleToInstanceProfileCommand(names))).rejects.toMatchObject({
    name: "LimitExceededException",
  });
  await expect(iam.send(new DeleteRoleCommand(names))).rejects.toMatchObject({ name: "DeleteConflictException" });
  await iam.send(new RemoveRoleFromInstanceProfileCommand(names));
  await iam.send(new DeleteRoleCommand(names));
});
