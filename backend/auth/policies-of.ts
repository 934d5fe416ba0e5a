import { managedDocument } from "../iam/managed-policies";
import { groups, type Identity, keyOf, type Role, roles, users } from "../iam/records";
import type { Caller } from "../service";
import type { Store } from "../storage/store";
import { sessions } from "../sts/sessions";
import { EMPTY_POLICY, named, type Policies, type Policy, type PolicyKind, readPolicy } from "./policy";

/** What a caller holds by itself: its own policies and those of its groups, its boundary, its session's policies. */
export type Held = Pick<Policies, "identity" | "boundary" | "session">;

/** The policies of a caller. A user or role that is gone holds none. */
export function policiesOf(store: Store, caller: Caller): Held {
  switch (caller.kind) {
    case "root":
      return { identity: [] };
    case "user": {
      const user = users(store).get(keyOf(caller.accountId, nameOf(caller.arn)));
      if (user === undefined) return { identity: [] };
      const joined = user.groups.flatMap((name) => groups(store).get(keyOf(caller.accountId, name)) ?? []);
      const identity = [user, ...joined].flatMap((one) => policiesOfIdentity(store, one));
      return { identity, boundary: boundaryOf(store, user.boundary) };
    }
    case "assumed-role": {
      const role = roleOfSession(store, caller);
      if (role === undefined) return { identity: [] };
      return { ...policiesOfRole(store, role), session: sessionPolicies(store, caller) };
    }
  }
}

/** What a session of the role may hold at most. */
export function policiesOfRole(store: Store, role: Role): Held {
  return { identity: policiesOfIdentity(store, role), boundary: boundaryOf(store, role.boundary) };
}

/** The role that a caller has assumed. */
export function roleOfSession(store: Store, { accountId, arn }: Caller): Role | undefined {
  const [, roleName = ""] = arn.split("/");
  return roles(store).get(keyOf(accountId, roleName));
}

/** The role of that ARN, path included. */
export function findRole(store: Store, roleArn: string): Role | undefined {
  const [, accountId = "", path = "", name = ""] =
    /^arn:aws:iam::(\d{12}):role(\/(?:.*\/)?)([^/]+)$/.exec(roleArn) ?? [];
  const role = roles(store).get(keyOf(accountId, name));
  return role?.path === path && role.name === name ? role : undefined;
}

/** A stored document, compiled: those that were asked for lately stay so. */
export function compiled(json: string, kind: PolicyKind): Policy {
  const lately = compiledLately[kind];
  const known = lately.get(json);
  if (known !== undefined) return known;
  const { policy, problems } = readPolicy(json, kind);
  // Documents are checked when they come in.
  if (policy === undefined) throw new Error(`A stored policy cannot be read: ${problems[0]?.message}`);
  if (lately.size >= MOST_COMPILED) lately.clear();
  lately.set(json, policy);
  return policy;
}

const MOST_COMPILED = 2000;
const compiledLately: Readonly<Record<PolicyKind, Map<string, Policy>>> = {
  identity: new Map(),
  trust: new Map(),
  resource: new Map(),
};

/** Attached and inline. */
export function policiesOfIdentity(store: Store, { attached, inline }: Identity): Policy[] {
  return [...managedPolicies(store, attached), ...Object.values(inline).map((json) => compiled(json, "identity"))];
}

/** A boundary whose policy is gone allows nothing. */
function boundaryOf(store: Store, arn: string | undefined): Policy | undefined {
  if (arn === undefined) return undefined;
  return managedPolicies(store, [arn])[0] ?? EMPTY_POLICY;
}

function sessionPolicies(store: Store, { accessKeyId }: Caller): Policy[] | undefined {
  const limits = accessKeyId === undefined ? undefined : sessions(store).get(accessKeyId)?.policies;
  if (limits === undefined) return undefined;
  const inline = limits.inline === undefined ? [] : [compiled(limits.inline, "identity")];
  return [...managedPolicies(store, limits.managed), ...inline];
}

/** Those of the ARNs that are there. */
function managedPolicies(store: Store, arns: readonly string[]): Policy[] {
  return arns.flatMap((arn) => {
    const document = managedDocument(store, arn);
    return document === undefined ? [] : [named(compiled(document, "identity"), arn)];
  });
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
