import type {
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  DeleteAccessKeyRequest,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  UpdateAccessKeyRequest,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { createAccessKey, keysOfUser } from "./access-keys";
import { answerDate } from "./dates";
import { keepWithin, noSuchEntity } from "./errors";
import { find, user } from "./identities";
import { keyUses } from "./key-use";
import { page } from "./paging";
import { type AccessKey, accessKeys } from "./records";
import { callersName } from "./users";

const MOST_KEYS = 2;

export const keyHandlers = {
  /** The only reply that ever shows the secret. */
  CreateAccessKey(ctx: Context, { UserName }: CreateAccessKeyRequest): CreateAccessKeyResponse {
    const owner = ownerOf(ctx, UserName);
    const count = keysOfUser(ctx.market.store, owner).length + 1;
    keepWithin(count, MOST_KEYS, `Cannot exceed quota for AccessKeysPerUser: ${MOST_KEYS}`);
    const key = createAccessKey(ctx.market.store, owner.accountId, owner.name, ctx.market.clock.now());
    return { AccessKey: { ...keyAnswer(key), UserName: key.userName, SecretAccessKey: key.secret } };
  },

  ListAccessKeys(ctx: Context, input: ListAccessKeysRequest): ListAccessKeysResponse {
    const keys = keysOfUser(ctx.market.store, ownerOf(ctx, input.UserName));
    const { items, end } = page(keys, input, ({ createDate, id }) => `${createDate} ${id}`);
    return { AccessKeyMetadata: items.map(keyAnswer), ...end };
  },

  UpdateAccessKey(ctx: Context, { UserName, AccessKeyId, Status }: UpdateAccessKeyRequest): object {
    const key = findKey(ctx, UserName, AccessKeyId);
    accessKeys(ctx.market.store).put(key.id, { ...key, active: Status === "Active" });
    return {};
  },

  DeleteAccessKey(ctx: Context, { UserName, AccessKeyId }: DeleteAccessKeyRequest): object {
    const { id } = findKey(ctx, UserName, AccessKeyId);
    accessKeys(ctx.market.store).delete(id);
    keyUses(ctx.market.store).delete(id);
    return {};
  },

  /** To a quarter of an hour. What was never used says `N/A`. */
  GetAccessKeyLastUsed(ctx: Context, { AccessKeyId }: GetAccessKeyLastUsedRequest): GetAccessKeyLastUsedResponse {
    const key = accessKeys(ctx.market.store).get(AccessKeyId ?? "");
    if (key?.accountId !== ctx.caller.accountId) throw noSuchKey(AccessKeyId);
    const use = keyUses(ctx.market.store).get(key.id);
    return {
      UserName: key.userName,
      AccessKeyLastUsed: {
        LastUsedDate: use && answerDate(use.date),
        ServiceName: use?.service ?? "N/A",
        Region: use?.region ?? "N/A",
      },
    };
  },
};

/** Whose keys: those of the named user, else of whoever asks. */
function ownerOf(ctx: Context, userName: string | undefined): { readonly accountId: string; readonly name?: string } {
  if (userName === undefined && ctx.caller.kind === "root") return { accountId: ctx.caller.accountId };
  return find(ctx, user, userName ?? callersName(ctx));
}

function findKey(ctx: Context, userName: string | undefined, id: string | undefined): AccessKey {
  const key = keysOfUser(ctx.market.store, ownerOf(ctx, userName)).find((one) => one.id === id);
  if (key === undefined) throw noSuchKey(id);
  return key;
}

function noSuchKey(id: string | undefined): Error {
  return noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}

function keyAnswer({ userName, id, active, createDate }: AccessKey) {
  const Status = active ? ("Active" as const) : ("Inactive" as const);
  return { UserName: userName, AccessKeyId: id, Status, CreateDate: answerDate(createDate) };
}
