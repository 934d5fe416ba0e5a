import { arnMatcher, type Matcher } from "./arn";
import { compileGlob, matchesGlob } from "./glob";
import { compileCondition, type Condition, readOperator } from "./conditions";
import type { PolicyDocument, StatementDocument } from "./document";
import { isExempt, type Principals, type Reach, reachOf } from "./principals";
import type { Request } from "./request";

/** A policy, compiled: made once, asked often. */
export interface Policy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /**
   * Whether it is about the request, its action in lower case, and, where it names principals, in which way it means the
   * requester.
   */
  readonly appliesTo: (request: Request) => Reach | undefined;
}

/** From a document that `readPolicy` has found sound. */
export function compilePolicy(document: PolicyDocument): Policy {
  const variables = document.version === "2012-10-17";
  return { statements: document.statements.map((statement) => compileStatement(statement, variables)) };
}

function compileStatement(statement: StatementDocument, variables: boolean): Statement {
  const action = actionTest(statement.actions.values);
  const resource = resourceTest(statement.resources?.values ?? ["*"], variables);
  const conditions = statement.conditions.map((one) => condition(one, variables));
  const principal = principalTest(statement);
  return {
    sid: statement.sid,
    effect: statement.effect,
    appliesTo(request) {
      if (action(request.action) === statement.actions.not) return undefined;
      if (resource(request.resource, request.context) === (statement.resources?.not ?? false)) return undefined;
      if (!conditions.every((holds) => holds(request.context))) return undefined;
      return principal(request);
    },
  };
}

function actionTest(patterns: readonly string[]): (action: string) => boolean {
  const globs = patterns.map((pattern) => compileGlob(pattern.toLowerCase()));
  return (action) => globs.some((glob) => matchesGlob(glob, action));
}

function resourceTest(patterns: readonly string[], variables: boolean): Matcher {
  const matchers = patterns.map((pattern) => arnMatcher(pattern, variables));
  return (resource, context) => matchers.some((matches) => matches(resource, context));
}

function condition({ operator, key, values }: StatementDocument["conditions"][number], variables: boolean): Condition {
  const comparison = readOperator(operator);
  if (comparison === undefined) throw new Error(`There is no condition operator ${operator}.`);
  return compileCondition(comparison, key, values, variables);
}

/** Policies of identities name no principal: whoever has the policy is meant. */
function principalTest({ principals }: StatementDocument): (request: Request) => Reach | undefined {
  if (principals === undefined) return () => "self";
  const listed: Principals = principals.values;
  if (!principals.not) return ({ requester }) => reachOf(listed, requester);
  return ({ requester }) => (isExempt(listed, requester) ? undefined : "everyone");
}
