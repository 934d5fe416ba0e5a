import {
  AttachGroupPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { expect, test } from "vitest";

import { clientsOf, openMarketplace } from "../../support/identity-clients";

const allow = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

test("the policies that AWS publishes are there to read and to attach, not to change", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const arn = { PolicyArn: "arn:aws:iam::aws:policy/AWSMarketplaceAmiIngestion" };
  const { Policy } = await iam.send(new GetPolicyCommand(arn));
  expect(Policy).toMatchObject({
    PolicyName: "AWSMarketplaceAmiIngestion",
    DefaultVersionId: "v1",
    AttachmentCount: 0,
  });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ ...arn, VersionId: "v1" }));
  const { Statement } = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")) as { Statement: object[] };
  expect(Statement[0]).toMatchObject({
    Action: ["ec2:ModifySnapshotAttribute"],
    Resource: "arn:aws:ec2:us-east-1::snapshot/snap-*",
  });
  await expect(iam.send(new DeletePolicyCommand(arn))).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("a policy goes through five versions and no more, of which one counts", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: "Own", PolicyDocument: allow("s3:*"), Description: "mine" }),
  );
  const arn = { PolicyArn: Policy?.Arn };
  const next = (SetAsDefault: boolean) =>
    iam.send(new CreatePolicyVersionCommand({ ...arn, PolicyDocument: allow("ec2:*"), SetAsDefault }));
  expect((await next(true)).PolicyVersion).toMatchObject({ VersionId: "v2", IsDefaultVersion: true });
  for (let i = 0; i < 3; i++) await next(false);
  await expect(next(false)).rejects.toMatchObject({ name: "LimitExceededException" });
  await expect(iam.send(new DeletePolicyVersionCommand({ ...arn, VersionId: "v2" }))).rejects.toMatchObject({
    name: "DeleteConflictException",
    message: "Cannot delete the default version of a policy.",
  });
  await iam.send(new SetDefaultPolicyVersionCommand({ ...arn, VersionId: "v1" }));
  await iam.send(new DeletePolicyVersionCommand({ ...arn, VersionId: "v5" }));
  expect((await next(false)).PolicyVersion?.VersionId).toBe("v6");
  const { Versions } = await iam.send(new ListPolicyVersionsCommand(arn));
  expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
    ["v6", false],
    ["v4", false],
    ["v3", false],
    ["v2", false],
    ["v1", true],
  ]);
  expect((await iam.send(new GetPolicyCommand(arn))).Policy).toMatchObject({
    Description: "mine",
    DefaultVersionId: "v1",
  });
  await expect(iam.send(new GetPolicyVersionCommand({ ...arn, VersionId: "v5" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
});

test("a policy in use cannot go, and says who uses it", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "Own", PolicyDocument: allow("s3:*") }));
  const use = { PolicyArn: Policy?.Arn, GroupName: "Administrators" };
  await iam.send(new AttachGroupPolicyCommand(use));
  const { PolicyGroups } = await iam.send(new ListEntitiesForPolicyCommand(use));
  expect(PolicyGroups?.map(({ GroupName }) => GroupName)).toEqual(["Administrators"]);
  await expect(iam.send(new DeletePolicyCommand(use))).rejects.toMatchObject({ name: "DeleteConflictException" });
  await iam.send(new DetachGroupPolicyCommand(use));
  await iam.send(new DeletePolicyCommand(use));
  await expect(iam.send(new GetPolicyCommand(use))).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("lists by scope, path and use", async () => {
  const { iam } = clientsOf(await openMarketplace());
  await iam.send(new CreatePolicyCommand({ PolicyName: "Own", Path: "/team/", PolicyDocument: allow("s3:*") }));
  const names = async (input: object) =>
    (await iam.send(new ListPoliciesCommand({ MaxItems: 1000, ...input }))).Policies?.map(
      ({ PolicyName }) => PolicyName,
    );
  expect(await names({ Scope: "Local" })).toEqual(["Own"]);
  expect(await names({ PathPrefix: "/team/" })).toEqual(["Own"]);
  expect(await names({ OnlyAttached: true })).toEqual(["AdministratorAccess"]);
  expect(await names({ Scope: "AWS" })).toContain("AWSMarketplaceSellerFullAccess");
  expect(await names({})).toContain("Own");
});

test("bad documents and taken names are refused", async () => {
  const { iam } = clientsOf(await openMarketplace());
  const create = (PolicyDocument: string) => iam.send(new CreatePolicyCommand({ PolicyName: "Own", PolicyDocument }));
  await expect(create("{")).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
  await expect(create(allow("s3"))).rejects.toMatchObject({
    message: expect.stringMatching(/prefaced by a vendor.*line 1, column/),
  });
  await expect(create(allow(`s3:${"x".repeat(6200)}`))).rejects.toMatchObject({ name: "LimitExceededException" });
  await create(allow("s3:*"));
  await expect(create(allow("s3:*"))).rejects.toMatchObject({
    name: "EntityAlreadyExistsException",
    message: "A policy called Own already exists. Duplicate names are not allowed.",
  });
});
