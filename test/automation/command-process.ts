import { spawn } from "node:child_process";
import { join } from "node:path";

const program = join(__dirname, "../../dist/automation/main.js");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  /** Resolves once stdout holds a whole line; with everything so far. */
  readonly firstLine: Promise<string>;
  readonly finished: Promise<Finished>;
  kill(signal: NodeJS.Signals): void;
  /** Presses Ctrl-C: a terminal sends SIGINT to the command and to every process it started in its group. */
  pressCtrlC(): void;
}

/** The installed command as a person's shell starts it: piped, with this environment over the test's own. */
export function startCommand(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (stderr += text));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(stdout);
    });
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const pressCtrlC = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
  };
  return { firstLine, finished, kill: (signal) => void child.kill(signal), pressCtrlC };
}

export function runCommand(
  args: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Promise<Finished> {
  return startCommand(args, env).finished;
}
