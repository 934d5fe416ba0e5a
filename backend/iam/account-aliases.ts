import type {
  CreateAccountAliasRequest,
  DeleteAccountAliasRequest,
  ListAccountAliasesResponse,
} from "@aws-sdk/client-iam";

import type { Context } from "../service";
import type { Store, Table } from "../storage/store";
import { alreadyExists, noSuchEntity } from "./errors";

/** Account ids by alias: an alias is some account's, or nobody's. */
const accountsByAlias = (store: Store): Table<string> => store.table("iam-account-aliases");

/** The name of an account in its sign-in address. It has one at most: a new one takes the place of the old. */
export const accountAliasHandlers = {
  CreateAccountAlias({ market, caller }: Context, { AccountAlias = "" }: CreateAccountAliasRequest): object {
    const owner = accountsByAlias(market.store).get(AccountAlias);
    if (owner !== undefined && owner !== caller.accountId) {
      throw alreadyExists(`The account alias ${AccountAlias} already exists.`);
    }
    const before = aliasOf(market.store, caller.accountId);
    if (before !== undefined) accountsByAlias(market.store).delete(before);
    accountsByAlias(market.store).put(AccountAlias, caller.accountId);
    return {};
  },

  DeleteAccountAlias({ market, caller }: Context, { AccountAlias = "" }: DeleteAccountAliasRequest): object {
    if (accountsByAlias(market.store).get(AccountAlias) !== caller.accountId) {
      throw noSuchEntity(`The Account Alias ${AccountAlias} cannot be found.`);
    }
    accountsByAlias(market.store).delete(AccountAlias);
    return {};
  },

  ListAccountAliases({ market, caller }: Context): ListAccountAliasesResponse {
    const alias = aliasOf(market.store, caller.accountId);
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
  },
};

/** The account's alias, where it has one. */
export function aliasOf(store: Store, accountId: string): string | undefined {
  for (const [alias, owner] of accountsByAlias(store).list()) if (owner === accountId) return alias;
  return undefined;
}
