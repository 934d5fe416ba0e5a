import type { Account } from "./accounts";
import type { Host } from "./host/host";
import type { CheckFailure, Diff, Properties } from "./provider";

/** Where a reconciler works: an account, and the process it runs in. */
export interface Place {
  readonly host: Host;
  readonly account: Account;
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
