import type { Account } from "../accounts";

const lines = new WeakMap<Account, Map<string, Promise<unknown>>>();

/** One after another for one person of an account: two memberships made at once must not both find the person in no group. */
export function inTurn<T>(account: Account, person: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(account) ?? new Map<string, Promise<unknown>>();
  lines.set(account, line);
  const mine = (line.get(person) ?? Promise.resolve()).then(work, work);
  line.set(person, mine);
  return mine;
}
