import { createColors } from "picocolors";
import type { Host } from "./host";

/** The host of a command run in a shell: stdout, stderr and, on a terminal, a status drawn over itself. */
export function consoleHost(
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
  stdin: NodeJS.ReadStream = process.stdin,
): Host {
  // The reader may leave early (`| head`); a deployment under way goes on to its end all the same.
  for (const stream of [stdout, stderr]) stream.on("error", ignoreClosedPipe);
  const terminal = stdout.isTTY === true;
  let drawn = 0;
  const erase = (): string => (drawn === 0 ? "" : `\u001B[${drawn}A\u001B[0J`);

  const write = (stream: NodeJS.WriteStream, text: string): void => {
    stdout.write(erase());
    drawn = 0;
    stream.write(`${text}\n`);
  };

  return {
    colors: createColors(terminal && wantsColors(process.env)),
    terminal,
    interactive: terminal && stdin.isTTY === true,
    get columns() {
      return stdout.columns ?? 120;
    },
    now: Date.now,
    line: (text = "") => write(stdout, text),
    note: (text) => write(stderr, text),
    status(lines) {
      if (!terminal) return;
      stdout.write(erase() + lines.map((line) => `${line}\n`).join(""));
      drawn = lines.length;
    },
    async ask(question) {
      const { createInterface } = await import("node:readline/promises");
      const prompt = createInterface({ input: stdin, output: stdout });
      try {
        return await prompt.question(question);
      } finally {
        prompt.close();
      }
    },
  };
}

/** https://no-color.org: any non-empty NO_COLOR means no colours. */
function wantsColors(env: NodeJS.ProcessEnv): boolean {
  return !env["NO_COLOR"] && env["TERM"] !== "dumb";
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
