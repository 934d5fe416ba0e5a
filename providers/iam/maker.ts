import type { Host } from "../host/host";

/** `paid-ami/dev`: the project and the stack that make something, as a mark on it; empty when nobody says. */
export async function makerOf(host: Host): Promise<string> {
  const [, , stack = "", , project = ""] = (await host.stack()).split(":");
  return stack === "" || project === "" ? "" : `${project}/${stack}`;
}

/** The path for a maker's groups and policies within `base`: `/marketplace/access/paid-ami/dev/`. */
export function makersPath(base: string, maker: string): string {
  return maker === "" ? base : `${base}${maker}/`;
}
