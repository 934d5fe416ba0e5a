import type {
  ChangePasswordRequest,
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  DeleteLoginProfileRequest,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  LoginProfile as LoginProfileAnswer,
  UpdateLoginProfileRequest,
} from "@aws-sdk/client-iam";

import { AwsError, type Context } from "../service";
import { answerDate } from "./dates";
import { alreadyExists, noSuchEntity } from "./errors";
import { find, save, user as kind } from "./identities";
import { checkPassword, isPassword, sealPassword } from "./passwords";
import type { LoginProfile, User } from "./records";
import { callersName } from "./users";

/** Passwords of users for the console. Nothing here signs in with one; they are kept sealed and never shown. */
export const loginProfileHandlers = {
  CreateLoginProfile(ctx: Context, input: CreateLoginProfileRequest): CreateLoginProfileResponse {
    const user = userOf(ctx, input.UserName);
    if (user.login !== undefined) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
    const createDate = ctx.market.clock.now().toISOString();
    const login: LoginProfile = {
      createDate,
      changeDate: createDate,
      resetRequired: input.PasswordResetRequired ?? false,
      password: sealPassword(checkPassword(input.Password ?? "")),
    };
    save(ctx, kind, { ...user, login });
    return { LoginProfile: answer(user, login) };
  },

  GetLoginProfile(ctx: Context, { UserName }: GetLoginProfileRequest): GetLoginProfileResponse {
    const user = userOf(ctx, UserName);
    return { LoginProfile: answer(user, loginOf(user)) };
  },

  UpdateLoginProfile(ctx: Context, input: UpdateLoginProfileRequest): object {
    const user = userOf(ctx, input.UserName);
    const login = loginOf(user);
    const resetRequired = input.PasswordResetRequired ?? login.resetRequired;
    const changed = input.Password === undefined ? {} : newPassword(ctx, input.Password);
    save(ctx, kind, { ...user, login: { ...login, ...changed, resetRequired } });
    return {};
  },

  DeleteLoginProfile(ctx: Context, { UserName }: DeleteLoginProfileRequest): object {
    const user = userOf(ctx, UserName);
    loginOf(user);
    save(ctx, kind, { ...user, login: undefined });
    return {};
  },

  /** A user's own, who must know the old one. */
  ChangePassword(ctx: Context, { OldPassword = "", NewPassword = "" }: ChangePasswordRequest): object {
    if (ctx.caller.kind !== "user") {
      throw new AwsError("InvalidUserType", "Only a user can change a password of its own.", { status: 400 });
    }
    const user = userOf(ctx, undefined);
    const login = loginOf(user);
    if (!isPassword(login.password, OldPassword)) {
      throw new AwsError("AccessDenied", "The old password was incorrect.", { status: 403 });
    }
    save(ctx, kind, { ...user, login: { ...login, ...newPassword(ctx, NewPassword), resetRequired: false } });
    return {};
  },
};

function newPassword({ market }: Context, password: string): Pick<LoginProfile, "password" | "changeDate"> {
  return { password: sealPassword(checkPassword(password)), changeDate: market.clock.now().toISOString() };
}

function userOf(ctx: Context, name: string | undefined): User {
  return find(ctx, kind, name ?? callersName(ctx));
}

function loginOf({ name, login }: User): LoginProfile {
  if (login !== undefined) return login;
  throw noSuchEntity(`Login Profile for User ${name} cannot be found.`);
}

function answer({ name }: User, { createDate, resetRequired }: LoginProfile): LoginProfileAnswer {
  return { UserName: name, CreateDate: answerDate(createDate), PasswordResetRequired: resetRequired };
}
