import {
  accessKeys,
  arnOf,
  groups,
  instanceProfiles,
  keyOf,
  policies,
  type Role,
  roles,
  type Tags,
  type User,
  users,
} from "../../iam/records";
import type { Context } from "../../service";
import type { Store, Table } from "../../storage/store";
import type { ContextKeys } from "../policy";
import { keysOfResourceTags } from "../request-keys";

/** What the requests of IAM's operations name. */
export interface Asked {
  readonly UserName?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly RoleName?: string | undefined;
  readonly PolicyName?: string | undefined;
  readonly InstanceProfileName?: string | undefined;
  readonly Path?: string | undefined;
  readonly PathPrefix?: string | undefined;
  readonly NewUserName?: string | undefined;
  readonly NewGroupName?: string | undefined;
  readonly NewPath?: string | undefined;
  readonly PolicyArn?: string | undefined;
  readonly PolicySourceArn?: string | undefined;
  readonly PermissionsBoundary?: string | undefined;
  readonly AccessKeyId?: string | undefined;
  readonly AWSServiceName?: string | undefined;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}

/** What an IAM action is done to, as policies speak of it. */
export interface IamThing {
  readonly resource: string;
  readonly keys?: ContextKeys;
  /** The boundary that a user or role has, for actions that may be tied to one. */
  readonly boundary?: string | undefined;
}

export type Things = (ctx: Context, input: Asked) => readonly IamThing[];

type Kind = Parameters<typeof arnOf>[0];
type Kept = { readonly path: string; readonly name: string } & Partial<Pick<User & Role, "tags" | "boundary">>;

export const theUser: Things = (ctx, { UserName }) => [existing(ctx, "user", users, UserName)];
export const theGroup: Things = (ctx, { GroupName }) => [existing(ctx, "group", groups, GroupName)];
export const theRole: Things = (ctx, { RoleName }) => [existing(ctx, "role", roles, RoleName)];
export const theInstanceProfile: Things = (ctx, { InstanceProfileName }) => [
  existing(ctx, "instance-profile", instanceProfiles, InstanceProfileName),
];

export const newUser: Things = (ctx, { UserName, Path }) => [made(ctx, "user", UserName, Path)];
export const newGroup: Things = (ctx, { GroupName, Path }) => [made(ctx, "group", GroupName, Path)];
export const newRole: Things = (ctx, { RoleName, Path }) => [made(ctx, "role", RoleName, Path)];
export const newPolicy: Things = (ctx, { PolicyName, Path }) => [made(ctx, "policy", PolicyName, Path)];
export const newInstanceProfile: Things = (ctx, { InstanceProfileName, Path }) => [
  made(ctx, "instance-profile", InstanceProfileName, Path),
];

/** Named by its ARN. */
export const thePolicy: Things = ({ market, caller }, { PolicyArn = "" }) => {
  const name = PolicyArn.slice(PolicyArn.lastIndexOf("/") + 1);
  const own = PolicyArn.startsWith(`arn:aws:iam::${caller.accountId}:`);
  const policy = own ? policies(market.store).get(keyOf(caller.accountId, name)) : undefined;
  return [{ resource: PolicyArn, keys: tagKeys(policy?.tags) }];
};

/** Without a name, the user who asks. */
export const userOrCaller: Things = (ctx, input) => {
  if (input.UserName !== undefined) return theUser(ctx, input);
  if (ctx.caller.kind !== "user") return [{ resource: ctx.caller.arn }];
  const UserName = ctx.caller.arn.slice(ctx.caller.arn.lastIndexOf("/") + 1);
  return theUser(ctx, { UserName });
};

/** The user whose access key it is. */
export const fromKeyOwner: Things = (ctx, { AccessKeyId = "" }) => {
  const key = accessKeys(ctx.market.store).get(AccessKeyId);
  if (key?.accountId !== ctx.caller.accountId) return [{ resource: "*" }];
  return key.userName === undefined
    ? [{ resource: `arn:aws:iam::${key.accountId}:root` }]
    : theUser(ctx, { UserName: key.userName });
};

/** All of a kind, or those under a path: `arn:aws:iam::111122223333:user/sales/`. */
export function under(kind: Kind): Things {
  return ({ caller }, { PathPrefix = "/" }) => [
    { resource: arnOf(kind, { accountId: caller.accountId, path: PathPrefix, name: "" }) },
  ];
}

function existing<T extends Kept>(
  { market, caller }: Context,
  kind: Kind,
  table: (store: Store) => Table<T>,
  name = "",
): IamThing {
  const { accountId } = caller;
  const found = table(market.store).get(keyOf(accountId, name));
  return {
    resource: arnOf(kind, { accountId, path: found?.path ?? "/", name: found?.name ?? name }),
    keys: tagKeys(found?.tags),
    boundary: found?.boundary,
  };
}

function made({ caller: { accountId } }: Context, kind: Kind, name = "", path = "/"): IamThing {
  return { resource: arnOf(kind, { accountId, path, name }) };
}

function tagKeys(tags: Tags = {}): ContextKeys {
  return keysOfResourceTags(tags, ["aws", "iam"]);
}
