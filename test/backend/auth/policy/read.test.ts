import * as fc from "fast-check";
import { expect, test } from "vitest";

import { type PolicyKind, readPolicy } from "../../../../backend/auth/policy";
import { positionOf } from "../../../../backend/auth/policy/positions";
import { awsManagedPolicies } from "../../../../backend/iam/aws-managed-policies";

const sound = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

function problemsOf(statement: object, kind: PolicyKind = "identity", Version = "2012-10-17") {
  return readPolicy(JSON.stringify({ Version, Statement: [statement] }), kind).problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

test("every policy that AWS publishes reads", () => {
  expect(awsManagedPolicies.size).toBeGreaterThan(15);
  for (const { document } of awsManagedPolicies.values()) expect(readPolicy(document, "identity").problems).toEqual([]);
});

test.each<[what: string, kind: PolicyKind, statement: object]>([
  ["a plain statement", "identity", sound],
  ["lists", "identity", { ...sound, Action: ["s3:Get*", "*"], Resource: ["arn:aws:s3:::a", "*"] }],
  ["numbers and booleans in conditions", "identity", { ...sound, Condition: { Bool: { "aws:k": true } } }],
  ["a trust policy", "trust", { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "111122223333" } }],
])("%s reads", (_, kind, statement) => {
  expect(problemsOf(statement, kind)).toEqual([]);
});

test.each<[what: string, kind: PolicyKind, statement: object, problem: string]>([
  ["no effect", "identity", { ...sound, Effect: undefined }, "Statement[0].Effect: Syntax errors in policy. Effect is"],
  ["no action", "identity", { ...sound, Action: undefined }, "Statement[0]: Policy statement must contain actions."],
  ["an empty list", "identity", { ...sound, Action: [] }, "Statement[0].Action: Syntax errors in policy."],
  [
    "an action without service",
    "identity",
    { ...sound, Action: "GetObject" },
    "Statement[0].Action: Actions/Conditions must be prefaced",
  ],
  [
    "an action of three parts",
    "identity",
    { ...sound, Action: "a:b:c" },
    "Statement[0].Action: Actions/Condition can contain only one",
  ],
  [
    "both kinds of action",
    "identity",
    { ...sound, NotAction: "a:b" },
    "Statement[0]: Syntax errors in policy. Action and NotAction",
  ],
  [
    "no resource",
    "identity",
    { ...sound, Resource: undefined },
    "Statement[0]: Policy statement must contain resources.",
  ],
  [
    "a bucket's name for its ARN",
    "identity",
    { ...sound, Resource: "bucket" },
    'Statement[0].Resource: Resource bucket must be in ARN format or "*".',
  ],
  [
    "a principal",
    "identity",
    { ...sound, Principal: "*" },
    "Statement[0].Principal: Policy document should not specify a principal.",
  ],
  ["an unknown element", "identity", { ...sound, Actions: "a:b" }, "Statement[0].Actions: Syntax errors in policy."],
  [
    "an unknown operator",
    "identity",
    { ...sound, Condition: { Equals: { a: "b" } } },
    "Statement[0].Condition.Equals: Invalid Condition type : Equals.",
  ],
  [
    "Null with a suffix",
    "identity",
    { ...sound, Condition: { NullIfExists: { a: "b" } } },
    "Statement[0].Condition.NullIfExists: Invalid",
  ],
  [
    "a condition that is text",
    "identity",
    { ...sound, Condition: "x" },
    "Statement[0].Condition: Syntax errors in policy.",
  ],
  [
    "a Sid with a dash",
    "identity",
    { ...sound, Sid: "a-b" },
    "Statement[0].Sid: Statement IDs (SID) must be alpha-numeric",
  ],
  ["nothing but text", "identity", "x" as unknown as object, "Statement[0]: Syntax errors in policy."],
  [
    "a trust policy without principal",
    "trust",
    { Effect: "Allow", Action: "sts:AssumeRole" },
    "Statement[0]: Missing required field Principal.",
  ],
  [
    "a trust policy with a resource",
    "trust",
    { ...sound, Principal: "*" },
    "Statement[0].Resource: Has prohibited field Resource.",
  ],
  [
    "a principal that is no ARN",
    "resource",
    { ...sound, Principal: { AWS: "ana" } },
    'Statement[0].Principal.AWS: Invalid principal in policy: "AWS":"ana".',
  ],
  [
    "a principal of no kind",
    "resource",
    { ...sound, Principal: { Aws: "*" } },
    "Statement[0].Principal.Aws: Syntax errors in policy.",
  ],
])("%s is refused", (_, kind, statement, problem) => {
  expect(problemsOf(statement, kind)).toContainEqual(expect.stringContaining(problem));
});

test("all problems are found at once, each with its line and column", () => {
  const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Alow", "Action": "s3:*", "Resource": "*" },
    { "Effect": "Deny", "Action": "s3", "Resource": "*" }
  ]
}`;
  const { problems } = readPolicy(text, "identity");
  expect(problems.map(({ path }) => path)).toEqual(["Statement[0].Effect", "Statement[1].Action"]);
  expect(problems[0]?.message).toContain("(line 4, column 17)");
  expect(problems[1]?.message).toContain("(line 5, column 35)");
});

test.each([
  ["", /Syntax errors in policy/],
  ["{", /Syntax errors in policy/],
  ["[]", /An object is wanted/],
  ["null", /An object is wanted/],
  ['{"Version":"2012-10-17"}', /needs a statement/],
  ['{"Statement":[]}', /version 2012-10-17/],
  ['{"Version":"2008-10-17","Statement":[]}', /version 2012-10-17/],
  ['{"Version":"2012-10-17","Statement":{},"Else":1}', /no element Else/],
])("refuses %j", (text, message) => {
  expect(
    readPolicy(text, "identity")
      .problems.map((problem) => problem.message)
      .join("\n"),
  ).toMatch(message);
});

test("two statements of one name are refused", () => {
  const Statement = [
    { ...sound, Sid: "A" },
    { ...sound, Sid: "A" },
  ];
  const { problems } = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement }), "identity");
  expect(problems[0]?.message).toMatch(/SID.*unique/);
});

test("whatever JSON comes, there is a policy or a problem", () => {
  const words = fc.constantFrom(
    "Version",
    "Statement",
    "Effect",
    "Action",
    "Resource",
    "Principal",
    "Condition",
    "__proto__",
    "2012-10-17",
    "Allow",
    "*",
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      words,
      fc.jsonValue(),
      fc.array(tie("tree")),
      fc.dictionary(words, tie("tree")),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.constantFrom<PolicyKind>("identity", "trust", "resource"), (value, kind) => {
      const { policy, problems } = readPolicy(JSON.stringify(value), kind);
      expect(policy === undefined).toBe(problems.length > 0);
    }),
  );
});

test("the position of any value in any JSON is where it is written", () => {
  const marked = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), { minKeys: 1 });
  fc.assert(
    fc.property(marked, fc.constantFrom(undefined, 2), (value, indent) => {
      for (const key of Object.keys(value)) {
        const text = JSON.stringify({ ...value, [key]: "here it is" }, null, indent);
        const { line, column } = positionOf(text, [key]);
        expect(text.split("\n")[line - 1]?.slice(column - 1)).toMatch(/^"here it is"/);
      }
    }),
  );
});
