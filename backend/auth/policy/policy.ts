import { arnMatcher, type Matcher } from "./arn";
import { compileGlob, globTest } from "./glob";
import { compileCondition, type Condition, readOperator } from "./conditions";
import type { PolicyDocument, StatementDocument } from "./document";
import { isExempt, type Principals, type Reach, reachOf } from "./principals";
import type { Request } from "./request";

/** A policy, compiled: made once, asked often. */
export interface Policy {
  /** Of a managed policy. */
  readonly arn?: string;
  /** Its statements about an action, whatever the action's case. */
  about(action: string): Statements;
}

export interface Statements {
  readonly Allow: readonly Statement[];
  readonly Deny: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Whether it is about an action, in lower case. */
  readonly coversAction: (action: string) => boolean;
  /**
   * Whether it is about the request, provided it covers the action, and, where it names principals, in which way it
   * means the requester.
   */
  readonly appliesTo: (request: Request) => Reach | undefined;
}

/** The same policy, known by its ARN. */
export function named(policy: Policy, arn: string): Policy {
  return { arn, about: policy.about };
}

/** Allows and denies nothing. */
export const EMPTY_POLICY: Policy = { about: () => NONE };

const NONE: Statements = { Allow: [], Deny: [] };

/** More actions than any service has; beyond it, those asked for lately are looked up anew. */
const MOST_REMEMBERED = 1000;

/** From a document that `readPolicy` has found sound. */
export function compilePolicy(document: PolicyDocument): Policy {
  const variables = document.version === "2012-10-17";
  const statements = document.statements.map((statement) => compileStatement(statement, variables));
  // The same few actions are asked for all the time.
  const byAction = new Map<string, Statements>();
  // A decision asks twice in a row: for denials, then for grants.
  let last = { action: "", found: NONE };
  return {
    about(action) {
      if (last.action !== action) last = { action, found: byAction.get(action) ?? remember(action) };
      return last.found;
    },
  };

  function remember(action: string): Statements {
    if (byAction.size >= MOST_REMEMBERED) byAction.clear();
    const found = statementsAbout(statements, action.toLowerCase());
    byAction.set(action, found);
    return found;
  }
}

function statementsAbout(statements: readonly Statement[], action: string): Statements {
  const found = statements.filter(({ coversAction }) => coversAction(action));
  if (found.length === 0) return NONE;
  return {
    Allow: found.filter(({ effect }) => effect === "Allow"),
    Deny: found.filter(({ effect }) => effect === "Deny"),
  };
}

function compileStatement(statement: StatementDocument, variables: boolean): Statement {
  const action = actionTest(statement.actions.values);
  const { values: resources, not: notResources } = statement.resources ?? { values: ["*"], not: false };
  const resource = resourceTest(resources, variables);
  const conditions = statement.conditions.map((one) => condition(one, variables));
  const principal = principalTest(statement);
  return {
    sid: statement.sid,
    effect: statement.effect,
    coversAction: (name) => action(name) !== statement.actions.not,
    appliesTo(request) {
      if (resource(request.resource, request.context) === notResources) return undefined;
      for (const holds of conditions) if (!holds(request.context)) return undefined;
      return principal(request);
    },
  };
}

function actionTest(patterns: readonly string[]): (action: string) => boolean {
  const tests = patterns.map((pattern) => globTest(compileGlob(pattern.toLowerCase())));
  return (action) => tests.some((fits) => fits(action));
}

function resourceTest(patterns: readonly string[], variables: boolean): Matcher {
  const matchers = patterns.map((pattern) => arnMatcher(pattern, variables));
  return (resource, context) => {
    for (const matches of matchers) if (matches(resource, context)) return true;
    return false;
  };
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
