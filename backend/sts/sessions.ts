import type { Caller } from "../service";
import type { Store, Table } from "../storage/store";

/** Temporary credentials that STS gave out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339, as the expiration. */
  readonly issued?: string;
  readonly expiration: string;
  /** Whom requests with these credentials come from. */
  readonly caller: Caller;
  /** Session policies: a request must be allowed by one of these too. Absent: they limit nothing. */
  readonly policies?: SessionPolicies;
  /** Passed when the session began, or handed on by the one before; they stand before those of the role. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Keys of those tags that go over to a session that this one begins. */
  readonly transitiveTags?: readonly string[];
  /** Who is behind it, as the first of a chain of sessions said. */
  readonly sourceIdentity?: string;
}

/** The session whose credentials a caller uses, if it uses such. */
export function sessionOf(store: Store, { accessKeyId }: Caller): Session | undefined {
  return accessKeyId === undefined ? undefined : sessions(store).get(accessKeyId);
}

export interface SessionPolicies {
  /** A policy document passed with the request. */
  readonly inline?: string;
  /** ARNs of managed policies passed with the request. */
  readonly managed: readonly string[];
}

/** By access key id (`ASIA…`). */
export const sessions = (store: Store): Table<Session> => store.table("sts-sessions");

/** Keys of sessions after the moment of their end, to find those that have ended. */
const ends = (store: Store): Table<string> => store.table("sts-session-ends");

/** For so long a request with credentials that have ended hears that they have, rather than that nobody knows them. */
const REMEMBERED_MS = 24 * 3_600_000;

/** Keeps a session, and forgets those that ended more than a day before `now`. */
export function keepSession(store: Store, session: Session, now: Date): void {
  const { accessKeyId, expiration } = session;
  sessions(store).put(accessKeyId, session);
  ends(store).put(`${expiration} ${accessKeyId}`, accessKeyId);
  const before = new Date(now.getTime() - REMEMBERED_MS).toISOString();
  for (const [end, ended] of ends(store).list()) {
    if (end > before) break;
    sessions(store).delete(ended);
    ends(store).delete(end);
  }
}
