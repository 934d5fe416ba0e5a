import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  UpdateUserRequest,
  User as UserAnswer,
} from "@aws-sdk/client-iam";

import { createDateOf } from "../accounts";
import { AwsError, type Context } from "../service";
import { keysOfUser } from "./access-keys";
import { boundaryAnswer, checkBoundary } from "./boundaries";
import { answerDate } from "./dates";
import { deleteConflict } from "./errors";
import { add, all, checkFree, find, orderOf, remove, save, user as kind } from "./identities";
import { newUniqueId } from "./ids";
import { page } from "./paging";
import { accessKeys, arnOf, keyOf, type User } from "./records";
import { tagList, withTags } from "./tags";

export const userHandlers = {
  CreateUser(ctx: Context, input: CreateUserRequest): CreateUserResponse {
    const user = add(ctx, kind, {
      accountId: ctx.caller.accountId,
      name: input.UserName ?? "",
      path: input.Path ?? "/",
      id: newUniqueId("AIDA"),
      createDate: ctx.market.clock.now().toISOString(),
      attached: [],
      inline: {},
      tags: withTags({}, input.Tags),
      boundary: checkBoundary(ctx, input.PermissionsBoundary),
      groups: [],
    });
    return { User: { ...userAnswer(user), ...detailsAnswer(user) } };
  },

  /** Without a name, whoever asks. */
  GetUser(ctx: Context, { UserName }: GetUserRequest): GetUserResponse {
    if (UserName === undefined && ctx.caller.kind === "root") return { User: rootAnswer(ctx) };
    const user = find(ctx, kind, UserName ?? callersName(ctx));
    return { User: { ...userAnswer(user), ...detailsAnswer(user) } };
  },

  ListUsers(ctx: Context, input: ListUsersRequest): ListUsersResponse {
    const { items, end } = page(all(ctx, kind, input.PathPrefix), input, orderOf);
    return { Users: items.map(userAnswer), ...end };
  },

  /** A new name or path: its id, keys, groups and policies stay. */
  UpdateUser(ctx: Context, { UserName, NewUserName, NewPath }: UpdateUserRequest): object {
    const user = find(ctx, kind, UserName);
    const name = NewUserName ?? user.name;
    if (keyOf(user.accountId, name) !== keyOf(user.accountId, user.name)) checkFree(ctx, kind, name);
    remove(ctx, kind, user);
    save(ctx, kind, { ...user, name, path: NewPath ?? user.path });
    for (const key of keysOfUser(ctx.market.store, user)) {
      accessKeys(ctx.market.store).put(key.id, { ...key, userName: name });
    }
    return {};
  },

  DeleteUser(ctx: Context, { UserName }: DeleteUserRequest): object {
    const user = find(ctx, kind, UserName);
    if (keysOfUser(ctx.market.store, user).length > 0) {
      throw deleteConflict("Cannot delete entity, must delete access keys first.");
    }
    if (user.login !== undefined) throw deleteConflict("Cannot delete entity, must delete login profile first.");
    if (user.groups.length > 0) throw deleteConflict("Cannot delete entity, must remove users from group first.");
    if (user.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (Object.keys(user.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    remove(ctx, kind, user);
    return {};
  },
};

/** The name of the user who asks, where an operation takes it as given. */
export function callersName({ caller }: Context): string {
  if (caller.kind === "user") return caller.arn.slice(caller.arn.lastIndexOf("/") + 1);
  throw new AwsError("ValidationError", "Must specify userName when calling with non-User credentials", {
    status: 400,
  });
}

/** The account's root has no record of its own. */
function rootAnswer({ caller, market }: Context): UserAnswer {
  const CreateDate = createDateOf(market.store, caller.accountId);
  return { Path: "/", UserName: undefined, UserId: caller.accountId, Arn: caller.arn, CreateDate };
}

/** As lists show it. */
export function userAnswer(user: User): UserAnswer {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: arnOf("user", user),
    CreateDate: answerDate(user.createDate),
  };
}

function detailsAnswer({ tags, boundary }: User): Partial<UserAnswer> {
  const Tags = tagList(tags);
  return { ...(Tags.length > 0 && { Tags }), ...boundaryAnswer(boundary) };
}
