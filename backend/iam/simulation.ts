import type {
  ContextEntry,
  EvaluationResult,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from "@aws-sdk/client-iam";

import { compiled, type Held, policiesOf, policiesOfIdentity, policiesOfRole } from "../auth/policies-of";
import { type ContextKeys, decide, type Decision, type Policy, RequestContext, type Requester } from "../auth/policy";
import type { Context } from "../service";
import { checkDocument } from "./documents";
import { invalidInput, noSuchEntity } from "./errors";
import { page } from "./paging";
import { arnOf, groups, keyOf, roles, users } from "./records";

type Simulated = Omit<SimulateCustomPolicyRequest, "PolicyInputList"> &
  Partial<Pick<SimulateCustomPolicyRequest, "PolicyInputList">>;

/**
 * What policies would say to requests that nobody makes. Statements that matched and context keys that were missing are
 * not named: EvalDecision is the answer.
 */
export const simulationHandlers = {
  SimulatePrincipalPolicy(ctx: Context, input: SimulatePrincipalPolicyRequest): SimulatePolicyResponse {
    const { held, requester } = principalOf(ctx, input.PolicySourceArn ?? "");
    return simulate(ctx, input, held, requester);
  },

  SimulateCustomPolicy(ctx: Context, input: SimulateCustomPolicyRequest): SimulatePolicyResponse {
    const { accountId } = ctx.caller;
    const arn = input.CallerArn ?? `arn:aws:iam::${accountId}:user/simulated`;
    return simulate(ctx, input, { identity: [] }, { kind: "user", accountId, arn, id: "AIDASIMULATED" });
  },
};

function simulate(ctx: Context, input: Simulated, held: Held, requester: Requester): SimulatePolicyResponse {
  const identity = [...held.identity, ...(input.PolicyInputList ?? []).map((json) => read(json, "identity"))];
  const [boundary] = (input.PermissionsBoundaryPolicyInputList ?? []).map((json) => read(json, "identity"));
  const policy = input.ResourcePolicy === undefined ? undefined : read(input.ResourcePolicy, "resource");
  const owner = input.ResourceOwner?.split(":")[4] ?? ctx.caller.accountId;
  const policies = {
    identity,
    boundary: boundary ?? held.boundary,
    resource: policy && { accountId: owner, policy },
  };
  const context = new RequestContext(keysOf(input.ContextEntries ?? [], requester));
  const asked = (input.ActionNames ?? []).flatMap((action) =>
    (input.ResourceArns ?? ["*"]).map((resource) => ({ action, resource })),
  );
  const places = asked.map((one, i) => ({ ...one, place: String(i).padStart(6, "0") }));
  const { items, end } = page(places, input, ({ place }) => place);
  const results = items.map(({ action, resource }): EvaluationResult => ({
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: wordFor(decide({ requester, action, resource, context }, policies)),
    MatchedStatements: [],
    MissingContextValues: [],
  }));
  return { EvaluationResults: results, ...end };
}

function wordFor({ allowed, explicit }: Decision): EvaluationResult["EvalDecision"] {
  if (allowed) return "allowed";
  return explicit ? "explicitDeny" : "implicitDeny";
}

function read(json: string, kind: "identity" | "resource"): Policy {
  return compiled(checkDocument(json, kind), kind);
}

function keysOf(entries: readonly ContextEntry[], requester: Requester): ContextKeys {
  const given = entries.map(({ ContextKeyName = "", ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]);
  const who = "arn" in requester ? { "aws:PrincipalArn": requester.arn } : {};
  return { ...who, ...(Object.fromEntries(given) as ContextKeys) };
}

/** The user, group or role of the caller's account that an ARN names, and what it holds. */
function principalOf(ctx: Context, arn: string): { readonly held: Held; readonly requester: Requester } {
  const { store } = ctx.market;
  const [, accountId = "", kind, name = ""] =
    /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined)
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const key = accountId === ctx.caller.accountId ? keyOf(accountId, name) : "";
  if (kind === "user") {
    const user = users(store).get(key);
    if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
    const requester = { kind, accountId, arn: arnOf("user", user), id: user.id } as const;
    return { held: policiesOf(store, { kind, accountId, arn: requester.arn, userId: user.id }), requester };
  }
  if (kind === "group") {
    const group = groups(store).get(key);
    if (group === undefined) throw noSuchEntity(`The group with name ${name} cannot be found.`);
    return {
      held: { identity: policiesOfIdentity(store, group) },
      requester: { kind: "user", accountId, arn: arnOf("group", group), id: group.id },
    };
  }
  const role = roles(store).get(key);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  const session = `arn:aws:sts::${accountId}:assumed-role/${role.name}/simulated`;
  const requester: Requester = {
    kind: "assumed-role",
    accountId,
    arn: session,
    id: `${role.id}:simulated`,
    roleArn: arnOf("role", role),
  };
  return { held: policiesOfRole(store, role), requester };
}
