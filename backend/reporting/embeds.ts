import { randomBytes } from "node:crypto";
import type { Market } from "../service";
import type { Table } from "../storage/store";

export type Dashboard = "AgreementSummary" | "CostAnalysis";

/** What somebody may look at: an account's dashboard, inside pages of these domains. */
export interface View {
  readonly accountId: string;
  readonly dashboard: Dashboard;
  readonly domains: readonly string[];
}

interface Sealed extends View {
  /** RFC 3339. */
  readonly expires: string;
}

/** API reference, GetBuyerDashboard: a link is good for five minutes and once, what it opens for an hour. */
const LINK_LASTS = 5 * 60 * 1000;
const SESSION_LASTS = 60 * 60 * 1000;
const SESSION = "dashboard-session:";

/** Where dashboards are served. No bucket can be called so, and no other service has paths under it. */
export const DASHBOARDS = "/-/dashboards/";

/** An address that opens the view, once. Within a transaction. */
export function newLink(market: Market, view: View): string {
  forgetExpired(market);
  const code = randomBytes(32).toString("base64url");
  linksIn(market).put(market.vault.fingerprint(code), { ...view, expires: after(market, LINK_LASTS) });
  return `${market.endpoint}${DASHBOARDS}${view.dashboard}?code=${code}`;
}

/** The address of a session in which the link's view can be looked at; undefined where the link is no good, or no more. */
export function openLink(market: Market, dashboard: string, code: string): string | undefined {
  const links = linksIn(market);
  const key = market.vault.fingerprint(code);
  const link = links.get(key);
  if (link === undefined || link.dashboard !== dashboard || !lasts(market, link)) return undefined;
  links.delete(key);
  const session: Sealed = { ...link, expires: after(market, SESSION_LASTS) };
  const token = Buffer.from(market.vault.seal(SESSION + JSON.stringify(session)), "base64").toString("base64url");
  return `${DASHBOARDS}${dashboard}?session=${token}`;
}

/** What a session shows; undefined where it is none, or over. */
export function viewOf(market: Market, dashboard: string, token: string): View | undefined {
  const session = readSession(market, token);
  return session !== undefined && session.dashboard === dashboard && lasts(market, session) ? session : undefined;
}

function readSession({ vault }: Market, token: string): Sealed | undefined {
  try {
    const text = vault.open(Buffer.from(token, "base64url").toString("base64"));
    return text.startsWith(SESSION) ? (JSON.parse(text.slice(SESSION.length)) as Sealed) : undefined;
  } catch {
    return undefined;
  }
}

function forgetExpired(market: Market): void {
  const links = linksIn(market);
  for (const [key, link] of links.list()) if (!lasts(market, link)) links.delete(key);
}

function lasts({ clock }: Market, { expires }: Sealed): boolean {
  return Date.parse(expires) > clock.now().getTime();
}

function after({ clock }: Market, milliseconds: number): string {
  return new Date(clock.now().getTime() + milliseconds).toISOString();
}

function linksIn({ store }: Market): Table<Sealed> {
  return store.table("reporting.links");
}
