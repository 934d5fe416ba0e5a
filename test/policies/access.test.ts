import { expect, test } from "vitest";
import { groupLevel } from "../../policies/group-level";
import { oneGroup } from "../../policies/one-group";
import { judgeStack, type MadeUp, resource } from "./run-policy";

const group = (name: string, level: string) => resource("AccessGroup", { name, level }, name);
const attached = (to: string, policyArn: string): MadeUp => ({
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  props: { group: to, policyArn },
});
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const member = (user: string, of: string) => resource("GroupMembership", { user, group: of }, `${user}-${of}`);

test.each([
  ["nothing besides", "view", [], 0],
  ["what a lower level has", "subscribe", [attached("staff", aws("AWSMarketplaceRead-only"))], 0],
  ["what a higher level has", "view", [attached("staff", aws("AWSMarketplaceFullAccess"))], 1],
  ["everything", "full-control", [attached("staff", aws("AdministratorAccess"))], 1],
  ["a policy of another group", "view", [attached("admins", aws("AdministratorAccess"))], 0],
  [
    "an inline policy",
    "view",
    [{ type: "aws:iam/groupPolicy:GroupPolicy", props: { group: "staff", name: "more", policy: "{}" } }],
    1,
  ],
])("a group that has %s", async (_, level, others, times) => {
  expect(await judgeStack(groupLevel, [group("staff", level), ...others])).toHaveLength(times);
});

test("a group's policy is named with what it should be", async () => {
  const stack = [group("readers", "view"), attached("readers", aws("AdministratorAccess"))];
  expect(await judgeStack(groupLevel, stack)).toEqual([
    "Group readers has level view and policy arn:aws:iam::aws:policy/AdministratorAccess besides, which may grant more. Detach it.",
  ]);
});

test("a group may be held to a highest level", async () => {
  const highest = { highest: { contractors: "view" } };
  expect(await judgeStack(groupLevel, [group("contractors", "full-control")], highest)).toEqual([
    "Group contractors has level full-control, and view is its highest.",
  ]);
  expect(await judgeStack(groupLevel, [group("contractors", "view")], highest)).toEqual([]);
  expect(await judgeStack(groupLevel, [group("staff", "full-control")], highest)).toEqual([]);
});

const groups = [group("readers", "view"), resource("AccessGroup", { level: "subscribe" }, "buyers")];

const judged = (...members: MadeUp[]) => judgeStack(oneGroup, [...groups, ...members]);

test("a person in two groups is named with both; in one, once or twice over, is fine", async () => {
  expect(await judged(member("ana", "readers"), member("ana", "buyers"), member("li", "buyers"))).toEqual([
    expect.stringContaining('ana is in "buyers" and "readers"'),
  ]);
  expect(await judged(member("ana", "readers"), member("li", "buyers"))).toEqual([]);
  expect(await judged(member("ana", "readers"), member("ana", "readers"))).toEqual([]);
  expect(await judged(member("ana", "readers"), member("ana", "portal-reports"))).toEqual([]);
});

test("memberships declared with Pulumi's AWS package count, for groups of subscribers only", async () => {
  const both: MadeUp = {
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    props: { user: "ana", groups: ["readers", "buyers", "developers"] },
  };
  expect(await judgeStack(oneGroup, [both])).toEqual([]);
  expect(await judgeStack(oneGroup, [...groups, both])).toHaveLength(1);
  const listed: MadeUp = {
    type: "aws:iam/groupMembership:GroupMembership",
    props: { group: "buyers", users: ["ana"] },
  };
  expect(await judgeStack(oneGroup, [...groups, listed, member("ana", "readers")])).toHaveLength(1);
});
