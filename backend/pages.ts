import type { Market } from "./service";
import type { WireReply, WireRequest } from "./wire/message";

/** Pages for browsers, which nobody signs for: their addresses hold all that opens them. */
export interface Pages {
  /** How their paths begin. */
  readonly path: string;
  /** Loads what answers. It runs within a transaction. */
  readonly load: () => Promise<(market: Market, request: Omit<WireRequest, "body">) => WireReply>;
}

export const pages: readonly Pages[] = [
  { path: "/-/dashboards/", load: async () => (await import("./reporting/dashboard-page.js")).dashboardPage },
];
