import type { Account } from "./accounts";
import type { Host } from "./host/host";
import type { CheckFailure, Diff, Properties } from "./provider";

/** Where a reconciler works: an account, and the process it runs in. */
export interface Place {
  readonly host: Host;
  readonly account: Account;
  readonly claims: Claims;
}

/** Whose is what in this run, by AWS's ids. */
export interface Claims {
  /** Known to stand in the state already. */
  readonly held: Set<string>;
  /** Found at AWS, made by an earlier run that could not save it, and taken over by a resource that was to make one. */
  readonly takenOver: Set<string>;
}

/**
 * What a resource needs to know of its kind, apart from who hosts it. Inputs come without Pulumi's own members; what
 * `check` and `diff` are given may hold unknown values.
 */
export interface Reconciler {
  check(olds: Properties, news: Properties): Promise<Checked> | Checked;
  diff(olds: Properties, news: Properties): Diff;
  create(place: Place, inputs: Properties): Promise<{ readonly id: string; readonly outs: Properties }>;
  /** Undefined when the thing is gone. */
  read(
    place: Place,
    id: string,
    props: Properties,
  ): Promise<{ readonly props: Properties; readonly inputs: Properties } | undefined>;
  update(place: Place, id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(place: Place, id: string, props: Properties): Promise<void>;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}
