/** Who asks, with all the names under which a policy may mean them. */
export type Requester =
  | { readonly kind: "root" | "user"; readonly accountId: string; readonly arn: string; readonly id: string }
  | {
      readonly kind: "assumed-role";
      readonly accountId: string;
      /** `arn:aws:sts::111122223333:assumed-role/deploy/session` */
      readonly arn: string;
      /** `AROA…:session` */
      readonly id: string;
      /** `arn:aws:iam::111122223333:role/deploy` */
      readonly roleArn: string;
    }
  | { readonly kind: "service"; /** `assets.marketplace.amazonaws.com` */ readonly service: string }
  | { readonly kind: "anonymous" };

/** What a decision is about. */
export interface Request {
  readonly requester: Requester;
  /** `ec2:DescribeImages`, in any case. */
  readonly action: string;
  /** An ARN, or `*` for an action that is about no resource in particular. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** Condition keys of a request: their names in any case, with one value or several. */
export class RequestContext {
  #byKey: ReadonlyMap<string, readonly string[]> | undefined;

  /** `keys` may be how to gather them: most policies ask for none, so they are gathered when the first one is asked for. */
  constructor(private readonly keys: ContextKeys | (() => ContextKeys) = {}) {}

  /** Undefined where the request has no such key, and where it has no value. */
  get(key: string): readonly string[] | undefined {
    this.#byKey ??= byLowerCase(typeof this.keys === "function" ? this.keys() : this.keys);
    const values = this.#byKey.get(key.toLowerCase());
    return values?.length === 0 ? undefined : values;
  }
}

/** `{ "aws:username": "ana", "aws:TagKeys": ["team", "cost"] }`. A key that is `undefined` is not there. */
export type ContextKeys = Readonly<Record<string, string | readonly string[] | undefined>>;

function byLowerCase(keys: ContextKeys): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined) found.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  }
  return found;
}
