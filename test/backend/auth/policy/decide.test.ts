import * as fc from "fast-check";
import { expect, test } from "vitest";

import {
  decide,
  type Policies,
  type Policy,
  readPolicy,
  RequestContext,
  type Requester,
} from "../../../../backend/auth/policy";

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const BUCKET = "arn:aws:s3:::bucket/key";
const user: Requester = {
  kind: "user",
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
  id: "AIDAEXAMPLE",
};
const root: Requester = { kind: "root", accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, id: ACCOUNT };
const session: Requester = {
  kind: "assumed-role",
  accountId: ACCOUNT,
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ci`,
  id: "AROAEXAMPLE:ci",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
};
const service: Requester = { kind: "service", service: "assets.marketplace.amazonaws.com" };
const anonymous: Requester = { kind: "anonymous" };

const statement = (more: object) => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more });

function identity(...statements: object[]): Policy {
  return policy({ Version: "2012-10-17", Statement: statements }, "identity");
}

function resource(principal: object, accountId = ACCOUNT): NonNullable<Policies["resource"]> {
  const document = { Version: "2012-10-17", Statement: [statement(principal)] };
  return { accountId, policy: policy(document, "resource") };
}

function policy(document: object, kind: "identity" | "resource"): Policy {
  const { policy: read, problems } = readPolicy(JSON.stringify(document), kind);
  if (read === undefined) throw new Error(problems[0]?.message);
  return read;
}

function ask(requester: Requester, policies: Policies, action = "s3:GetObject", about = BUCKET) {
  return decide({ requester, action, resource: about, context: new RequestContext() }, policies);
}

const allow = identity(statement({}));
const none: Policy[] = [];

test.each<[what: string, statement: object, action: string, resource: string, allowed: boolean]>([
  ["an action in other letters", { Action: "S3:getobject" }, "s3:GetObject", BUCKET, true],
  ["a wildcard in the action", { Action: "s3:Get*" }, "s3:GetObject", BUCKET, true],
  ["another action", { Action: "s3:Get*" }, "s3:PutObject", BUCKET, false],
  ["every action", { Action: "*" }, "ec2:RunInstances", "*", true],
  ["all but an action", { Action: undefined, NotAction: "iam:*" }, "s3:GetObject", BUCKET, true],
  ["the action left out", { Action: undefined, NotAction: ["iam:*", "s3:*"] }, "s3:GetObject", BUCKET, false],
  ["a resource", { Resource: "arn:aws:s3:::bucket/*" }, "s3:GetObject", BUCKET, true],
  ["another resource", { Resource: ["arn:aws:s3:::other/*", "arn:aws:s3:::bucket"] }, "s3:GetObject", BUCKET, false],
  ["all but a resource", { Resource: undefined, NotResource: "arn:aws:s3:::other/*" }, "s3:GetObject", BUCKET, true],
  ["the resource left out", { Resource: undefined, NotResource: "arn:aws:s3:::b*" }, "s3:GetObject", BUCKET, false],
  [
    "a star within one part of an ARN",
    { Resource: "arn:aws:s3:*::key" },
    "s3:GetObject",
    "arn:aws:s3:::bucket::key",
    false,
  ],
  ["an action about nothing in particular", { Resource: "arn:aws:s3:::bucket" }, "s3:ListAllMyBuckets", "*", false],
])("a statement about %s", (_, more, action, about, allowed) => {
  const policies = { identity: [identity(statement({ Action: ["s3:GetObject", action], ...more }))] };
  expect(ask(user, policies, action, about).allowed).toBe(allowed);
});

test("nothing is allowed that no policy allows, but to the account's root", () => {
  expect(ask(user, { identity: none })).toEqual({ allowed: false, explicit: false, source: "identity" });
  expect(ask(session, { identity: none }).allowed).toBe(false);
  expect(ask(root, { identity: none }).allowed).toBe(true);
});

test("a refusal says which statement of which policy it comes from", () => {
  const deny = identity(statement({ Sid: "NoReading", Effect: "Deny" }));
  expect(ask(user, { identity: [allow, deny] })).toEqual({
    allowed: false,
    explicit: true,
    source: "identity",
    sid: "NoReading",
  });
  expect(ask(user, { identity: [allow], boundary: deny })).toMatchObject({ explicit: true, source: "boundary" });
  expect(ask(root, { identity: none, resource: resource({ Effect: "Deny", Principal: "*" }) })).toMatchObject({
    allowed: false,
    explicit: true,
    source: "resource",
  });
});

test("boundary and session policies take away and never give", () => {
  const other = identity(statement({ Action: "s3:PutObject" }));
  expect(ask(user, { identity: [allow], boundary: other })).toMatchObject({ allowed: false, source: "boundary" });
  expect(ask(user, { identity: [allow], boundary: allow }).allowed).toBe(true);
  expect(ask(user, { identity: none, boundary: allow })).toMatchObject({ allowed: false, source: "identity" });
  expect(ask(session, { identity: [allow], session: [other] })).toMatchObject({ allowed: false, source: "session" });
  expect(ask(session, { identity: [allow], session: [other, allow] }).allowed).toBe(true);
  expect(ask(session, { identity: none, session: [allow] }).allowed).toBe(false);
});

const AWS = (...names: string[]) => ({ Principal: { AWS: names } });

test.each<[what: string, requester: Requester, principal: object, allowed: boolean]>([
  ["the user by name", user, AWS(user.arn), true],
  ["the user by id", user, AWS("AIDAEXAMPLEAIDAEXAMP", "AIDAEXAMPLEAIDAEXAMQ"), false],
  ["another user", user, AWS(`arn:aws:iam::${ACCOUNT}:user/bob`), false],
  ["everyone", user, { Principal: "*" }, true],
  ["every AWS principal", user, AWS("*"), true],
  ["the account, which leaves it to the user's own policies", user, AWS(ACCOUNT), false],
  ["the account by its root", user, AWS(root.arn), false],
  ["the session by name", session, AWS(session.arn), true],
  ["the role of the session", session, AWS(`arn:aws:iam::${ACCOUNT}:role/deploy`), true],
  ["a service", user, { Principal: { Service: "ec2.amazonaws.com" } }, false],
  [
    "all but somebody else",
    user,
    { Principal: undefined, NotPrincipal: { AWS: [`arn:aws:iam::${ACCOUNT}:user/bob`] } },
    true,
  ],
  [
    "all but the user and its account",
    user,
    { Principal: undefined, NotPrincipal: { AWS: [user.arn, ACCOUNT] } },
    false,
  ],
])("a resource's policy for %s, at home", (_, requester, principal, allowed) => {
  expect(ask(requester, { identity: none, resource: resource(principal) }).allowed).toBe(allowed);
});

test("what a resource grants to a session itself goes beyond its limits, what it grants to the role does not", () => {
  const limits = [identity(statement({ Action: "s3:PutObject" }))];
  const toSession = resource(AWS(session.arn));
  const toRole = resource(AWS(`arn:aws:iam::${ACCOUNT}:role/deploy`));
  expect(ask(session, { identity: none, session: limits, resource: toSession }).allowed).toBe(true);
  expect(ask(session, { identity: none, session: limits, resource: toRole })).toMatchObject({
    allowed: false,
    source: "session",
  });
});

test.each<[what: string, requester: Requester, own: Policy[], principal: object, allowed: boolean]>([
  ["both sides", user, [allow], AWS(user.arn), true],
  ["both sides, the account meant", user, [allow], AWS(ACCOUNT), true],
  ["only the owner's side", user, none, AWS(user.arn), false],
  ["only the own side", user, [allow], AWS(`arn:aws:iam::${OTHER}:root`), false],
  ["the owner's side for a root", root, none, AWS(ACCOUNT), true],
  ["everyone, and own policies", user, [allow], { Principal: "*" }, true],
  ["everyone, for a stranger", anonymous, none, { Principal: "*" }, true],
  ["an account, for a stranger", anonymous, none, AWS(ACCOUNT), false],
  ["the service", service, none, { Principal: { Service: "assets.marketplace.amazonaws.com" } }, true],
  ["another service", service, none, { Principal: { Service: "ec2.amazonaws.com" } }, false],
])("in another account it takes %s", (_, requester, own, principal, allowed) => {
  expect(ask(requester, { identity: own, resource: resource(principal, OTHER) }).allowed).toBe(allowed);
});

test("where the resource's policy is required, administrators need it too", () => {
  const required = { ...resource(AWS(`arn:aws:iam::${ACCOUNT}:user/bob`)), required: true };
  expect(ask(user, { identity: [allow], resource: required })).toMatchObject({ allowed: false, source: "resource" });
  const forAccount = { ...resource(AWS(ACCOUNT)), required: true };
  expect(ask(user, { identity: [allow], resource: forAccount }).allowed).toBe(true);
  expect(ask(user, { identity: none, resource: forAccount }).allowed).toBe(false);
});

const actions = fc.constantFrom("s3:GetObject", "s3:PutObject", "ec2:RunInstances");
const arbitraryStatement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: fc.oneof(actions, fc.constantFrom("*", "s3:*", "s3:Get*", "ec2:?unInstances")),
  Resource: fc.constantFrom("*", BUCKET, "arn:aws:s3:::bucket/*", "arn:aws:s3:::other/*"),
});
const statements = fc.array(arbitraryStatement, { maxLength: 6 });
const requesters = fc.constantFrom(user, session, root);

test("a Deny that is about the request always wins, wherever it stands", () => {
  fc.assert(
    fc.property(
      statements,
      actions,
      requesters,
      fc.constantFrom("identity", "boundary", "session"),
      (list, action, who, where) => {
        const deny = identity(statement({ Effect: "Deny", Action: action }));
        const own = [identity(...list, statement({ Action: "*" }))];
        const policies = {
          identity: where === "identity" ? [...own, deny] : own,
          ...(where === "boundary" && { boundary: deny }),
          ...(where === "session" && { session: [...own, deny] }),
        };
        expect(ask(who, policies, action)).toMatchObject({ allowed: false, explicit: true });
      },
    ),
  );
});

test("one more Allow never takes away", () => {
  fc.assert(
    fc.property(statements, arbitraryStatement, actions, requesters, (list, more, action, who) => {
      const before = ask(who, { identity: [identity(...list, statement({}))] }, action).allowed;
      const added = { ...more, Effect: "Allow" };
      const after = ask(who, { identity: [identity(...list, statement({}), added)] }, action).allowed;
      expect(after || !before).toBe(true);
    }),
  );
});

test("the order of statements, and in which policy they stand, does not matter", () => {
  const shuffled = fc
    .array(arbitraryStatement, { minLength: 1, maxLength: 6 })
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
  fc.assert(
    fc.property(shuffled, actions, requesters, ([list, other], action, who) => {
      const one = ask(who, { identity: [identity(...list)] }, action);
      const apart = ask(who, { identity: other.map((single) => identity(single)) }, action);
      expect(apart).toEqual(one);
    }),
  );
});

test("a pattern of many stars is matched in reasonable time", () => {
  const hard = identity(statement({ Resource: `arn:aws:s3:::${"*a".repeat(200)}b` }));
  const began = performance.now();
  expect(ask(user, { identity: [hard] }, "s3:GetObject", `arn:aws:s3:::${"a".repeat(2000)}`).allowed).toBe(false);
  expect(performance.now() - began).toBeLessThan(1000);
});
