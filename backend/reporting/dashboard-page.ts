import { createHash } from "node:crypto";
import type { Market } from "../service";
import { parameter, type WireReply, type WireRequest } from "../wire/message";
import { agreementSummary } from "./agreement-summary";
import { costAnalysis } from "./cost-analysis";
import { DASHBOARDS, openLink, type View, viewOf } from "./embeds";
import type { Sheet } from "./sheet";

type Asked = Pick<WireRequest, "method" | "rawPath" | "query">;

const TITLES = { AgreementSummary: "Agreement summary", CostAnalysis: "Cost analysis" };
const SHEETS = { AgreementSummary: agreementSummary, CostAnalysis: costAnalysis };

const STYLE =
  "body{font:14px/1.5 sans-serif;margin:2em;color:#16191f}table{border-collapse:collapse;margin:0 0 2em}" +
  "th,td{border-bottom:1px solid #d5dbdb;padding:.3em 1em .3em 0;text-align:left}h2{font-size:1.1em}";
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/**
 * Answers a browser that opens a dashboard: a link leads to its session, once; a session shows the figures as they are at
 * that moment. Within a transaction.
 */
export function dashboardPage(market: Market, { method, rawPath, query }: Asked): WireReply {
  if (method !== "GET") return refusal(405, "A dashboard is only looked at.");
  const dashboard = rawPath.slice(DASHBOARDS.length);
  const code = parameter({ query }, "code");
  if (code !== undefined) {
    const session = openLink(market, dashboard, code);
    if (session !== undefined) return { status: 303, headers: { ...plain([]), location: session }, body: "" };
    return refusal(403, "This link has been used or has expired. Ask for another one with GetBuyerDashboard.");
  }
  const view = viewOf(market, dashboard, parameter({ query }, "session") ?? "");
  if (view === undefined) return refusal(403, "This session is over. Ask for a new link with GetBuyerDashboard.");
  return { status: 200, headers: plain(view.domains), body: page(market, view) };
}

function page(market: Market, { accountId, dashboard }: View): string {
  const title = TITLES[dashboard];
  const tables = SHEETS[dashboard](market, accountId).map(table).join("");
  const when = market.clock.now().toISOString();
  return html(title, `<h1>${title}</h1><p>Account ${accountId}, ${when}</p>${tables}`);
}

function table({ title, columns, rows }: Sheet): string {
  const cells = (tag: string, texts: readonly string[]) =>
    texts.map((one) => `<${tag}>${escaped(one)}</${tag}>`).join("");
  const lines = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
  const body =
    rows.length === 0
      ? "<p>None.</p>"
      : `<table><thead><tr>${cells("th", columns)}</tr></thead><tbody>${lines}</tbody></table>`;
  return `<h2>${escaped(title)}</h2>${body}`;
}

function refusal(status: number, message: string): WireReply {
  return { status, headers: plain([]), body: html("No dashboard", `<p>${escaped(message)}</p>`) };
}

function html(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

/** No scripts, nothing from elsewhere, and inside pages of the domains that were named and of no others. */
function plain(domains: readonly string[]): Record<string, string> {
  const origins = domains.flatMap((domain) => /^https?:\/\/[\w.*-]+(?::\d{1,5})?/.exec(domain) ?? []);
  const ancestors = origins.length === 0 ? "'none'" : origins.join(" ");
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors ${ancestors}`,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
