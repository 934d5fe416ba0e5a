import type * as Iam from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { checkDocument, documentSize, encodeDocument } from "./documents";
import { keepWithin, noSuchEntity } from "./errors";
import { find, group, type Kind, role, save, user } from "./identities";
import { page, type PageRequest } from "./paging";
import type { Identity } from "./records";

/** Policies that live and die with one user, group or role. */
export const inlinePolicyHandlers = {
  PutUserPolicy: (ctx: Context, input: Iam.PutUserPolicyRequest) => put(ctx, user, input.UserName, input),
  PutGroupPolicy: (ctx: Context, input: Iam.PutGroupPolicyRequest) => put(ctx, group, input.GroupName, input),
  PutRolePolicy: (ctx: Context, input: Iam.PutRolePolicyRequest) => put(ctx, role, input.RoleName, input),

  GetUserPolicy(ctx: Context, { UserName, PolicyName }: Iam.GetUserPolicyRequest): Iam.GetUserPolicyResponse {
    return { UserName, ...get(ctx, user, UserName, PolicyName) };
  },
  GetGroupPolicy(ctx: Context, { GroupName, PolicyName }: Iam.GetGroupPolicyRequest): Iam.GetGroupPolicyResponse {
    return { GroupName, ...get(ctx, group, GroupName, PolicyName) };
  },
  GetRolePolicy(ctx: Context, { RoleName, PolicyName }: Iam.GetRolePolicyRequest): Iam.GetRolePolicyResponse {
    return { RoleName, ...get(ctx, role, RoleName, PolicyName) };
  },

  ListUserPolicies: (ctx: Context, input: Iam.ListUserPoliciesRequest) => list(ctx, user, input.UserName, input),
  ListGroupPolicies: (ctx: Context, input: Iam.ListGroupPoliciesRequest) => list(ctx, group, input.GroupName, input),
  ListRolePolicies: (ctx: Context, input: Iam.ListRolePoliciesRequest) => list(ctx, role, input.RoleName, input),

  DeleteUserPolicy: (ctx: Context, input: Iam.DeleteUserPolicyRequest) => drop(ctx, user, input.UserName, input),
  DeleteGroupPolicy: (ctx: Context, input: Iam.DeleteGroupPolicyRequest) => drop(ctx, group, input.GroupName, input),
  DeleteRolePolicy: (ctx: Context, input: Iam.DeleteRolePolicyRequest) => drop(ctx, role, input.RoleName, input),
};

interface Named {
  readonly PolicyName: string | undefined;
}

function put<T extends Identity>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  { PolicyName = "", PolicyDocument }: Named & { readonly PolicyDocument: string | undefined },
): object {
  const identity = find(ctx, kind, name);
  const document = checkDocument(PolicyDocument, "identity");
  const inline = { ...identity.inline, [PolicyName]: document };
  const size = Object.values(inline).reduce((sum, one) => sum + documentSize(one), 0);
  const { noun, mostInline } = kind;
  keepWithin(size, mostInline, `Maximum policy size of ${mostInline} bytes exceeded for ${noun} ${identity.name}`);
  save(ctx, kind, { ...identity, inline });
  return {};
}

function get<T extends Identity>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  policyName: string | undefined,
) {
  const document = documentOf(find(ctx, kind, name), kind, policyName);
  return { PolicyName: policyName, PolicyDocument: encodeDocument(document) };
}

function list<T extends Identity>(ctx: Context, kind: Kind<T>, name: string | undefined, input: PageRequest) {
  const names = Object.keys(find(ctx, kind, name).inline).toSorted();
  const { items, end } = page(names, input, (one) => one);
  return { PolicyNames: items, ...end };
}

function drop<T extends Identity>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  { PolicyName }: Named,
): object {
  const identity = find(ctx, kind, name);
  documentOf(identity, kind, PolicyName);
  const left = Object.entries(identity.inline).filter(([one]) => one !== PolicyName);
  save(ctx, kind, { ...identity, inline: Object.fromEntries(left) });
  return {};
}

function documentOf<T extends Identity>({ inline }: T, { noun }: Kind<T>, policyName = ""): string {
  const document = Object.hasOwn(inline, policyName) ? inline[policyName] : undefined;
  if (document === undefined) throw noSuchEntity(`The ${noun} policy with name ${policyName} cannot be found.`);
  return document;
}
