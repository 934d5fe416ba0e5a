import type * as Iam from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { find, type Kind, role, save, user } from "./identities";
import { page, type PageRequest } from "./paging";
import { findPolicy, savePolicy } from "./policies";
import type { Role, Tags, User } from "./records";
import { tagList, withoutTags, withTags } from "./tags";

/** Tags on what is there already. */
export const tagHandlers = {
  TagUser: (ctx: Context, input: Iam.TagUserRequest) => tag(ctx, user, input.UserName, input.Tags),
  TagRole: (ctx: Context, input: Iam.TagRoleRequest) => tag(ctx, role, input.RoleName, input.Tags),
  UntagUser: (ctx: Context, input: Iam.UntagUserRequest) => untag(ctx, user, input.UserName, input.TagKeys),
  UntagRole: (ctx: Context, input: Iam.UntagRoleRequest) => untag(ctx, role, input.RoleName, input.TagKeys),
  ListUserTags: (ctx: Context, input: Iam.ListUserTagsRequest) => list(find(ctx, user, input.UserName).tags, input),
  ListRoleTags: (ctx: Context, input: Iam.ListRoleTagsRequest) => list(find(ctx, role, input.RoleName).tags, input),

  TagPolicy(ctx: Context, { PolicyArn, Tags }: Iam.TagPolicyRequest): object {
    const policy = findPolicy(ctx, PolicyArn);
    savePolicy(ctx, { ...policy, tags: withTags(policy.tags, Tags) });
    return {};
  },
  UntagPolicy(ctx: Context, { PolicyArn, TagKeys }: Iam.UntagPolicyRequest): object {
    const policy = findPolicy(ctx, PolicyArn);
    savePolicy(ctx, { ...policy, tags: withoutTags(policy.tags, TagKeys) });
    return {};
  },
  ListPolicyTags: (ctx: Context, input: Iam.ListPolicyTagsRequest) =>
    list(findPolicy(ctx, input.PolicyArn).tags, input),
};

function tag<T extends User | Role>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  tags: Iam.Tag[] | undefined,
): object {
  const identity = find(ctx, kind, name);
  save(ctx, kind, { ...identity, tags: withTags(identity.tags, tags) });
  return {};
}

function untag<T extends User | Role>(
  ctx: Context,
  kind: Kind<T>,
  name: string | undefined,
  keys: string[] | undefined,
): object {
  const identity = find(ctx, kind, name);
  save(ctx, kind, { ...identity, tags: withoutTags(identity.tags, keys) });
  return {};
}

function list(tags: Tags, input: PageRequest) {
  const sorted = tagList(tags).toSorted(({ Key: a = "" }, { Key: b = "" }) => (a < b ? -1 : Number(a > b)));
  const { items, end } = page(sorted, input, ({ Key = "" }) => Key);
  return { Tags: items, ...end };
}
