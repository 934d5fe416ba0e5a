import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { alreadyExists, keepAccountWithin, noSuchEntity } from "./errors";
import { type Group, groups, type Identity, keyOf, type Role, roles, type User, users } from "./records";

/** What operations on users, groups and roles have in common, and in which numbers they differ. */
export interface Kind<T extends Identity> {
  readonly noun: "user" | "group" | "role";
  readonly table: (store: Store) => Table<T>;
  /** In an account. */
  readonly most: number;
  /** Characters of all its inline policies together. */
  readonly mostInline: number;
}

/** Numbers of IAM User Guide, "IAM and AWS STS quotas". */
export const user: Kind<User> = { noun: "user", table: users, most: 5000, mostInline: 2048 };
export const group: Kind<Group> = { noun: "group", table: groups, most: 300, mostInline: 5120 };
export const role: Kind<Role> = { noun: "role", table: roles, most: 1000, mostInline: 10240 };

/** The caller's user, group or role of that name. */
export function find<T extends Identity>(ctx: Context, { noun, table }: Kind<T>, name: string | undefined): T {
  const found = table(ctx.market.store).get(keyOf(ctx.caller.accountId, name ?? ""));
  if (found?.name !== name || found === undefined) throw noSuchEntity(`The ${noun} with name ${name} cannot be found.`);
  return found;
}

/** Puts a changed one in the old one's place. */
export function save<T extends Identity>(ctx: Context, { table }: Kind<T>, changed: T): T {
  table(ctx.market.store).put(keyOf(changed.accountId, changed.name), changed);
  return changed;
}

/** Adds one under a name that is free. */
export function add<T extends Identity>(ctx: Context, kind: Kind<T>, fresh: T): T {
  checkFree(ctx, kind, fresh.name);
  keepAccountWithin(ctx, all(ctx, kind).length + 1, kind.most, quota(kind));
  return save(ctx, kind, fresh);
}

export function checkFree<T extends Identity>(ctx: Context, { noun, table }: Kind<T>, name: string): void {
  if (table(ctx.market.store).get(keyOf(ctx.caller.accountId, name)) === undefined) return;
  throw alreadyExists(`${capital(noun)} with name ${name} already exists.`);
}

export function remove<T extends Identity>(ctx: Context, { table }: Kind<T>, { accountId, name }: T): void {
  table(ctx.market.store).delete(keyOf(accountId, name));
}

/** The caller's, in order of name whatever their case; those under a path. */
export function all<T extends Identity>(ctx: Context, { table }: Kind<T>, pathPrefix = "/"): T[] {
  const found = [...table(ctx.market.store).list(`${ctx.caller.accountId}/`)].map(([, one]) => one);
  return found.filter(({ path }) => path.startsWith(pathPrefix));
}

/** Its place among its like, for pages. */
export function orderOf({ name }: { readonly name: string }): string {
  return name.toLowerCase();
}

function quota({ noun }: Kind<Identity>): string {
  return `${capital(noun)}sPerAccount`;
}

function capital(noun: string): string {
  return noun.slice(0, 1).toUpperCase() + noun.slice(1);
}
