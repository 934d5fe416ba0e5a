import type { Requester } from "./request";

/**
 * How a Principal element means a requester: by its own ARN or id, by the role it has assumed, as one of an account, or
 * as everyone. It matters, since only the first two grant by themselves.
 */
export type Reach = "self" | "role" | "account" | "everyone";

/** Principal or NotPrincipal, as lists by kind (`AWS`, `Service`, `Federated`, `CanonicalUser`). */
export type Principals = Readonly<Record<string, readonly string[]>>;

/** The closest way in which the principals mean the requester; undefined where they do not. */
export function reachOf(principals: Principals, requester: Requester): Reach | undefined {
  const listed = new Set(principals["AWS"]);
  if (requester.kind === "service") {
    if (principals["Service"]?.includes(requester.service) === true) return "self";
  } else if (requester.kind !== "anonymous") {
    if (listed.has(requester.arn) || listed.has(requester.id)) return "self";
    if (requester.kind === "assumed-role" && namesRole(listed, requester)) return "role";
    if (namesAccount(listed, requester.accountId)) return "account";
  }
  return listed.has("*") ? "everyone" : undefined;
}

/**
 * Whether NotPrincipal leaves the requester out. It must list all of the requester's names: the user or session, the
 * role and the account, since each of them is a principal: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
 */
export function isExempt(principals: Principals, requester: Requester): boolean {
  const listed = new Set(principals["AWS"]);
  if (listed.has("*")) return true;
  switch (requester.kind) {
    case "anonymous":
      return false;
    case "service":
      return principals["Service"]?.includes(requester.service) === true;
    case "root":
      return namesAccount(listed, requester.accountId);
    case "user":
      return listed.has(requester.arn) && namesAccount(listed, requester.accountId);
    case "assumed-role":
      return listed.has(requester.arn) && namesRole(listed, requester) && namesAccount(listed, requester.accountId);
  }
}

function namesRole(listed: ReadonlySet<string>, requester: Extract<Requester, { kind: "assumed-role" }>): boolean {
  const [roleId = ""] = requester.id.split(":");
  return listed.has(requester.roleArn) || listed.has(roleId);
}

function namesAccount(listed: ReadonlySet<string>, accountId: string): boolean {
  return listed.has(accountId) || listed.has(`arn:aws:iam::${accountId}:root`);
}
