import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  PutUserPolicyCommand,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { accessUser } from "../../../providers/access-user/reconciler";
import { unknownText } from "../../../providers/unknown";
import { askIam } from "../support/ask-iam";
import { motoMissing, openEmbedded, openMoto } from "../support/iam-places";
import { startRun } from "../support/market";

const none = { changes: false, replaces: [] };
const change = { changes: true, replaces: [] };

const missing = motoMissing();
const places = [
  { place: "the embedded marketplace", open: openEmbedded, skip: undefined },
  { place: `moto's server${missing === undefined ? "" : ` (skipped: ${missing})`}`, open: openMoto, skip: missing },
];

describe.each(places)("on $place", ({ open, skip }) => {
  test.skipIf(skip)("a user comes, changes, gets and loses credentials, and goes", async () => {
    const { iam } = await open();
    const provider = startRun().provider(accessUser);
    const declared = { name: "alice", path: "/buyers/", tags: { team: "tools" } };
    const { id, outs } = await provider.create(declared);
    expect(id).toBe("alice");
    const user = async () => (await iam.send(new GetUserCommand({ UserName: id }))).User;
    expect(await user()).toMatchObject({
      Path: "/buyers/",
      Tags: expect.arrayContaining([{ Key: "team", Value: "tools" }]),
    });
    expect(await provider.diff(id, outs, declared)).toEqual(none);
    expect(await provider.read(id, outs)).toMatchObject({ id, props: outs });

    const more = { ...declared, tags: { team: "sales" }, consoleAccess: true };
    expect(await provider.diff(id, outs, more)).toEqual(change);
    const second = (await provider.update(id, outs, more)).outs;
    expect(second.password).toMatch(/^.{32}$/);
    expect(await user()).toMatchObject({
      Tags: expect.arrayContaining([{ Key: "team", Value: "sales" }]),
    });
    await iam.send(new GetLoginProfileCommand({ UserName: id }));
    expect(await provider.diff(id, second, more)).toEqual(none);

    const { outs: plain } = await provider.update(id, second, { ...declared, path: "/" });
    expect(plain).not.toHaveProperty("password");
    await expect(iam.send(new GetLoginProfileCommand({ UserName: id }))).rejects.toMatchObject({
      name: "NoSuchEntityException",
    });

    await provider.delete(id, plain);
    await expect(user()).rejects.toMatchObject({ name: "NoSuchEntityException" });
    expect(await provider.read(id, plain)).toEqual({ id: "" });
    await provider.delete(id, plain);
  });

  test.skipIf(skip)("a key works, is made anew when it is lost, and goes when it is no longer wanted", async () => {
    const { iam, endpoint } = await open();
    const ask = askIam(iam);
    const provider = startRun().provider(accessUser);
    const declared = { name: "builds", accessKey: true };
    const { id, outs } = await provider.create(declared);
    const [accessKeyId, secretAccessKey] = [String(outs.accessKeyId), String(outs.secretAccessKey)];
    const credentials = { accessKeyId, secretAccessKey };
    const sts = new STSClient({ endpoint, region: "us-east-1", credentials });
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/:user\/builds$/);
    expect(await provider.diff(id, outs, declared)).toEqual(none);

    await iam.send(new DeleteAccessKeyCommand({ UserName: id, AccessKeyId: String(outs.accessKeyId) }));
    const { props = {} } = await provider.read(id, outs);
    expect(await provider.diff(id, props, declared)).toEqual(change);
    const { outs: anew } = await provider.update(id, props, declared);
    expect(await ask.keysOf(id)).toEqual([anew.accessKeyId]);

    const { outs: without } = await provider.update(id, anew, { name: id });
    expect(await ask.keysOf(id)).toEqual([]);
    expect(without).not.toHaveProperty("secretAccessKey");
    await provider.delete(id, without);
  });

  test.skipIf(skip)("a user who has keys, a password, groups and policies is emptied, then deleted", async () => {
    const { iam } = await open();
    const provider = startRun().provider(accessUser);
    const { id, outs } = await provider.create({ name: "alice", consoleAccess: true, accessKey: true });
    const UserName = id;
    await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(new CreateGroupCommand({ GroupName: "Finance" }));
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: "Finance" }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument: everything }));
    const PolicyArn = "arn:aws:iam::aws:policy/AWSMarketplaceRead-only";
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await provider.delete(id, outs);
    await expect(iam.send(new GetUserCommand({ UserName }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
    expect(await askIam(iam).membersOf("Finance")).toEqual([]);
  });
});

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

test("a password of one's own is set, changed and kept; a lost one is set again", async () => {
  const { iam } = await openEmbedded();
  const provider = startRun().provider(accessUser);
  const declared = { name: "bob", consoleAccess: true, password: "correct horse battery 9 Staple" };
  const { id, outs } = await provider.create(declared);
  expect(outs.password).toBe(declared.password);
  const other = { ...declared, password: "incorrect horse battery 8 Staple" };
  expect(await provider.diff(id, outs, other)).toEqual(change);
  const { outs: changed } = await provider.update(id, outs, other);
  expect(await provider.diff(id, changed, other)).toEqual(none);
  await iam.send(new DeleteLoginProfileCommand({ UserName: id }));
  const { props = {}, inputs = {} } = await provider.read(id, changed);
  expect(inputs).not.toHaveProperty("password");
  expect(await provider.diff(id, props, other)).toEqual(change);
  await provider.update(id, props, other);
  await iam.send(new GetLoginProfileCommand({ UserName: id }));
});

test("what somebody changed by hand shows at refresh", async () => {
  const { iam } = await openEmbedded();
  const provider = startRun().provider(accessUser);
  const declared = { name: "alice" };
  const { id, outs } = await provider.create(declared);
  await iam.send(new TagUserCommand({ UserName: id, Tags: [{ Key: "team", Value: "other" }] }));
  const { props = {} } = await provider.read(id, outs);
  expect(await provider.diff(id, props, declared)).toEqual(change);
  expect((await provider.update(id, props, declared)).outs).toEqual(outs);
});

test("a user made by a run that could not save it is taken over with a new key; another's is left alone", async () => {
  const { iam } = await openEmbedded();
  const ask = askIam(iam);
  const declared = { name: "builds", accessKey: true };
  await startRun().provider(accessUser).create(declared);
  const { outs } = await startRun().provider(accessUser).create(declared);
  expect(await ask.keysOf("builds")).toEqual([outs.accessKeyId]);

  await iam.send(new CreateUserCommand({ UserName: "dave" }));
  await expect(startRun().provider(accessUser).create({ name: "dave", accessKey: true })).rejects.toThrow(
    "name: there is a user dave already, whom this stack did not make.",
  );
  expect(await ask.keysOf("dave")).toEqual([]);
});

// moto knows a boundary at a user's creation only.
test("a boundary is set, found missing when somebody lifts it, and lifted", async () => {
  const { iam } = await openEmbedded();
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "Buyers", PolicyDocument: everything }));
  const provider = startRun().provider(accessUser);
  const declared = { name: "alice", permissionsBoundary: Policy?.Arn ?? "" };
  const boundary = async () => {
    const { User } = await iam.send(new GetUserCommand({ UserName: "alice" }));
    return User?.PermissionsBoundary?.PermissionsBoundaryArn;
  };
  const { id, outs } = await provider.create(declared);
  expect(await boundary()).toBe(declared.permissionsBoundary);
  await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: id }));
  const { props = {} } = await provider.read(id, outs);
  expect(await provider.diff(id, props, declared)).toEqual(change);
  await provider.update(id, props, declared);
  expect(await boundary()).toBe(declared.permissionsBoundary);
  const nobody = { name: id, permissionsBoundary: "arn:aws:iam::444455556666:policy/Nobody" };
  await expect(provider.update(id, outs, nobody)).rejects.toThrow("permissionsBoundary: there is no managed policy");
  expect(await boundary()).toBe(declared.permissionsBoundary);
  await provider.update(id, outs, { name: id });
  expect(await boundary()).toBeUndefined();
});

test("a boundary that does not exist is named, and there is no user", async () => {
  const { iam } = await openEmbedded();
  const permissionsBoundary = "arn:aws:iam::444455556666:policy/Nobody";
  const provider = startRun().provider(accessUser);
  await expect(provider.create({ name: "alice", permissionsBoundary })).rejects.toThrow(
    `permissionsBoundary: there is no managed policy ${permissionsBoundary}`,
  );
  await expect(iam.send(new GetUserCommand({ UserName: "alice" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
});

test.each([
  ["a name that is too long", { name: "x".repeat(65) }, "name", "at most 64 characters"],
  ["a name with spaces", { name: "Alice B" }, "name", "letters, digits"],
  ["a path without slashes", { name: "alice", path: "buyers" }, "path", "begins and ends with a slash"],
  ["a boundary that is no policy", { name: "alice", permissionsBoundary: "Buyers" }, "permissionsBoundary", "ARN"],
  ["a password without the console", { name: "alice", password: "secret-9-Words" }, "password", "consoleAccess: true"],
  ["a tag of AWS's own", { name: "alice", tags: { "aws:x": "1" } }, 'tags["aws:x"]', "does not begin with aws:"],
  ["a misspelt property", { name: "alice", acessKey: true }, "acessKey", "Did you mean accessKey?"],
])("%s is told before anything is sent, and no secret with it", async (_what, declared, property, reason) => {
  const { failures } = await startRun().provider(accessUser).check({}, declared);
  expect(failures).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  expect(JSON.stringify(failures)).not.toContain("secret-9-Words");
});

test("in preview, what is not known yet is no mistake", async () => {
  const { failures } = await startRun()
    .provider(accessUser)
    .check({}, { name: unknownText, permissionsBoundary: unknownText });
  expect(failures).toEqual([]);
});
