import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  Role as RoleAnswer,
  UpdateAssumeRolePolicyRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { boundaryAnswer, checkBoundary } from "./boundaries";
import { answerDate } from "./dates";
import { checkTrust, documentSize, encodeDocument } from "./documents";
import { deleteConflict, keepWithin } from "./errors";
import { add, all, find, orderOf, remove, role as kind, save } from "./identities";
import { newUniqueId } from "./ids";
import { page } from "./paging";
import { arnOf, instanceProfiles, type Role } from "./records";
import { tagList, withTags } from "./tags";

export const roleHandlers = {
  CreateRole(ctx: Context, input: CreateRoleRequest): CreateRoleResponse {
    const role = add(ctx, kind, {
      accountId: ctx.caller.accountId,
      name: input.RoleName ?? "",
      path: input.Path ?? "/",
      id: newUniqueId("AROA"),
      createDate: ctx.market.clock.now().toISOString(),
      attached: [],
      inline: {},
      tags: withTags({}, input.Tags),
      boundary: checkBoundary(ctx, input.PermissionsBoundary),
      trust: trustOf(ctx, input.AssumeRolePolicyDocument),
      description: input.Description ?? "",
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
    });
    const { Description, ...created } = roleAnswer(role);
    return { Role: { ...created, ...(Description !== "" && { Description }), ...detailsAnswer(role) } };
  },

  GetRole(ctx: Context, { RoleName }: GetRoleRequest): GetRoleResponse {
    const role = find(ctx, kind, RoleName);
    const { lastUsed } = role;
    const RoleLastUsed = lastUsed && { LastUsedDate: answerDate(lastUsed.date), Region: lastUsed.region };
    return { Role: { ...roleAnswer(role), ...detailsAnswer(role), RoleLastUsed: RoleLastUsed ?? {} } };
  },

  ListRoles(ctx: Context, input: ListRolesRequest): ListRolesResponse {
    const { items, end } = page(all(ctx, kind, input.PathPrefix), input, orderOf);
    return { Roles: items.map(roleAnswer), ...end };
  },

  UpdateRole(ctx: Context, { RoleName, Description, MaxSessionDuration }: UpdateRoleRequest): object {
    const role = find(ctx, kind, RoleName);
    const maxSessionDuration = MaxSessionDuration ?? role.maxSessionDuration;
    save(ctx, kind, { ...role, description: Description ?? role.description, maxSessionDuration });
    return {};
  },

  UpdateRoleDescription(
    ctx: Context,
    { RoleName, Description }: UpdateRoleDescriptionRequest,
  ): UpdateRoleDescriptionResponse {
    const changed = save(ctx, kind, { ...find(ctx, kind, RoleName), description: Description ?? "" });
    return { Role: roleAnswer(changed) };
  },

  UpdateAssumeRolePolicy(ctx: Context, { RoleName, PolicyDocument }: UpdateAssumeRolePolicyRequest): object {
    save(ctx, kind, { ...find(ctx, kind, RoleName), trust: trustOf(ctx, PolicyDocument) });
    return {};
  },

  DeleteRole(ctx: Context, { RoleName }: DeleteRoleRequest): object {
    const role = find(ctx, kind, RoleName);
    if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (Object.keys(role.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    const profiles = [...instanceProfiles(ctx.market.store).list(`${role.accountId}/`)];
    if (profiles.some(([, profile]) => profile.role === role.name)) {
      throw deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
    }
    remove(ctx, kind, role);
    return {};
  },
};

/** As lists show it; single replies add `detailsAnswer`. */
export function roleAnswer(role: Role): RoleAnswer {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: arnOf("role", role),
    CreateDate: answerDate(role.createDate),
    AssumeRolePolicyDocument: encodeDocument(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}

function detailsAnswer({ tags, boundary }: Role): Partial<RoleAnswer> {
  const Tags = tagList(tags);
  return { ...(Tags.length > 0 && { Tags }), ...boundaryAnswer(boundary) };
}

const MOST_TRUST = 2048;

function trustOf(ctx: Context, document: string | undefined): string {
  const trust = checkTrust(ctx, document);
  keepWithin(documentSize(trust), MOST_TRUST, `Cannot exceed quota for ACLSizePerRole: ${MOST_TRUST}`);
  return trust;
}
