/**
 * Something the person at the keyboard can mend. The message says what happened, to which thing and what to do next; the
 * command prints it as one line and exits with `exitCode`. Any other error is a bug of ours and prints its stack.
 */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.failed,
  ) {
    super(message);
  }
}

/** What a command's exit code means. docs/commands/README.md tells the reader. */
export const exitCodes = {
  ok: 0,
  /** The deployment or the request failed; what was done is kept in the state. */
  failed: 1,
  /** The command line itself was wrong; nothing was started. */
  usage: 2,
  /** Stopped by Ctrl-C or SIGTERM before the end. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
