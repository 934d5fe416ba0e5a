import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

import { EngineError } from "../error";

/**
 * Children are in a group of their own: Ctrl-C on a terminal reaches a whole group, and would end the very provider
 * whose step in flight is being waited for. (On Windows a group of its own would also be a window of its own.)
 */
export const OWN_GROUP = process.platform !== "win32";

export interface Plugin {
  readonly address: string;
  close(): void;
}

export interface PluginCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string | undefined>;
  /** How errors call it, such as "the provider of pulumi-nodejs". */
  readonly label: string;
  readonly onOutput: (line: string, stream: "stdout" | "stderr") => void;
}

/** Children still running; nothing of ours outlives this process. */
const running = new Set<ChildProcess>();
let guarded = false;

/** Ends the child when this process exits, however orderly that is. */
export function guard(child: ChildProcess): void {
  running.add(child);
  child.once("exit", () => running.delete(child));
  if (guarded) return;
  guarded = true;
  process.on("exit", () => {
    for (const other of running) other.kill("SIGKILL");
  });
}

const patienceMilliseconds = 1000;

/** Plugins that were asked to end and have not yet. */
const leaving = new Set<Promise<void>>();

/** Asks a plugin to end; one that keeps a handler on SIGTERM and stays is ended for it. */
function end(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMilliseconds);
  const left = new Promise<void>((resolve) => {
    child.once("exit", () => {
      clearTimeout(timer);
      leaving.delete(left);
      resolve();
    });
  });
  leaving.add(left);
}

/** Once no plugin that was asked to end still runs: on their way out they write to their caches. */
export async function pluginsLeft(): Promise<void> {
  await Promise.all(leaving);
}

/**
 * Starts a plugin and waits for the port it prints on its first line.
 * @throws EngineError when it ends or says something else before that
 */
export function startPlugin(plugin: PluginCommand): Promise<Plugin> {
  return new Promise((resolve, reject) => {
    // Standard input is a pipe that closes when this process dies, even by SIGKILL.
    const child = spawn(plugin.command, [...plugin.args], {
      cwd: plugin.cwd,
      env: plugin.env,
      detached: OWN_GROUP,
      stdio: ["pipe", "pipe", "pipe"],
    });
    guard(child);
    child.stdin.on("error", () => {});
    let ready = false;
    const errors: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (!ready) errors.push(line);
      plugin.onOutput(line, "stderr");
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (ready) return plugin.onOutput(line, "stdout");
      ready = true;
      const port = Number(line.trim());
      if (Number.isInteger(port) && port > 0 && port < 65_536) {
        resolve({ address: `127.0.0.1:${port}`, close: () => end(child) });
      } else {
        child.kill();
        reject(new EngineError(`${plugin.label} began with "${line}" instead of the port it listens on.`));
      }
    });
    child.on("error", (error) => reject(new EngineError(`${plugin.label} cannot be started: ${error.message}`)));
    child.on("exit", (code, signal) => {
      const why = errors.length > 0 ? `:\n${errors.join("\n")}` : ".";
      if (!ready)
        reject(new EngineError(`${plugin.label} ended (${signal ?? `exit code ${code}`}) before it was ready${why}`));
    });
  });
}
