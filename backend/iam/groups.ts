import type {
  AddUserToGroupRequest,
  CreateGroupRequest,
  CreateGroupResponse,
  DeleteGroupRequest,
  GetGroupRequest,
  GetGroupResponse,
  Group as GroupAnswer,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListGroupsRequest,
  ListGroupsResponse,
  RemoveUserFromGroupRequest,
  UpdateGroupRequest,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { answerDate } from "./dates";
import { deleteConflict, keepWithin, noSuchEntity } from "./errors";
import { add, all, checkFree, find, group as kind, orderOf, remove, save, user as userKind } from "./identities";
import { newUniqueId } from "./ids";
import { page } from "./paging";
import { arnOf, type Group, keyOf, type User } from "./records";
import { userAnswer } from "./users";

const MOST_GROUPS_OF_A_USER = 10;

export const groupHandlers = {
  CreateGroup(ctx: Context, { GroupName, Path }: CreateGroupRequest): CreateGroupResponse {
    const group = add(ctx, kind, {
      accountId: ctx.caller.accountId,
      name: GroupName ?? "",
      path: Path ?? "/",
      id: newUniqueId("AGPA"),
      createDate: ctx.market.clock.now().toISOString(),
      attached: [],
      inline: {},
    });
    return { Group: groupAnswer(group) };
  },

  /** With its users. */
  GetGroup(ctx: Context, input: GetGroupRequest): GetGroupResponse {
    const group = find(ctx, kind, input.GroupName);
    const { items, end } = page(membersOf(ctx, group), input, orderOf);
    return { Group: groupAnswer(group), Users: items.map(userAnswer), ...end };
  },

  ListGroups(ctx: Context, input: ListGroupsRequest): ListGroupsResponse {
    const { items, end } = page(all(ctx, kind, input.PathPrefix), input, orderOf);
    return { Groups: items.map(groupAnswer), ...end };
  },

  UpdateGroup(ctx: Context, { GroupName, NewGroupName, NewPath }: UpdateGroupRequest): object {
    const group = find(ctx, kind, GroupName);
    const name = NewGroupName ?? group.name;
    if (keyOf(group.accountId, name) !== keyOf(group.accountId, group.name)) checkFree(ctx, kind, name);
    for (const user of membersOf(ctx, group)) {
      save(ctx, userKind, { ...user, groups: user.groups.map((one) => (one === group.name ? name : one)) });
    }
    remove(ctx, kind, group);
    save(ctx, kind, { ...group, name, path: NewPath ?? group.path });
    return {};
  },

  DeleteGroup(ctx: Context, { GroupName }: DeleteGroupRequest): object {
    const group = find(ctx, kind, GroupName);
    if (membersOf(ctx, group).length > 0)
      throw deleteConflict("Cannot delete entity, must remove users from group first.");
    if (group.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (Object.keys(group.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    remove(ctx, kind, group);
    return {};
  },

  /** Once more changes nothing. */
  AddUserToGroup(ctx: Context, { GroupName, UserName }: AddUserToGroupRequest): object {
    const group = find(ctx, kind, GroupName);
    const user = find(ctx, userKind, UserName);
    const groups = [...new Set([...user.groups, group.name])];
    keepWithin(groups.length, MOST_GROUPS_OF_A_USER, `Cannot exceed quota for GroupsPerUser: ${MOST_GROUPS_OF_A_USER}`);
    save(ctx, userKind, { ...user, groups });
    return {};
  },

  RemoveUserFromGroup(ctx: Context, { GroupName, UserName }: RemoveUserFromGroupRequest): object {
    const group = find(ctx, kind, GroupName);
    const user = find(ctx, userKind, UserName);
    if (!user.groups.includes(group.name)) throw noSuchEntity(`User ${user.name} not in group ${group.name}.`);
    save(ctx, userKind, { ...user, groups: user.groups.filter((name) => name !== group.name) });
    return {};
  },

  ListGroupsForUser(ctx: Context, input: ListGroupsForUserRequest): ListGroupsForUserResponse {
    const user = find(ctx, userKind, input.UserName);
    const joined = all(ctx, kind).filter(({ name }) => user.groups.includes(name));
    const { items, end } = page(joined, input, orderOf);
    return { Groups: items.map(groupAnswer), ...end };
  },
};

function membersOf(ctx: Context, { name }: Group): User[] {
  return all(ctx, userKind).filter(({ groups }) => groups.includes(name));
}

function groupAnswer(group: Group): GroupAnswer {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf("group", group),
    CreateDate: answerDate(group.createDate),
  };
}
