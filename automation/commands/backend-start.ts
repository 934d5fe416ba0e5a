import { resolve } from "node:path";
import type { RunningMarketplace } from "../../backend/index";
import type { Host } from "../terminal/host";
import { type ExitCode, exitCodes, UserError } from "../user-error";

export interface BackendStartOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The marketplace is kept here and found again at the next start; without it, it lives in memory. */
  readonly data?: string;
  readonly latency: "none" | "realistic";
  /** Enforce the quotas and request rates of the real service. */
  readonly limits?: boolean;
  readonly json?: boolean;
}

/** Runs the embedded marketplace until SIGTERM or Ctrl-C, then closes it cleanly. */
export async function startBackend(options: BackendStartOptions, host: Host): Promise<ExitCode> {
  // Listened for before the start, so that a signal in the middle of it closes cleanly too.
  const stopped = untilStopped();
  const market = await open(options);
  if (options.json === true) host.line(readyJson(market));
  else for (const line of readyLines(market, options, host)) host.line(line);
  await stopped;
  await market.close();
  return exitCodes.ok;
}

function untilStopped(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => settle());
  });
}

async function open({ port, data, latency, limits }: BackendStartOptions): Promise<RunningMarketplace> {
  const { startMarketplace } = await import("../../backend/index.js");
  try {
    return await startMarketplace({ port, latency, limits, ...(data !== undefined && { dataDir: resolve(data) }) });
  } catch (error) {
    throw mendable(error, port, data) ?? error;
  }
}

/** What went wrong in the words of the command line, or nothing when it is no fault of the person's. */
function mendable(error: unknown, port: number, data: string | undefined): UserError | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return new UserError(`Port ${port} is taken. Pass another --port, or none to get a free one.`);
  if (code === "EACCES" && data === undefined)
    return new UserError(`Port ${port} needs more rights. Pass a --port above 1023.`);
  if (data === undefined || !(error instanceof Error)) return undefined;
  if (/another process is using it/u.test(error.message)) {
    return new UserError(`${data} is in use by another running marketplace. Stop that one, or pass another --data.`);
  }
  const known = ["EACCES", "EPERM", "ENOENT", "ENOTDIR", "EEXIST", "EROFS", "ENOSPC"].includes(String(code));
  const why = known
    ? reasonOf(error)
    : error.message.startsWith("Cannot open")
      ? error.message.replace(/\.$/u, "")
      : undefined;
  return why === undefined
    ? undefined
    : new UserError(`Cannot keep a marketplace in ${data}: ${why}. Pass a folder that can be written.`);
}

/** `EACCES: permission denied, mkdir '/x'` is `permission denied`. */
function reasonOf(error: Error): string {
  return /^\w+: (?<reason>[^,]+)/u.exec(error.message)?.groups?.["reason"] ?? error.message;
}

/** One line that scripts read: where, which region, whose keys. */
function readyJson({ endpoint, region, accounts }: RunningMarketplace): string {
  const shown = accounts.map(({ name, accountId, accessKeyId, secretAccessKey }) => ({
    name,
    accountId,
    accessKeyId,
    secretAccessKey,
  }));
  return JSON.stringify({ endpoint, region, accounts: shown });
}

function readyLines(market: RunningMarketplace, { data }: BackendStartOptions, { colors }: Host): string[] {
  const accounts = market.accounts.map(({ name, accountId }) => `  ${name.padEnd(8)} ${accountId}`);
  const kept = data === undefined ? "in memory, gone when it stops" : `kept in ${data}`;
  return [
    `${colors.bold("The marketplace is open")} at ${colors.cyan(market.endpoint)} (${kept}).`,
    "",
    "Its accounts, each a profile of the AWS files below:",
    ...accounts,
    "",
    "Paste this into the shell that talks to it:",
    "",
    ...environmentOf(market).map(([name, value]) => `  export ${name}=${value}`),
    "",
    colors.dim("Ctrl-C stops it."),
  ];
}

/** What any AWS tool needs to find the marketplace and to be its seller. */
export function environmentOf(
  market: Pick<RunningMarketplace, "endpoint" | "region" | "configFile" | "credentialsFile">,
): readonly (readonly [name: string, value: string])[] {
  return [
    ["AWS_ENDPOINT_URL", market.endpoint],
    ["AWS_CONFIG_FILE", market.configFile],
    ["AWS_SHARED_CREDENTIALS_FILE", market.credentialsFile],
    ["AWS_PROFILE", "seller"],
    ["AWS_REGION", market.region],
  ];
}
