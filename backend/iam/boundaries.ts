import type {
  AttachedPermissionsBoundary,
  DeleteRolePermissionsBoundaryRequest,
  DeleteUserPermissionsBoundaryRequest,
  PutRolePermissionsBoundaryRequest,
  PutUserPermissionsBoundaryRequest,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { noSuchEntity } from "./errors";
import { find, type Kind, role, save, user } from "./identities";
import { managedDocument } from "./managed-policies";
import type { Role, User } from "./records";

/** Permissions boundaries: IAM User Guide, "Permissions boundaries for IAM entities". */
export const boundaryHandlers = {
  PutUserPermissionsBoundary: (ctx: Context, input: PutUserPermissionsBoundaryRequest) =>
    put(ctx, user, input.UserName, input.PermissionsBoundary),
  PutRolePermissionsBoundary: (ctx: Context, input: PutRolePermissionsBoundaryRequest) =>
    put(ctx, role, input.RoleName, input.PermissionsBoundary),
  DeleteUserPermissionsBoundary: (ctx: Context, input: DeleteUserPermissionsBoundaryRequest) =>
    drop(ctx, user, input.UserName),
  DeleteRolePermissionsBoundary: (ctx: Context, input: DeleteRolePermissionsBoundaryRequest) =>
    drop(ctx, role, input.RoleName),
};

/** The ARN of a managed policy that is there, to be a boundary. */
export function checkBoundary(ctx: Context, arn: string | undefined): string | undefined {
  if (arn === undefined || managedDocument(ctx.market.store, arn) !== undefined) return arn;
  throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}

export function boundaryAnswer(arn: string | undefined): { PermissionsBoundary?: AttachedPermissionsBoundary } {
  if (arn === undefined) return {};
  return { PermissionsBoundary: { PermissionsBoundaryType: "PermissionsBoundaryPolicy", PermissionsBoundaryArn: arn } };
}

function put<T extends User | Role>(ctx: Context, kind: Kind<T>, name: string | undefined, arn: string | undefined) {
  save(ctx, kind, { ...find(ctx, kind, name), boundary: checkBoundary(ctx, arn) });
  return {};
}

function drop<T extends User | Role>(ctx: Context, kind: Kind<T>, name: string | undefined) {
  save(ctx, kind, { ...find(ctx, kind, name), boundary: undefined });
  return {};
}
