import type { Policy, Statement } from "./policy";
import type { Reach } from "./principals";
import type { Request } from "./request";

/** Every policy that has a say in a request. */
export interface Policies {
  /** Of the requester and its groups. The account's root needs none. */
  readonly identity: readonly Policy[];
  /** Managed policy that sets the requester's boundary. */
  readonly boundary?: Policy;
  /** Passed when the session began. */
  readonly session?: readonly Policy[];
  readonly resource?: {
    /** Who owns it. */
    readonly accountId: string;
    readonly policy?: Policy;
    /** Without its leave nobody gets through, its own account neither: trust policies of roles. */
    readonly required?: boolean;
  };
}

export type Source = "identity" | "boundary" | "session" | "resource";

export interface Decision {
  readonly allowed: boolean;
  /** A statement that says no, whatever others say. */
  readonly explicit: boolean;
  /** What decided: where the request is refused, the kind of policy that refused it or that lacks an allow. */
  readonly source: Source;
  /** Of the deciding statement, where it has one. */
  readonly sid?: string;
  /** Of the managed policy that says no. */
  readonly policyArn?: string;
}

/** Allows or refuses, by the rules of IAM User Guide, "Policy evaluation logic". */
export function decide(request: Request, policies: Policies): Decision {
  const denied = explicitDeny(request, policies);
  if (denied !== undefined) return denied;
  return isForeign(request, policies) ? abroad(request, policies) : atHome(request, policies);
}

/** Any policy's Deny ends it. */
function explicitDeny(request: Request, { identity, boundary, session, resource }: Policies): Decision | undefined {
  return (
    denial(request, "identity", identity) ??
    (resource?.policy && denial(request, "resource", [resource.policy])) ??
    (boundary && denial(request, "boundary", [boundary])) ??
    (session && denial(request, "session", session))
  );
}

function denial(request: Request, source: Source, policies: readonly Policy[]): Decision | undefined {
  const found = find(policies, "Deny", request);
  return found && { allowed: false, explicit: true, source, sid: found.statement.sid, policyArn: found.policy.arn };
}

/** The resource belongs to an account other than the requester's; services and strangers belong to none. */
function isForeign({ requester }: Request, { resource }: Policies): boolean {
  return resource !== undefined && (!("accountId" in requester) || requester.accountId !== resource.accountId);
}

/** Both sides must allow. Services and strangers have no policies of their own. */
function abroad(request: Request, policies: Policies): Decision {
  const granted = find([policies.resource?.policy], "Allow", request);
  if (granted === undefined) return refused("resource");
  return "accountId" in request.requester ? byIdentity(request, policies) : allowed("resource", granted.statement);
}

/** One side is enough, unless the resource's policy is required. */
function atHome(request: Request, policies: Policies): Decision {
  const granted = find([policies.resource?.policy], "Allow", request);
  if (granted === undefined)
    return policies.resource?.required === true ? refused("resource") : byIdentity(request, policies);
  switch (GRANTS[granted.reach]) {
    case "beyond limits":
      return allowed("resource", granted.statement);
    case "within limits":
      return limit(request, policies) ?? allowed("resource", granted.statement);
    case "if identity allows":
      return byIdentity(request, policies);
  }
}

/**
 * A policy that names the user or the session itself grants whatever boundary and session policies leave out; one that
 * names the role, or everyone, grants within these; one that names the account leaves the choice to the account.
 */
const GRANTS = {
  self: "beyond limits",
  role: "within limits",
  everyone: "within limits",
  account: "if identity allows",
} as const satisfies Record<Reach, string>;

function byIdentity(request: Request, policies: Policies): Decision {
  const granted = find(policies.identity, "Allow", request);
  if (granted === undefined && request.requester.kind !== "root") return refused("identity");
  return limit(request, policies) ?? allowed("identity", granted?.statement);
}

/** What boundary and session policies do not allow stays refused. */
function limit(request: Request, { boundary, session }: Policies): Decision | undefined {
  if (boundary !== undefined && find([boundary], "Allow", request) === undefined) return refused("boundary");
  if (session !== undefined && find(session, "Allow", request) === undefined) return refused("session");
  return undefined;
}

interface Found {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly reach: Reach;
}

const CLOSENESS: readonly Reach[] = ["self", "role", "everyone", "account"];

/** The statement of that effect that means the requester most closely. */
function find(
  policies: readonly (Policy | undefined)[],
  effect: Statement["effect"],
  request: Request,
): Found | undefined {
  let closest: Found | undefined;
  for (const policy of policies) {
    if (policy === undefined) continue;
    for (const statement of policy.about(request.action)[effect]) {
      const reach = statement.appliesTo(request);
      if (reach === "self") return { policy, statement, reach };
      if (
        reach !== undefined &&
        (closest === undefined || CLOSENESS.indexOf(reach) < CLOSENESS.indexOf(closest.reach))
      ) {
        closest = { policy, statement, reach };
      }
    }
  }
  return closest;
}

function allowed(source: Source, statement: Statement | undefined): Decision {
  return { allowed: true, explicit: false, source, sid: statement?.sid };
}

function refused(source: Source): Decision {
  return { allowed: false, explicit: false, source };
}
