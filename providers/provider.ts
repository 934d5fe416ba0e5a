/** A resource's properties as Pulumi hands them over: plain JSON values, unknown ones as `unknownText`. */
export type Properties = { readonly [name: string]: unknown };

export interface CheckFailure {
  /** A property path: `pricing.hourly["m5.large"]`. */
  readonly property: string;
  readonly reason: string;
}

/** Stack configuration as Pulumi gives it to a dynamic provider. */
export interface StackConfig {
  /** `get("marketplace:endpoint")` */
  get(key: string): string | undefined;
}

/** What Pulumi's dynamic provider host calls, with every method there: a host may be another one tomorrow. */
export interface Provider {
  /** Called once in a process, before anything else, and must not wait for anything: the next call comes at once. */
  configure(request: { readonly config: StackConfig }): Promise<void>;
  /** Judges and completes the inputs; offline. `olds` are the inputs of the last run, empty for a new resource. */
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ readonly inputs: Properties; readonly failures: readonly CheckFailure[] }>;
  /** Compares declared with last known state; offline. */
  diff(id: string, olds: Properties, news: Properties): Promise<Diff>;
  create(inputs: Properties): Promise<{ readonly id: string; readonly outs: Properties }>;
  /** An empty answer says that the thing is gone. */
  read(
    id: string,
    props: Properties,
  ): Promise<{ readonly id?: string; readonly props?: Properties; readonly inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ readonly outs: Properties }>;
  delete(id: string, props: Properties): Promise<void>;
}

export interface Diff {
  readonly changes: boolean;
  /** Properties that AWS cannot change, so that a new thing must replace the old. */
  readonly replaces?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

/**
 * The thing exists, but not as declared. Pulumi saves what is there together with the reasons, and the next run goes on
 * from that; the host recognises the error by these very members.
 */
export class PartlyDone extends Error {
  override readonly name = "PartlyDone";
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: Properties,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(reason, { cause });
    this.reasons = [reason];
  }
}
