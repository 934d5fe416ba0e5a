import type { Market } from "../service";
import type { Store } from "../storage/store";
import { changeSetsIn, hasEnded } from "./change-sets";
import { advance, failByFault } from "./stages";

/** Runs change sets between requests, each by itself. */
interface Runner {
  follow(account: string, id: string): void;
}

const runners = new WeakMap<Store, Runner>();

/** When a stage could not be written (a full disk, say), how long to wait before trying again. */
const AFTER_TROUBLE = 1000;

/** Takes up every change set that has not ended, and from now on each one that starts. Returns how to end that. */
export function runChangeSets(market: Market): () => void {
  const { store, clock } = market;
  const pending = new Set<() => void>();
  let stopped = false;

  const later = (at: Date, account: string, id: string) => {
    if (stopped) return;
    const cancel = clock.schedule(at, () => {
      pending.delete(cancel);
      if (!stopped) void step(account, id);
    });
    pending.add(cancel);
  };

  const step = async (account: string, id: string) => {
    try {
      const next = await store.transaction(() => stage(market, account, id));
      if (next !== undefined) later(next, account, id);
    } catch (error) {
      if (stopped) return;
      report(account, id, error);
      await giveUp(account, id);
    }
  };

  const giveUp = async (account: string, id: string) => {
    try {
      await store.transaction(() => {
        const changeSet = changeSetsIn(store).get(account, id);
        if (changeSet !== undefined && !hasEnded(changeSet)) failByFault(market, changeSet);
      });
    } catch {
      later(new Date(clock.now().getTime() + AFTER_TROUBLE), account, id);
    }
  };

  const runner: Runner = { follow: (account, id) => later(clock.now(), account, id) };
  runners.set(store, runner);
  void store.transaction(() => {
    for (const { caller, id } of changeSetsIn(store).open()) runner.follow(caller.accountId, id);
  });
  return () => {
    stopped = true;
    for (const cancel of pending) cancel();
    pending.clear();
    if (runners.get(store) === runner) runners.delete(store);
  };
}

/** Has a change set run that this transaction adds. Should the transaction fail, there will be nothing to run. */
export function followChangeSet(market: Market, account: string, id: string): void {
  runners.get(market.store)?.follow(account, id);
}

/** A fault of ours, for whoever runs the marketplace; its clients only hear that there was one. */
function report(account: string, id: string, fault: unknown): void {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  process.stderr.write(`marketplace: change set ${id} of account ${account} failed: ${text}\n`);
}

function stage(market: Market, account: string, id: string): Date | undefined {
  const changeSet = changeSetsIn(market.store).get(account, id);
  return changeSet === undefined || hasEnded(changeSet) ? undefined : advance(market, changeSet);
}
