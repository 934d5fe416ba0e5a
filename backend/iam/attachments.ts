import type * as Iam from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { keepWithin, noSuchEntity } from "./errors";
import { find, group, type Kind, role, save, user } from "./identities";
import { managedDocument } from "./managed-policies";
import { page, type PageRequest } from "./paging";
import type { Identity } from "./records";

const MOST_ATTACHED = 10;

/** Managed policies on users, groups and roles. */
export const attachmentHandlers = {
  AttachUserPolicy: (ctx: Context, input: Iam.AttachUserPolicyRequest) =>
    attach(ctx, user, input.UserName, input.PolicyArn),
  AttachGroupPolicy: (ctx: Context, input: Iam.AttachGroupPolicyRequest) =>
    attach(ctx, group, input.GroupName, input.PolicyArn),
  AttachRolePolicy: (ctx: Context, input: Iam.AttachRolePolicyRequest) =>
    attach(ctx, role, input.RoleName, input.PolicyArn),

  DetachUserPolicy: (ctx: Context, input: Iam.DetachUserPolicyRequest) =>
    detach(ctx, user, input.UserName, input.PolicyArn),
  DetachGroupPolicy: (ctx: Context, input: Iam.DetachGroupPolicyRequest) =>
    detach(ctx, group, input.GroupName, input.PolicyArn),
  DetachRolePolicy: (ctx: Context, input: Iam.DetachRolePolicyRequest) =>
    detach(ctx, role, input.RoleName, input.PolicyArn),

  ListAttachedUserPolicies: (ctx: Context, input: Iam.ListAttachedUserPoliciesRequest) =>
    list(ctx, user, input.UserName, input),
  ListAttachedGroupPolicies: (ctx: Context, input: Iam.ListAttachedGroupPoliciesRequest) =>
    list(ctx, group, input.GroupName, input),
  ListAttachedRolePolicies: (ctx: Context, input: Iam.ListAttachedRolePoliciesRequest) =>
    list(ctx, role, input.RoleName, input),
};

/** Once more changes nothing. Policies of other accounts cannot be attached. */
function attach<T extends Identity>(ctx: Context, kind: Kind<T>, name: string | undefined, arn = ""): object {
  const identity = find(ctx, kind, name);
  const foreign = !arn.startsWith("arn:aws:iam::aws:") && !arn.startsWith(`arn:aws:iam::${ctx.caller.accountId}:`);
  if (foreign || managedDocument(ctx.market.store, arn) === undefined) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  const attached = [...new Set([...identity.attached, arn])];
  const quota = `PoliciesPer${kind.noun.slice(0, 1).toUpperCase()}${kind.noun.slice(1)}`;
  keepWithin(attached.length, MOST_ATTACHED, `Cannot exceed quota for ${quota}: ${MOST_ATTACHED}`);
  save(ctx, kind, { ...identity, attached });
  return {};
}

function detach<T extends Identity>(ctx: Context, kind: Kind<T>, name: string | undefined, arn = ""): object {
  const identity = find(ctx, kind, name);
  if (!identity.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  save(ctx, kind, { ...identity, attached: identity.attached.filter((one) => one !== arn) });
  return {};
}

function list<T extends Identity>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  input: PageRequest & { readonly PathPrefix?: string },
) {
  const { attached } = find(ctx, kind, name);
  const under = attached.filter((arn) => pathOf(arn).startsWith(input.PathPrefix ?? "/"));
  const { items, end } = page(under.toSorted(), input, (arn) => arn);
  return { AttachedPolicies: items.map((arn) => ({ PolicyName: nameOf(arn), PolicyArn: arn })), ...end };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

function pathOf(arn: string): string {
  return arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);
}
