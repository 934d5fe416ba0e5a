import type { Store, Table } from "../storage/store";
import type { SealedPassword } from "./passwords";

/** What users, groups and roles have in common: a name in an account, and policies. */
export interface Identity {
  readonly accountId: string;
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** `AIDA…`, `AGPA…`, `AROA…` */
  readonly id: string;
  /** RFC 3339. */
  readonly createDate: string;
  /** ARNs of managed policies, in the order of attachment. */
  readonly attached: readonly string[];
  /** Inline policies: documents, as they came, by name. */
  readonly inline: Readonly<Record<string, string>>;
}

export interface User extends Identity {
  readonly tags: Tags;
  /** ARN of the managed policy that sets its permissions boundary. */
  readonly boundary?: string;
  /** Names of its groups, in the order of joining. */
  readonly groups: readonly string[];
  /** A password for the console, where it has one. */
  readonly login?: LoginProfile;
}

export interface LoginProfile {
  readonly createDate: string;
  /** When the password was last set. */
  readonly changeDate: string;
  readonly resetRequired: boolean;
  readonly password: SealedPassword;
}

export type Group = Identity;

export interface Role extends Identity {
  readonly tags: Tags;
  readonly boundary?: string;
  /** Who may assume it: a policy document, as it came. */
  readonly trust: string;
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly lastUsed?: { readonly date: string; readonly region: string };
}

/** A customer's managed policy. */
export interface ManagedPolicy {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description?: string;
  readonly createDate: string;
  readonly updateDate: string;
  readonly tags: Tags;
  /** Oldest first; at most five. */
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersionId: string;
  /** Number of the version that comes next: they are not used twice. */
  readonly nextVersion: number;
}

export interface PolicyVersion {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createDate: string;
}

/** A pair that signs requests for as long as its owner wants. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly accountId: string;
  /** Absent on a key of the account's root. */
  readonly userName?: string;
  readonly active: boolean;
  readonly createDate: string;
}

export interface InstanceProfile {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  /** `AIPA…` */
  readonly id: string;
  readonly createDate: string;
  readonly tags: Tags;
  /** Name of the one role it may hold. */
  readonly role?: string;
}

export type Tags = Readonly<Record<string, string>>;

export const users = (store: Store): Table<User> => store.table("iam-users");
export const groups = (store: Store): Table<Group> => store.table("iam-groups");
export const roles = (store: Store): Table<Role> => store.table("iam-roles");
export const policies = (store: Store): Table<ManagedPolicy> => store.table("iam-policies");
export const accessKeys = (store: Store): Table<AccessKey> => store.table("iam-access-keys");
export const instanceProfiles = (store: Store): Table<InstanceProfile> => store.table("iam-instance-profiles");

/** Names are unique in an account whatever their case: IAM User Guide, "IAM and AWS STS quotas". */
export function keyOf(accountId: string, name: string): string {
  return `${accountId}/${name.toLowerCase()}`;
}

/** `arn:aws:iam::111122223333:user/team/admin` */
export function arnOf(
  kind: "user" | "group" | "role" | "policy" | "instance-profile",
  { accountId, path, name }: { readonly accountId: string; readonly path: string; readonly name: string },
): string {
  return `arn:aws:iam::${accountId}:${kind}${path}${name}`;
}
