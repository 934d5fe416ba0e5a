import type { Matcher } from "./arn";
import { type Operator, operators } from "./operators";
import type { RequestContext } from "./request";

/** One test of a statement's Condition; all must hold. */
export type Condition = (context: RequestContext) => boolean;

/** How a condition of several values is read: IAM User Guide, "Multivalued context keys". */
type Quantifier = "ForAllValues" | "ForAnyValue" | undefined;

interface Comparison {
  readonly quantifier: Quantifier;
  readonly operator: Operator | "Null";
  readonly ifExists: boolean;
}

/** `ForAnyValue:StringLikeIfExists` in its parts; undefined for one that does not exist. */
export function readOperator(name: string): Comparison | undefined {
  const [, quantifier, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(name) ?? [];
  const operator = base.toLowerCase() === "null" ? "Null" : operators.get(base.toLowerCase());
  if (operator === undefined || (operator === "Null" && (quantifier ?? ifExists) !== undefined)) return undefined;
  return { quantifier: readQuantifier(quantifier), operator, ifExists: ifExists !== undefined };
}

/** The test that the context's key compares so with one of the values (`"true"`, `"203.0.113.0/24"`). */
export function compileCondition(
  { quantifier, operator, ifExists }: Comparison,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition {
  if (operator === "Null") return nullCondition(key, values);
  const matchers = values.map((value) => operator.compile(value, variables));
  const fits = oneFits(matchers, operator.negated);
  const whenMissing = ifExists || quantifier === "ForAllValues" || (operator.negated && quantifier === undefined);
  // Without a quantifier a key of several values holds if one fits or, negated, if none does.
  const all = quantifier === "ForAllValues" || (operator.negated && quantifier === undefined);
  return (context) => {
    const actual = context.get(key);
    if (actual === undefined) return whenMissing;
    return all ? actual.every((value) => fits(value, context)) : actual.some((value) => fits(value, context));
  };
}

/** Fits one of the policy's values or, negated, none. */
function oneFits(matchers: readonly Matcher[], negated: boolean): Matcher {
  return (actual, context) => matchers.some((matches) => matches(actual, context)) !== negated;
}

function nullCondition(key: string, values: readonly string[]): Condition {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return (context) => wanted.has(String(context.get(key) === undefined));
}

function readQuantifier(text: string | undefined): Quantifier {
  switch (text?.toLowerCase()) {
    case "forallvalues":
      return "ForAllValues";
    case "foranyvalue":
      return "ForAnyValue";
    default:
      return undefined;
  }
}
