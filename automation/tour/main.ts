import { join } from "node:path";
import { consoleHost } from "../terminal/console-host";
import { listenForInterruption } from "../terminal/interruption";
import { exitCodes, UserError } from "../user-error";
import { tour } from "./tour";

const host = consoleHost();
const interruption = listenForInterruption(() =>
  host.note("Stopping after what is in flight. Press Ctrl-C again to leave at once."),
);

// dist/automation/tour is three folders below the package.
tour(host, join(__dirname, "../../../examples/paid-ami"), interruption.signal)
  .catch((error: unknown) => {
    process.exitCode = interruption.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
    const known = error instanceof UserError || (error instanceof Error && error.name === "EngineError");
    host.note(
      known ? `error: ${error.message}` : error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  })
  .finally(() => interruption.end());
