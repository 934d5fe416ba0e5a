import type { ChangeStatus, ErrorDetail, FailureCode, Intent } from "@aws-sdk/client-marketplace-catalog";
import type { Change } from "../../marketplace/changes/change-type";
import type { Caller } from "../service";
import type { Store, Table } from "../storage/store";
import { notFound } from "./refusals";

/** A change as it was asked for. */
export interface RequestedChange extends Change {
  /** `Details` as it was sent; absent when the client sent `DetailsDocument`. */
  readonly text?: string;
}

/** How a change set stands. Moments are RFC 3339 with milliseconds. */
export interface ChangeSet {
  readonly id: string;
  readonly caller: Caller;
  readonly name: string;
  readonly intent: Intent;
  readonly status: ChangeStatus;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** When the clock lets it pass from one stage to the next. */
  readonly timetable: {
    /** The checks that need no copying, scanning or review: most mistakes come back here. */
    readonly check: string;
    readonly apply: string;
    readonly end: string;
  };
  /** The first checks are behind it. */
  readonly checked?: true;
  /** Existing entities that it names; once it has succeeded, also those that it made. Bare ids. */
  readonly entityIds: readonly string[];
  /** Entities of type Offer that it makes or changes; they count towards a quota while it runs. */
  readonly offers: number;
  /** `prod-…@2` for each change, once it has succeeded. */
  readonly identifiers?: readonly string[];
  readonly failure?: {
    readonly code: FailureCode;
    readonly description: string;
    /** For each change by its place, what is wrong with it. */
    readonly errors: Readonly<Record<number, readonly ErrorDetail[]>>;
  };
}

/** Nothing more happens to a change set in one of these. */
export function hasEnded(changeSet: Pick<ChangeSet, "status">): boolean {
  return changeSet.status !== "PREPARING" && changeSet.status !== "APPLYING";
}

/** The quota page promises 90 days of history after the end: Service quotas for the AWS Marketplace Catalog API. */
const HISTORY_DAYS = 90;

/** Change sets by account. The changes lie apart from the state, so that a change of state stays a small write. */
export interface ChangeSets {
  get(account: string, id: string): ChangeSet | undefined;
  changesOf(changeSet: ChangeSet): readonly RequestedChange[];
  /** All of an account, in no particular order. */
  of(account: string): Iterable<ChangeSet>;
  /** Those that have not ended: of an account, or of all accounts. */
  open(account?: string): Iterable<ChangeSet>;
  add(changeSet: ChangeSet, changes: readonly RequestedChange[]): void;
  put(changeSet: ChangeSet): void;
}

export function changeSetsIn(store: Store): ChangeSets {
  const states: Table<ChangeSet> = store.table("catalog.change-sets");
  const requests: Table<readonly RequestedChange[]> = store.table("catalog.change-set-requests");
  const running: Table<true> = store.table("catalog.open-change-sets");
  const keyOf = (changeSet: ChangeSet) => `${changeSet.caller.accountId}/${changeSet.id}`;
  return {
    get: (account, id) => states.get(`${account}/${id}`),
    changesOf: (changeSet) => requests.get(keyOf(changeSet)) ?? [],
    *of(account) {
      for (const [, changeSet] of states.list(`${account}/`)) yield changeSet;
    },
    *open(account) {
      for (const [key] of running.list(account === undefined ? "" : `${account}/`)) {
        const changeSet = states.get(key);
        if (changeSet !== undefined) yield changeSet;
      }
    },
    add(changeSet, changes) {
      requests.put(keyOf(changeSet), changes);
      this.put(changeSet);
    },
    put(changeSet) {
      states.put(keyOf(changeSet), changeSet);
      if (hasEnded(changeSet)) running.delete(keyOf(changeSet));
      else running.put(keyOf(changeSet), true);
    },
  };
}

/** Past the time for which the catalog remembers it. */
export function isForgotten(changeSet: ChangeSet, now: Date): boolean {
  if (changeSet.endedAt === undefined) return false;
  return now.getTime() - Date.parse(changeSet.endedAt) > HISTORY_DAYS * 24 * 3600 * 1000;
}

/** The account's change set of that id; ResourceNotFoundException when there is none, or it is another account's. */
export function ownChangeSet(store: Store, account: string, id: string, now: Date): ChangeSet {
  const changeSet = changeSetsIn(store).get(account, id);
  if (changeSet === undefined || isForgotten(changeSet, now)) {
    throw notFound(`The change set ${id} was not found in the catalog of account ${account}.`);
  }
  return changeSet;
}
