import type { Host } from "../terminal/host";
import type { ExitCode } from "../user-error";

/** Runs what a command asks for; the exit code it hands back becomes the process's once it is over. */
export type Act = (action: (host: Host) => Promise<ExitCode>) => Promise<void>;
