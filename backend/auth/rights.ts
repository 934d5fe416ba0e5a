import { arnOf, keyOf, users } from "../iam/records";
import type { Caller, Market } from "../service";
import type { Store } from "../storage/store";
import { sessionOf } from "../sts/sessions";
import type { Need } from "./need";
import { compiled, findRole, policiesOf, policiesOfRole, roleOfSession } from "./policies-of";
import { type ContextKeys, decide, type Decision, type Policies, RequestContext, type Requester } from "./policy";

export type { Decision } from "./policy";

/** Condition keys of a request and their values: `{ "iam:PassedToService": "ec2.amazonaws.com" }`. */
export type Keys = ContextKeys;

/**
 * Whether a caller may do something (`ec2:DescribeImages`) to a resource (an ARN, or `*`), by its own policies and, where
 * the resource has one, the resource's. Keys that every request has (who, when) are added to `keys`.
 */
export function mayDo(
  market: Pick<Market, "store" | "clock">,
  caller: Caller,
  action: string,
  resource: string,
  keys: Keys = {},
  resourceSide?: Policies["resource"],
): Decision {
  return deciderOf(market, caller)({ action, resource, keys, resourceSide });
}

/** The same for all needs of one request: the caller's policies and the keys that they share are gathered once. */
export function deciderOf(
  { store, clock }: Pick<Market, "store" | "clock">,
  caller: Caller,
  requestKeys: () => Keys = () => ({}),
): (need: Need) => Decision {
  const held = policiesOf(store, caller);
  const requester = requesterOf(store, caller);
  let gathered: Keys | undefined;
  const shared = () => (gathered ??= { ...keysOfCaller(store, caller), ...keysOfTime(clock.now()), ...requestKeys() });
  return ({ action, resource, keys, resourceSide }) => {
    const owner = resourceSide?.accountId ?? caller.accountId;
    const context = new RequestContext(() => ({ ...shared(), "aws:ResourceAccount": owner, ...keys }));
    return decide({ requester, action, resource, context }, { ...held, resource: resourceSide });
  };
}

/** Whether a session of the role may do it. False where there is no such role. */
export function roleAllows(store: Store, roleArn: string, action: string, resource: string, keys: Keys = {}): boolean {
  const role = findRole(store, roleArn);
  if (role === undefined) return false;
  const requester: Requester = {
    kind: "assumed-role",
    accountId: role.accountId,
    arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/session`,
    id: `${role.id}:session`,
    roleArn,
  };
  return decide({ requester, action, resource, context: new RequestContext(keys) }, policiesOfRole(store, role))
    .allowed;
}

/** Whether an AWS service (`assets.marketplace.amazonaws.com`) may assume the role. False where there is no such role. */
export function roleTrusts(store: Store, roleArn: string, service: string, keys: Keys = {}): boolean {
  const role = findRole(store, roleArn);
  if (role === undefined) return false;
  const request = {
    requester: { kind: "service", service } as const,
    action: "sts:AssumeRole",
    resource: roleArn,
    context: new RequestContext(keys),
  };
  const resource = { accountId: role.accountId, policy: compiled(role.trust, "trust"), required: true };
  return decide(request, { identity: [], resource }).allowed;
}

/** Whether there is a role of that ARN. */
export function roleExists(store: Store, roleArn: string): boolean {
  return findRole(store, roleArn) !== undefined;
}

/** In AWS's words: IAM User Guide, "Troubleshoot access denied error messages". A managed policy that denies is named. */
export function denialMessage(caller: Caller, action: string, resource: string, decision: Decision): string {
  const kind = KIND_OF_POLICY[decision.source];
  const because = decision.explicit
    ? `with an explicit deny in ${kind}${decision.policyArn === undefined ? "" : `: ${decision.policyArn}`}`
    : `because no ${kind.replace(/^an? /, "")} allows the ${action} action`;
  return `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

const KIND_OF_POLICY = {
  identity: "an identity-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  resource: "a resource-based policy",
} as const;

function requesterOf(store: Store, caller: Caller): Requester {
  const { accountId, arn, userId: id } = caller;
  if (caller.kind !== "assumed-role") return { kind: caller.kind, accountId, arn, id };
  const role = roleOfSession(store, caller);
  return { kind: "assumed-role", accountId, arn, id, roleArn: role === undefined ? arn : arnOf("role", role) };
}

/** IAM User Guide, "AWS global condition context keys": properties of the principal and of its session. */
function keysOfCaller(store: Store, caller: Caller): Keys {
  const session = sessionOf(store, caller);
  const common = {
    "aws:PrincipalAccount": caller.accountId,
    "aws:userid": caller.userId,
    "aws:TokenIssueTime": session?.issued,
    "aws:SourceIdentity": session?.sourceIdentity,
  };
  switch (caller.kind) {
    case "root":
      return { ...common, "aws:PrincipalType": "Account", "aws:PrincipalArn": caller.arn };
    case "user": {
      const name = caller.arn.slice(caller.arn.lastIndexOf("/") + 1);
      const tags = users(store).get(keyOf(caller.accountId, name))?.tags;
      return {
        ...common,
        ...keysOfTags(tags),
        "aws:PrincipalType": "User",
        "aws:PrincipalArn": caller.arn,
        "aws:username": name,
      };
    }
    case "assumed-role": {
      const role = roleOfSession(store, caller);
      const arn = role === undefined ? caller.arn : arnOf("role", role);
      return {
        ...common,
        ...keysOfTags({ ...role?.tags, ...session?.tags }),
        "aws:PrincipalType": "AssumedRole",
        "aws:PrincipalArn": arn,
      };
    }
  }
}

function keysOfTags(tags: Readonly<Record<string, string>> = {}): Keys {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

function keysOfTime(now: Date): Keys {
  return { "aws:CurrentTime": now.toISOString(), "aws:EpochTime": String(Math.floor(now.getTime() / 1000)) };
}
