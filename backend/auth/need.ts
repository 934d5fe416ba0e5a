import type { Context } from "../service";
import type { ContextKeys, Policies } from "./policy";

/** One thing that a caller must be allowed to do. */
export interface Need {
  /** `aws-marketplace:StartChangeSet` */
  readonly action: string;
  /** An ARN, also one with a wildcard for what has no id yet, or `*`. */
  readonly resource: string;
  /** Condition keys that only this need has: `{ "catalog:ChangeType": "AddRegions" }`. */
  readonly keys?: ContextKeys;
  /** Who owns the resource and what its own policy says, where resources of the kind have one. */
  readonly resourceSide?: Policies["resource"];
  /** Further actions for the same thing: an explicit Deny of one refuses it, an Allow is not asked for. */
  readonly unlessDenied?: readonly string[];
  /** The error that says no, where it is not the one of all the service's operations. */
  readonly refusal?: string;
}

/** What a request of one operation needs; nothing where everybody may, or where the handler asks by itself. */
export type Needs<Input = never> = (ctx: Context, input: Input) => readonly Need[];

/** The needs of every operation that a service serves, by the operation's name. */
export type Rights = Readonly<Record<string, Needs>>;
