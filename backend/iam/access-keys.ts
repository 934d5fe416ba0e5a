import type { Caller } from "../service";
import type { Store } from "../storage/store";
import { sessions } from "../sts/sessions";
import { newAccessKeyId, newSecretAccessKey } from "./ids";
import { type AccessKey, accessKeys, arnOf, keyOf, roles, users } from "./records";

/** What a signature is verified with, and whom it proves. */
export interface FoundKey {
  readonly secretAccessKey: string;
  /** Of temporary credentials: the request must carry the same. */
  readonly sessionToken?: string;
  readonly expiration?: Date;
  /** False: its owner has switched it off. */
  readonly active: boolean;
  readonly caller: Caller;
}

/** The key of that id: a user's, a root's, or one of a session that STS gave out. Sessions of a user or role end with it. */
export function findAccessKey(store: Store, accessKeyId: string): FoundKey | undefined {
  const session = sessions(store).get(accessKeyId);
  if (session !== undefined && isThere(store, session.caller)) {
    const { secretAccessKey, sessionToken, expiration } = session;
    const caller = { ...session.caller, accessKeyId };
    return { secretAccessKey, sessionToken, expiration: new Date(expiration), active: true, caller };
  }
  const key = accessKeys(store).get(accessKeyId);
  if (key === undefined) return undefined;
  return { secretAccessKey: key.secret, active: key.active, caller: { ...ownerOf(store, key), accessKeyId } };
}

/** Makes a key for a user or, without a name, for the root of the account. */
export function createAccessKey(store: Store, accountId: string, userName: string | undefined, now: Date): AccessKey {
  const key: AccessKey = {
    id: newAccessKeyId("AKIA"),
    secret: newSecretAccessKey(),
    accountId,
    ...(userName !== undefined && { userName }),
    active: true,
    createDate: now.toISOString(),
  };
  accessKeys(store).put(key.id, key);
  return key;
}

/** A user's keys or, of an account without a name, its root's: oldest first. */
export function keysOfUser(store: Store, owner: { readonly accountId: string; readonly name?: string }): AccessKey[] {
  const keys = [...accessKeys(store).list()].map(([, key]) => key);
  const owned = keys.filter(({ accountId, userName }) => accountId === owner.accountId && userName === owner.name);
  return owned.toSorted((a, b) => a.createDate.localeCompare(b.createDate) || a.id.localeCompare(b.id));
}

/** The root of an account, as a caller. */
export function rootOf(accountId: string): Caller {
  return { accountId, kind: "root", arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
}

function ownerOf(store: Store, { id, accountId, userName }: AccessKey): Caller {
  if (userName === undefined) return rootOf(accountId);
  const user = users(store).get(keyOf(accountId, userName));
  if (user === undefined) throw new Error(`Access key ${id} has outlived its user ${userName}.`);
  return { accountId, kind: "user", arn: arnOf("user", user), userId: user.id };
}

/** The same user or role, not a new one of the same name. */
function isThere(store: Store, { kind, accountId, arn, userId }: Caller): boolean {
  switch (kind) {
    case "root":
      return true;
    case "user":
      return users(store).get(keyOf(accountId, arn.slice(arn.lastIndexOf("/") + 1)))?.id === userId;
    case "assumed-role": {
      const [, role = ""] = arn.split("/");
      return roles(store).get(keyOf(accountId, role))?.id === userId.split(":")[0];
    }
  }
}
