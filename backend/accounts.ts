import { createAccessKey } from "./iam/access-keys";
import { newUniqueId } from "./iam/ids";
import { type AccessKey, accessKeys, groups, keyOf, users } from "./iam/records";
import { registerSeller, type Seller } from "./sellers";
import type { Market } from "./service";
import type { Store, Table } from "./storage/store";

/** An account of the marketplace, with the access key of its administrator. */
export interface Account {
  readonly name: "seller" | "buyer" | "partner";
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface AccountRecord {
  readonly accountId: string;
  readonly name: Account["name"];
  readonly createDate: string;
  /** Of the administrator's key that is handed out at start. */
  readonly accessKeyId: string;
}

const ADMIN = "admin";
const ADMINISTRATORS = "Administrators";

const cast: readonly {
  readonly name: Account["name"];
  readonly accountId: string;
  readonly seller?: Omit<Seller, "accountId">;
}[] = [
  {
    name: "seller",
    accountId: "111122223333",
    seller: {
      legalName: "Example Corp, Inc.",
      displayName: "Example Corp",
      brands: ["Example Corp", "Example"],
      maySell: ["free", "byol", "paid"],
      channelPartner: false,
    },
  },
  { name: "buyer", accountId: "444455556666" },
  {
    name: "partner",
    accountId: "777788889999",
    seller: {
      legalName: "AnyCompany Resale, LLC",
      displayName: "AnyCompany Resale",
      brands: ["AnyCompany"],
      maySell: ["free", "byol", "paid"],
      channelPartner: true,
    },
  },
];

const accountRecords = (store: Store): Table<AccountRecord> => store.table("accounts");

/**
 * The accounts of this marketplace: a registered seller, a buyer and a channel partner, each with a user `admin` in a
 * group that may do everything. Made when the store is new; later starts find the same ones with the same keys, and
 * make a new key only where somebody has deleted the administrator's or switched it off.
 */
export function seedAccounts(market: Pick<Market, "store" | "clock">): Promise<Account[]> {
  const { store } = market;
  const now = market.clock.now();
  return market.store.transaction(() =>
    cast.map(({ name, accountId, seller }) => {
      const known = accountRecords(store).get(accountId);
      if (known === undefined && seller !== undefined) registerSeller(store, { accountId, ...seller });
      const key = administratorKey(store, accountId, known?.accessKeyId, now);
      if (key.id !== known?.accessKeyId) {
        const createDate = known?.createDate ?? now.toISOString();
        accountRecords(store).put(accountId, { accountId, name, createDate, accessKeyId: key.id });
      }
      return { name, accountId, accessKeyId: key.id, secretAccessKey: key.secret };
    }),
  );
}

/** Whether there is an account of that id. */
export function accountExists(store: Store, accountId: string): boolean {
  return accountRecords(store).get(accountId) !== undefined;
}

/** When the account was opened; before everything for an account that this marketplace does not have. */
export function createDateOf(store: Store, accountId: string): Date {
  return new Date(accountRecords(store).get(accountId)?.createDate ?? 0);
}

function administratorKey(store: Store, accountId: string, handedOut: string | undefined, now: Date): AccessKey {
  const key = handedOut === undefined ? undefined : accessKeys(store).get(handedOut);
  if (key?.active === true) return key;
  makeAdministrator(store, accountId, now);
  return createAccessKey(store, accountId, ADMIN, now);
}

function makeAdministrator(store: Store, accountId: string, now: Date): void {
  const common = { accountId, path: "/", createDate: now.toISOString(), inline: {} };
  const groupKey = keyOf(accountId, ADMINISTRATORS);
  const userKey = keyOf(accountId, ADMIN);
  if (groups(store).get(groupKey) === undefined) {
    const attached = ["arn:aws:iam::aws:policy/AdministratorAccess"];
    groups(store).put(groupKey, { ...common, name: ADMINISTRATORS, id: newUniqueId("AGPA"), attached });
  }
  if (users(store).get(userKey) === undefined) {
    const user = { ...common, name: ADMIN, id: newUniqueId("AIDA"), attached: [], tags: {}, groups: [ADMINISTRATORS] };
    users(store).put(userKey, user);
  }
}
