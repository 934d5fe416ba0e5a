import type { Clock } from "./clock";
import type { Store } from "./storage/store";
import type { Violation } from "./wire/constraints";
import type { Vault } from "./storage/vault";

/** Who sent a request, as its signature proves. */
export interface Caller {
  readonly accountId: string;
  readonly kind: "root" | "user" | "assumed-role";
  /** `arn:aws:iam::111122223333:user/admin` */
  readonly arn: string;
  /** `AIDA…`, `AROA…:session`, or the account id for root. */
  readonly userId: string;
  /** Of the credentials that signed. Those of a session may hold less than the role has. */
  readonly accessKeyId?: string;
}

/** Whether the caller's credentials are those of a session, and end. */
export function isTemporary({ accessKeyId }: Caller): boolean {
  return accessKeyId?.startsWith("ASIA") === true;
}

/** Everything a handler may use besides its input. */
export interface Context {
  readonly caller: Caller;
  /** Of the request's credential scope. */
  readonly region: string;
  readonly requestId: string;
  readonly market: Market;
  /** From where the request came, and what its headers say of who sent it. */
  readonly client?: Client;
}

/** What policies may ask about the program that sent a request. */
export interface Client {
  /** `203.0.113.7`, `2001:db8::7` */
  readonly address?: string | undefined;
  /** Header User-Agent. */
  readonly agent?: string | undefined;
  /** Header Referer. */
  readonly referer?: string | undefined;
  readonly signature?: Signature;
  /** Header X-Amz-Content-Sha256. */
  readonly contentHash?: string | undefined;
}

/** How a request was signed. */
export interface Signature {
  /** As S3's policies name it: `AWS` is version 2. */
  readonly version: "AWS4-HMAC-SHA256" | "AWS";
  readonly place: "header" | "address";
  /** By the machine's clock; not known of version 2. Milliseconds. */
  readonly age?: number;
}

/** The embedded marketplace as its services see it. */
export interface Market {
  readonly store: Store;
  /** For what is stored but not to be read in the store: tax and bank numbers. */
  readonly vault: Vault;
  readonly clock: Clock;
  /** `http://127.0.0.1:4510`, without a slash at the end. */
  readonly endpoint: string;
  readonly latency: "none" | "realistic";
  /** Quotas and request rates of the real service are enforced. */
  readonly limits: boolean;
}

/**
 * An operation: its input as the SDK's schemas read it (types, lengths, patterns and enums already checked), its output
 * as they write it. Handlers are synchronous: the server runs each inside one transaction of the store, replies once
 * that is durable, and rolls back when it throws.
 */
export type Handler<Input = never, Output = object> = (ctx: Context, input: Input) => Output;

/** An operation that nobody in particular calls; undefined where it takes a signature after all. */
export type UnsignedHandler<Input = never, Output = object> = (market: Market, input: Input) => Output | undefined;

/** A service: its operations by name. Operations of the model without a handler answer as AWS does an unknown one. */
export interface Service {
  readonly handlers: Readonly<Record<string, Handler>>;
  /** Operations that answer without a signature too, where what they are about is open to everybody. */
  readonly unsigned?: Readonly<Record<string, UnsignedHandler>>;
  /**
   * How it words an input that breaks its model, where that differs from other services. In: what is broken, at least one
   * thing, and what others would say.
   */
  readonly malformed?: (violations: readonly Violation[], error: AwsError) => AwsError;
  /** Work that goes on between requests (running change sets). Called once at start; returns how to end it. */
  readonly start?: (market: Market) => () => void;
}

/** An answer that the real service would give. Anything else thrown by a handler is a bug of ours. */
export class AwsError extends Error {
  constructor(
    /** The error's shape name or code on the wire: `ResourceInUseException`, `InvalidAMIID.NotFound`. */
    readonly code: string,
    message: string,
    /** HTTP status where neither model nor protocol says it, and further members of the error's shape. */
    readonly more: { readonly status?: number; readonly members?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = code;
  }
}
