import type { Caller } from "../service";
import type { Store, Table } from "../storage/store";

/** Temporary credentials that STS gave out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339. */
  readonly expiration: string;
  /** Whom requests with these credentials come from. */
  readonly caller: Caller;
  /** Session policies: a request must be allowed by one of these too. Absent: they limit nothing. */
  readonly policies?: SessionPolicies;
}

export interface SessionPolicies {
  /** A policy document passed with the request. */
  readonly inline?: string;
  /** ARNs of managed policies passed with the request. */
  readonly managed: readonly string[];
}

/** By access key id (`ASIA…`). */
export const sessions = (store: Store): Table<Session> => store.table("sts-sessions");
