import * as fc from "fast-check";
import { expect, test } from "vitest";
import { levelGrants } from "../../../marketplace/access/level-grants";
import { accessLevels } from "../../../marketplace/access/levels";
import { checkOneAccessGroup, checkOneGroupEach, isAccessGroup } from "../../../marketplace/access/one-group";
import { pagesGranted, portalGrants, portalPages } from "../../../marketplace/access/portal-pages";

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;

test.each([
  ["view", "AWSMarketplaceRead-only", ["SearchAgreements", "DescribeAgreement", "GetAgreementEntitlements"]],
  [
    "subscribe",
    "AWSMarketplaceManageSubscriptions",
    ["CreateAgreementRequest", "AcceptAgreementRequest", "StartChangeSet"],
  ],
  ["full-control", "AWSMarketplaceFullAccess", []],
] as const)("level %s is AWS's policy %s, with %j for programs", (level, policy, actions) => {
  const { managed, own } = levelGrants(level);
  expect(managed).toEqual([aws(policy)]);
  const granted = own?.Statement.flatMap(({ Action }) => Action) ?? [];
  expect(granted).toEqual(expect.arrayContaining(actions.map((name) => `aws-marketplace:${name}`)));
  expect(own === undefined).toBe(actions.length === 0);
});

/** Actions that a level has besides those of AWS's policy. */
const added = (level: (typeof accessLevels)[number]) =>
  levelGrants(level).own?.Statement.flatMap(({ Action }) => Action) ?? [];

test("what a level adds for programs changes nothing before the level that buys, and is about agreements and requests only", () => {
  for (const action of added("view")) expect(action).toMatch(/^aws-marketplace:(Search|Describe|Get|List)/);
  const changing = levelGrants("subscribe").own?.Statement.find(({ Action }) =>
    Action.includes("aws-marketplace:StartChangeSet"),
  );
  for (const action of added("subscribe")) expect(action).toMatch(/^aws-marketplace:(\w*Agreement|StartChangeSet$)/);
  expect(changing?.Condition).toEqual({
    StringEquals: { "catalog:ChangeType": ["CreateProductProcurementRequest", "CancelProductProcurementRequest"] },
  });
  for (const { Condition } of levelGrants("subscribe").own?.Statement ?? []) expect(Condition).toBeDefined();
});

test("each level with products may do all that the one before may, and more", () => {
  const [view = [], subscribe = [], full = []] = accessLevels.map(
    (level) => levelGrants(level, ["prod-1a2b3c4d5e6f7"]).own?.Statement.flatMap(({ Action }) => Action) ?? [],
  );
  expect(subscribe).toEqual(expect.arrayContaining([...view]));
  expect(full).toEqual(expect.arrayContaining([...subscribe]));
  expect(view).not.toContain("aws-marketplace:Subscribe");
  expect(subscribe).not.toContain("ec2:RunInstances");
  expect(full).toEqual(expect.arrayContaining(["ec2:RunInstances", "ec2:StopInstances", "ec2:TerminateInstances"]));
});

test.each(["subscribe", "full-control"] as const)("with products, level %s buys nothing else", (level) => {
  const statements = levelGrants(level, ["prod-2", "prod-1", "prod-2"]).own?.Statement ?? [];
  const buying = statements.filter(({ Action }) =>
    Action.some((action) => /:(Subscribe|CreateAgreementRequest|AcceptAgreementRequest)$/.test(action)),
  );
  expect(buying).toHaveLength(1);
  expect(buying[0]?.Condition).toEqual({
    "ForAllValues:StringEquals": { "aws-marketplace:ProductId": ["prod-1", "prod-2"] },
    Null: { "aws-marketplace:ProductId": "false" },
  });
});

test("whatever pages are given out, these and no others open", () => {
  fc.assert(
    fc.property(fc.subarray([...portalPages], { minLength: 1 }), (pages) => {
      const { managed, own } = portalGrants(pages);
      expect(pagesGranted(managed, own)).toEqual(pages);
    }),
  );
});

test("all pages are what they are together", () => {
  expect(portalGrants("all")).toEqual(portalGrants(portalPages));
});

test("IAM's names for statements are letters and digits, and differ within a policy", () => {
  const documents = [
    portalGrants("all").own,
    ...accessLevels.map((level) => levelGrants(level, ["prod-1"]).own),
    levelGrants("view").own,
    levelGrants("subscribe").own,
  ];
  for (const document of documents) {
    const names = document?.Statement.map(({ Sid }) => Sid) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9]+$/);
    expect(new Set(names).size).toBe(names.length);
  }
});

const viewers = { name: "Viewers", path: "/marketplace/access/shop/dev/", policies: [] };
const byHand = { name: "ByHand", path: "/", policies: [aws("AWSMarketplaceFullAccess")] };
const portal = { name: "Reports", path: "/marketplace/portal/shop/dev/", policies: [] };
const finance = { name: "Finance", path: "/", policies: [aws("ReadOnlyAccess")] };

test.each([
  [viewers, true],
  [byHand, true],
  [portal, false],
  [finance, false],
])("group $name is an access group: %s", (group, expected) => {
  expect(isAccessGroup(group)).toBe(expected);
});

test.each([
  ["the first", [], viewers, false],
  ["the same again", [viewers], viewers, false],
  ["a second", [viewers], byHand, true],
  ["a second beside others", [finance, portal, byHand], viewers, true],
  ["a portal group beside one", [viewers], portal, false],
])("a person joins %s", (_which, joined, wanted, refused) => {
  const problems = checkOneAccessGroup("alice", joined, wanted);
  expect(problems.length > 0).toBe(refused);
  for (const { message } of problems) expect(message).toMatch(/alice.*(Viewers.*ByHand|ByHand.*Viewers)/);
});

test("people in two groups of a team are named, each once and with both groups", () => {
  expect(checkOneGroupEach({ view: ["alice", "alice", "bob"], subscribe: ["carol", "alice"] })).toEqual([
    {
      code: "SECOND_ACCESS_GROUP",
      path: "",
      message: 'alice is in "view" and "subscribe": a person is in exactly one of the groups.',
    },
  ]);
  expect(checkOneGroupEach({ view: ["alice"], subscribe: ["bob"] })).toEqual([]);
});
