import type {
  AddRoleToInstanceProfileRequest,
  CreateInstanceProfileRequest,
  CreateInstanceProfileResponse,
  DeleteInstanceProfileRequest,
  GetInstanceProfileRequest,
  GetInstanceProfileResponse,
  InstanceProfile as ProfileAnswer,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  ListInstanceProfilesRequest,
  ListInstanceProfilesResponse,
  RemoveRoleFromInstanceProfileRequest,
} from "@aws-sdk/client-iam";

import { AwsError, type Context } from "../service";
import { answerDate } from "./dates";
import { alreadyExists, deleteConflict, noSuchEntity } from "./errors";
import { find as findIdentity, orderOf, role as roleKind } from "./identities";
import { newUniqueId } from "./ids";
import { page } from "./paging";
import { arnOf, type InstanceProfile, instanceProfiles, keyOf, roles } from "./records";
import { roleAnswer } from "./roles";
import { tagList, withTags } from "./tags";

export const instanceProfileHandlers = {
  CreateInstanceProfile(ctx: Context, input: CreateInstanceProfileRequest): CreateInstanceProfileResponse {
    const name = input.InstanceProfileName ?? "";
    if (instanceProfiles(ctx.market.store).get(keyOf(ctx.caller.accountId, name)) !== undefined) {
      throw alreadyExists(`Instance Profile ${name} already exists.`);
    }
    const profile = save(ctx, {
      accountId: ctx.caller.accountId,
      name,
      path: input.Path ?? "/",
      id: newUniqueId("AIPA"),
      createDate: ctx.market.clock.now().toISOString(),
      tags: withTags({}, input.Tags),
    });
    return { InstanceProfile: profileAnswer(ctx, profile) };
  },

  GetInstanceProfile(ctx: Context, input: GetInstanceProfileRequest): GetInstanceProfileResponse {
    return { InstanceProfile: profileAnswer(ctx, find(ctx, input.InstanceProfileName)) };
  },

  ListInstanceProfiles(ctx: Context, input: ListInstanceProfilesRequest): ListInstanceProfilesResponse {
    const under = all(ctx).filter(({ path }) => path.startsWith(input.PathPrefix ?? "/"));
    const { items, end } = page(under, input, orderOf);
    return { InstanceProfiles: items.map((profile) => profileAnswer(ctx, profile)), ...end };
  },

  ListInstanceProfilesForRole(
    ctx: Context,
    input: ListInstanceProfilesForRoleRequest,
  ): ListInstanceProfilesForRoleResponse {
    const { name } = findIdentity(ctx, roleKind, input.RoleName);
    const { items, end } = page(
      all(ctx).filter(({ role }) => role === name),
      input,
      orderOf,
    );
    return { InstanceProfiles: items.map((profile) => profileAnswer(ctx, profile)), ...end };
  },

  AddRoleToInstanceProfile(ctx: Context, input: AddRoleToInstanceProfileRequest): object {
    const profile = find(ctx, input.InstanceProfileName);
    const { name } = findIdentity(ctx, roleKind, input.RoleName);
    if (profile.role !== undefined) {
      throw new AwsError("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1", {
        status: 409,
      });
    }
    save(ctx, { ...profile, role: name });
    return {};
  },

  RemoveRoleFromInstanceProfile(ctx: Context, input: RemoveRoleFromInstanceProfileRequest): object {
    const { role, ...profile } = find(ctx, input.InstanceProfileName);
    if (role !== input.RoleName)
      throw noSuchEntity(`Role ${input.RoleName} in Instance Profile ${profile.name} cannot be found.`);
    save(ctx, profile);
    return {};
  },

  DeleteInstanceProfile(ctx: Context, input: DeleteInstanceProfileRequest): object {
    const profile = find(ctx, input.InstanceProfileName);
    if (profile.role !== undefined)
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    instanceProfiles(ctx.market.store).delete(keyOf(profile.accountId, profile.name));
    return {};
  },
};

function find(ctx: Context, name: string | undefined): InstanceProfile {
  const profile = instanceProfiles(ctx.market.store).get(keyOf(ctx.caller.accountId, name ?? ""));
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

function save(ctx: Context, profile: InstanceProfile): InstanceProfile {
  instanceProfiles(ctx.market.store).put(keyOf(profile.accountId, profile.name), profile);
  return profile;
}

function all(ctx: Context): InstanceProfile[] {
  return [...instanceProfiles(ctx.market.store).list(`${ctx.caller.accountId}/`)].map(([, profile]) => profile);
}

function profileAnswer({ market }: Context, profile: InstanceProfile): ProfileAnswer {
  const role = profile.role === undefined ? undefined : roles(market.store).get(keyOf(profile.accountId, profile.role));
  const Tags = tagList(profile.tags);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: arnOf("instance-profile", profile),
    CreateDate: answerDate(profile.createDate),
    Roles: role === undefined ? [] : [roleAnswer(role)],
    ...(Tags.length > 0 && { Tags }),
  };
}
