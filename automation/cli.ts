import { Command, CommanderError } from "commander";
import type { Act } from "./commands/act";
import { addBackendCommand } from "./commands/backend-command";
import { addConfigCommand } from "./commands/config-command";
import { addDeployCommands } from "./commands/deploy-commands";
import { addExampleCommand } from "./commands/example-command";
import { addStackCommand } from "./commands/stack-command";
import { consoleHost } from "./terminal/console-host";
import type { Host } from "./terminal/host";
import { type ExitCode, exitCodes, UserError } from "./user-error";

/** The whole command line. `act` runs what a command asks for; it loads its code only then, so that starting is quick. */
export function commandLine(act: Act): Command {
  const program = new Command("marketplace")
    .description(
      "AWS Marketplace as code: declare listings with Pulumi, preview and apply them,\nand try them on an embedded marketplace first.",
    )
    .version(version(), "-v, --version", "print the version")
    .helpCommand("help [command]", "help for a command")
    .showHelpAfterError("(--help shows what there is)")
    .addHelpText("after", overview);
  addDeployCommands(program, act);
  addStackCommand(program, act);
  addConfigCommand(program, act);
  addBackendCommand(program, act);
  addExampleCommand(program, act);
  return program;
}

const overview = `
Examples:
  marketplace backend start                      an AWS Marketplace of your own, on this machine
  marketplace preview --cwd examples/paid-ami    what would change
  marketplace up --cwd examples/paid-ami         change it
  marketplace stack output productId             what came of it

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;

/** Runs the command line of this process and leaves its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const host = consoleHost();
  const program = commandLine(async (action) => {
    process.exitCode = await action(host);
  });
  eachCommand(program, (command) => command.exitOverride());
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error, host);
  }
}

function eachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const inner of command.commands) eachCommand(inner, visit);
}

/** A user's mistake is one line; anything else is ours, and its stack helps to find it. */
function exitCodeOf(error: unknown, host: Host): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UserError) {
    host.note(`error: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof Error && error.name === "EngineError") {
    host.note(`error: ${error.message}`);
    return exitCodes.failed;
  }
  host.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  host.note(`\nThis is a bug in marketplace ${version()}. Please report it with the lines above and what you ran.`);
  return exitCodes.failed;
}

function version(): string {
  const manifest = require("pulumi-aws-marketplace/package.json") as { readonly version: string };
  return manifest.version;
}
