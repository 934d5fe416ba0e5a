import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decide, readPolicy, RequestContext } from "../../../../backend/auth/policy";

/** A statement as the IAM User Guide describes it, evaluated as it stands there: slowly, and compiled into nothing. */
interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly actions: { readonly not: boolean; readonly patterns: readonly string[] };
  readonly resources: { readonly not: boolean; readonly patterns: readonly string[] };
  readonly condition?: Condition;
}

interface Condition {
  readonly quantifier: "" | "ForAllValues:" | "ForAnyValue:";
  readonly operator: string;
  readonly ifExists: boolean;
  readonly values: readonly string[];
}

interface Asked {
  readonly action: string;
  readonly resource: string;
  /** Of the one condition key there is. */
  readonly key?: readonly string[];
}

function naiveVerdict(statements: readonly Statement[], asked: Asked): "allowed" | "denied" | "neither" {
  const about = statements.filter((one) => applies(one, asked));
  if (about.some(({ Effect }) => Effect === "Deny")) return "denied";
  return about.length > 0 ? "allowed" : "neither";
}

function applies({ actions, resources, condition }: Statement, { action, resource, key }: Asked): boolean {
  const named = actions.patterns.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));
  const meant = resources.patterns.some((pattern) => fitsArn(pattern, resource));
  return named !== actions.not && meant !== resources.not && (condition === undefined || holds(condition, key));
}

function holds({ quantifier, operator, ifExists, values }: Condition, actual: readonly string[] = []): boolean {
  if (operator === "Null") return values.includes(String(actual.length === 0));
  const negated = operator.includes("Not");
  if (actual.length === 0) return ifExists || quantifier === "ForAllValues:" || (negated && quantifier === "");
  const one = (value: string) => values.some((wanted) => compares(operator, value, wanted)) !== negated;
  if (quantifier === "") return negated ? actual.every(one) : actual.some(one);
  return quantifier === "ForAllValues:" ? actual.every(one) : actual.some(one);
}

function compares(operator: string, value: string, wanted: string): boolean {
  switch (operator.replace("Not", "")) {
    case "StringEquals":
      return value === wanted;
    case "StringEqualsIgnoreCase":
      return value.toLowerCase() === wanted.toLowerCase();
    case "StringLike":
      return fits(wanted, value);
    case "NumericLessThan":
      return Number(value) < Number(wanted);
    case "NumericEquals":
      return Number(value) === Number(wanted);
    default:
      throw new Error(`It is not on record what ${operator} compares.`);
  }
}

function fits(pattern: string, text: string, wildcard = "."): boolean {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${source.replaceAll("*", `${wildcard}*`).replaceAll("?", wildcard)}$`, "s").test(text);
}

/** Six parts, of which a wildcard leaves the last only; what has fewer is one. */
function fitsArn(pattern: string, arn: string): boolean {
  const parts = pattern.split(":");
  if (parts.length < 6) return fits(pattern, arn);
  const [first, last] = [parts.slice(0, 5).join(":"), parts.slice(5).join(":")];
  const head = arn.split(":").slice(0, 5).join(":");
  return fits(first, head, "[^:]") && fits(last, arn.split(":").slice(5).join(":"));
}

const few = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: 1, maxLength: 3 });
const listed = (patterns: fc.Arbitrary<string>) => fc.record({ not: fc.boolean(), patterns: few(patterns) });
const words = fc.constantFrom("a", "A", "ab", "abc", "b", "1", "2", "10");
const patterns = fc.constantFrom("a", "A", "a*", "?b", "*", "a?c", "1", "1*", "10");
const numbers = fc.constantFrom("1", "2", "10");

const texts = fc.record({
  quantifier: fc.constantFrom("" as const, "ForAllValues:" as const, "ForAnyValue:" as const),
  operator: fc.constantFrom(
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ),
  ifExists: fc.boolean(),
  values: few(patterns),
});
const figures = fc.record({
  quantifier: fc.constantFrom("" as const, "ForAllValues:" as const, "ForAnyValue:" as const),
  operator: fc.constantFrom("NumericLessThan", "NumericEquals", "NumericNotEquals"),
  ifExists: fc.boolean(),
  values: few(numbers),
});
const presence = fc.record({
  quantifier: fc.constant("" as const),
  operator: fc.constant("Null"),
  ifExists: fc.constant(false),
  values: fc.constantFrom(["true"], ["false"]),
});

const statement = fc.record(
  {
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    actions: listed(fc.constantFrom("*", "s3:*", "S3:Get*", "s3:GetObject", "ec2:?unInstances", "*:*Object")),
    resources: listed(
      fc.constantFrom(
        "*",
        "arn:aws:s3:::bucket",
        "arn:aws:s3:::bucket/*",
        "arn:aws:*:*:*:*",
        "arn:aws:ec2:us-*:111122223333:*",
        "arn:aws:ec2:*:111122223333:instance/i-?",
        "arn:aws:s3:::b*:c",
      ),
    ),
    condition: fc.oneof(texts, figures, presence),
  },
  { requiredKeys: ["Effect", "actions", "resources"] },
);

const asked = fc.record(
  {
    action: fc.constantFrom("s3:GetObject", "s3:PutObject", "ec2:RunInstances"),
    resource: fc.constantFrom(
      "*",
      "arn:aws:s3:::bucket",
      "arn:aws:s3:::bucket/key",
      "arn:aws:s3:::bucket/a:b:c",
      "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
      "arn:aws:ec2:eu-west-1:444455556666:instance/i-1",
    ),
    key: fc.array(words, { maxLength: 3 }),
  },
  { requiredKeys: ["action", "resource"] },
);

function written({ Effect, actions, resources, condition }: Statement): object {
  return {
    Effect,
    [actions.not ? "NotAction" : "Action"]: actions.patterns,
    [resources.not ? "NotResource" : "Resource"]: resources.patterns,
    ...(condition && {
      Condition: {
        [`${condition.quantifier}${condition.operator}${condition.ifExists ? "IfExists" : ""}`]: {
          "aws:PrincipalTag/key": condition.values,
        },
      },
    }),
  };
}

test("whatever policies say and requests ask, the answer is the one that the guide's own words give", () => {
  const arn = "arn:aws:iam::111122223333:user/ana";
  const requester = { kind: "user", accountId: "111122223333", arn, id: "AIDA1" } as const;
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), asked, (statements, one) => {
      const { policy } = readPolicy(
        JSON.stringify({ Version: "2012-10-17", Statement: statements.map(written) }),
        "identity",
      );
      const context = new RequestContext({ "AWS:principaltag/KEY": one.key });
      const { action, resource } = one;
      const { allowed, explicit } = decide(
        { requester, action, resource, context },
        { identity: policy ? [policy] : [] },
      );
      const verdict = allowed ? "allowed" : explicit ? "denied" : "neither";
      expect(verdict).toBe(naiveVerdict(statements, one));
    }),
    { numRuns: 3000 },
  );
});
