import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { accessGroup } from "../../../providers/access-group/reconciler";
import { groupMembership } from "../../../providers/group-membership/reconciler";
import { portalAccess } from "../../../providers/portal-access/reconciler";
import { askIam } from "../support/ask-iam";
import { type IamPlace, motoMissing, openEmbedded, openMoto } from "../support/iam-places";
import { startRun } from "../support/market";

const missing = motoMissing();
const places = [
  { place: "the embedded marketplace", open: openEmbedded, skip: undefined },
  { place: `moto's server${missing === undefined ? "" : ` (skipped: ${missing})`}`, open: openMoto, skip: missing },
];

/** Two access groups, a portal group, and alice. */
async function setUp({ iam }: IamPlace) {
  const run = startRun();
  await iam.send(new CreateUserCommand({ UserName: "alice" }));
  await run.provider(accessGroup).create({ name: "Viewers", level: "view" });
  await run.provider(accessGroup).create({
    name: "Subscribers",
    level: "subscribe",
    leastPrivilege: true,
    productIds: ["prod-1a2b3c4d5e6f7"],
  });
  await run.provider(portalAccess).create({ name: "Reports", pages: ["reports"] });
  return { provider: run.provider(groupMembership), ...askIam(iam) };
}

describe.each(places)("on $place", ({ open, skip }) => {
  test.skipIf(skip)("a person joins a group, is refused a second access group, moves, and leaves", async () => {
    const { provider, groupsOf } = await setUp(await open());
    const declared = { user: "alice", group: "Viewers" };
    const { id, outs } = await provider.create(declared);
    expect(id).toBe("alice/Viewers");
    expect(await groupsOf("alice")).toEqual(["Viewers"]);
    expect(await provider.diff(id, outs, declared)).toEqual({
      changes: false,
      replaces: [],
      deleteBeforeReplace: true,
    });
    expect(await provider.read(id, outs)).toEqual({ id, props: outs, inputs: declared });
    expect(await provider.read(id, {})).toEqual({ id, props: outs, inputs: declared });

    const other = { user: "alice", group: "Subscribers" };
    await expect(provider.create(other)).rejects.toThrow(
      "group: User alice is in access group Viewers already, and cannot be in Subscribers as well",
    );
    expect(await groupsOf("alice")).toEqual(["Viewers"]);
    await provider.create({ user: "alice", group: "Reports" });

    expect(await provider.diff(id, outs, other)).toEqual({
      changes: true,
      replaces: ["group"],
      deleteBeforeReplace: true,
    });
    await provider.delete(id, outs);
    const moved = await provider.create(other);
    expect(await groupsOf("alice")).toEqual(["Reports", "Subscribers"]);
    await provider.delete(moved.id, moved.outs);
    await provider.delete(moved.id, moved.outs);
    expect(await groupsOf("alice")).toEqual(["Reports"]);
    expect(await provider.read(moved.id, moved.outs)).toEqual({ id: "" });
  });
});

test("of two memberships asked for at once, one is refused", async () => {
  const { provider, groupsOf } = await setUp(await openEmbedded());
  const attempts = await Promise.allSettled(
    ["Viewers", "Subscribers"].map((group) => provider.create({ user: "alice", group })),
  );
  expect(attempts.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await groupsOf("alice")).toHaveLength(1);
});

test("a group that somebody made by hand with AWS's policy counts as well", async () => {
  const place = await openEmbedded();
  const { provider, groupsOf } = await setUp(place);
  await place.iam.send(new CreateGroupCommand({ GroupName: "MarketplaceReadOnly" }));
  await place.iam.send(
    new AttachGroupPolicyCommand({
      GroupName: "MarketplaceReadOnly",
      PolicyArn: "arn:aws:iam::aws:policy/AWSMarketplaceRead-only",
    }),
  );
  await provider.create({ user: "alice", group: "MarketplaceReadOnly" });
  await expect(provider.create({ user: "alice", group: "Subscribers" })).rejects.toThrow("MarketplaceReadOnly already");
  expect(await groupsOf("alice")).toEqual(["MarketplaceReadOnly"]);
});

test("a person whom somebody took out is put back", async () => {
  const place = await openEmbedded();
  const { provider, groupsOf } = await setUp(place);
  const { id, outs } = await provider.create({ user: "alice", group: "Viewers" });
  await place.iam.send(new RemoveUserFromGroupCommand({ UserName: "alice", GroupName: "Viewers" }));
  expect(await provider.read(id, outs)).toEqual({ id: "" });
  await provider.create(outs);
  expect(await groupsOf("alice")).toEqual(["Viewers"]);
});

test.each([
  ["user", { user: "nobody", group: "Viewers" }, "user: there is no user nobody in account"],
  ["group", { user: "alice", group: "Nothing" }, "group: there is no group Nothing in account"],
])("a %s that is not there is named", async (_what, declared, message) => {
  const { provider, groupsOf } = await setUp(await openEmbedded());
  await expect(provider.create(declared)).rejects.toThrow(message);
  expect(await groupsOf("alice")).toEqual([]);
});

test.each([
  ["no user", { group: "Viewers" }, "user"],
  ["no group", { user: "alice" }, "group"],
  ["a name that is too long", { user: "x".repeat(65), group: "Viewers" }, "user"],
  ["a misspelt property", { user: "alice", group: "Viewers", grup: "x" }, "grup"],
])("%s is told before anything is sent", async (_what, declared, property) => {
  const { failures } = await startRun().provider(groupMembership).check({}, declared);
  expect(failures.map((failure) => failure.property)).toEqual([property]);
});
