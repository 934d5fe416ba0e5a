import type { AssumeRoleRequest } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { allow, refusalOf } from "../auth/people";
import { assume, lists, openWithRoles } from "./roles";

const ifTagged = (key: string, value: string) =>
  allow("s3:ListAllMyBuckets", { Condition: { StringEquals: { [`aws:PrincipalTag/${key}`]: value } } });

describe("tags of a session", () => {
  test("go over to the next where they are said to, and there only", async () => {
    const { admin, role } = await openWithRoles();
    const first = await role("First", [allow("sts:*"), ifTagged("team", "logs")]);
    const [byTeam, byStage] = [
      await role("ByTeam", [ifTagged("team", "logs")]),
      await role("ByStage", [ifTagged("stage", "live")]),
    ];
    const Tags = [
      { Key: "team", Value: "logs" },
      { Key: "stage", Value: "live" },
    ];
    const session = await assume(admin(), first, { Tags, TransitiveTagKeys: ["Team"] });
    expect(await lists(session)).toBeUndefined();
    expect(await lists(await assume(session, byTeam))).toBeUndefined();
    expect(await lists(await assume(session, byStage))).toMatch("no identity-based policy allows");
  });

  test("that are handed on cannot be set anew, and need the next role's leave", async () => {
    const { admin, role } = await openWithRoles();
    const first = await role("First", [allow("sts:*")]);
    const closed = await role("Closed", [allow("*")], { Action: "sts:AssumeRole" });
    const Tags = [{ Key: "team", Value: "logs" }];
    const session = await assume(admin(), first, { Tags, TransitiveTagKeys: ["team"] });
    const again = assume(session, first, { Tags: [{ Key: "TEAM", Value: "sales" }] });
    await expect(again).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringMatching("conflicts with"),
    });
    expect(await refusalOf(assume(session, closed))).toMatch(/not authorized to perform: sts:TagSession/);
    await assume(admin(), closed);
  });

  test.each<[string, Partial<AssumeRoleRequest>, RegExp]>([
    [
      "twice",
      {
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "Team", Value: "b" },
        ],
      },
      /Duplicate tag keys/,
    ],
    ["as transitive without being there", { TransitiveTagKeys: ["team"] }, /team must be included/],
  ])("are not given %s", async (_what, more, message) => {
    const { admin, role } = await openWithRoles();
    const arn = await role("First", [allow("*")]);
    await expect(assume(admin(), arn, more)).rejects.toMatchObject({
      name: "InvalidParameterValue",
      message: expect.stringMatching(message),
    });
  });

  test("can be what a role asks for", async () => {
    const { admin, role } = await openWithRoles();
    const arn = await role("Tagged", [allow("*")], {
      Condition: {
        StringEquals: { "aws:RequestTag/team": "logs" },
        "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["team"] },
        NumericLessThanEquals: { "sts:DurationSeconds": "900" },
      },
    });
    const Tags = [{ Key: "team", Value: "logs" }];
    await assume(admin(), arn, { Tags, TransitiveTagKeys: ["team"], DurationSeconds: 900 });
    for (const more of [{ Tags, DurationSeconds: 1000 }, { DurationSeconds: 900 }, { Tags }]) {
      expect(await refusalOf(assume(admin(), arn, more))).toMatch(/not authorized to perform: sts:/);
    }
  });
});

test("who is behind a session stays so for those that it begins", async () => {
  const { admin, role } = await openWithRoles();
  const ifBob = { Condition: { StringEquals: { "aws:SourceIdentity": "bob" } } };
  const [first, second] = [
    await role("First", [allow("sts:*")]),
    await role("Second", [allow("s3:ListAllMyBuckets", ifBob)]),
  ];
  const closed = await role("Closed", [allow("*")], { Action: "sts:AssumeRole" });
  const session = await assume(admin(), first, { SourceIdentity: "bob" });
  expect(await lists(await assume(session, second))).toBeUndefined();
  expect(await lists(await assume(admin(), second))).toMatch("no identity-based policy allows");
  expect(await refusalOf(assume(session, second, { SourceIdentity: "carol" }))).toMatch("cannot be changed to carol");
  expect(await refusalOf(assume(session, closed))).toMatch(/not authorized to perform: sts:SetSourceIdentity/);
});
