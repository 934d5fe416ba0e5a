import { stripVTControlCharacters } from "node:util";
import type { Host } from "../terminal/host";
import type { Deployment, Happening } from "./deployment";
import { isChange } from "./operations";
import { isStack } from "./resource-name";
import { stepLine } from "./step-line";

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMilliseconds = 120;
const mostInFlight = 8;

export interface LiveProgress {
  /** Shows what an event brought. */
  show(happening: Happening): void;
  /** Clears the status and stops drawing. Tells whether any line was shown. */
  end(): boolean;
}

/**
 * Shows a deployment as it goes: a line for each step that ends and each message on the way; on a terminal also a status
 * of what is under way, drawn over itself. A plan shows the status only, since its table follows in a moment.
 */
export function liveProgress(host: Host, deployment: Deployment, planning: boolean, verb: string): LiveProgress {
  let frame = 0;
  let shown = false;
  const draw = (): void =>
    host.status(statusLines(host, deployment, planning, `${spinner[frame++ % spinner.length]} ${verb}`));
  const timer = host.terminal ? setInterval(draw, frameMilliseconds) : undefined;
  timer?.unref();
  return {
    show(happening) {
      const line = planning ? undefined : happeningLine(host, happening);
      if (line === undefined) return;
      host.line(line);
      shown = true;
      if (host.terminal) draw();
    },
    end() {
      clearInterval(timer);
      host.status([]);
      return shown;
    },
  };
}

function happeningLine(host: Host, happening: Happening): string | undefined {
  const { step } = happening;
  if (happening.kind === "said") {
    // On a terminal passing messages live in the status; elsewhere they are the only sign of life of a long step.
    const passing = happening.diagnostic.severity === "info" && step !== undefined;
    return passing && !host.terminal ? stepLine(step, host.now(), host.colors) : undefined;
  }
  if (happening.kind !== "ended" || step === undefined || isStack(step.urn)) return undefined;
  const telling = (isChange(step.op) && step.op !== "replace") || step.failed;
  return telling ? stepLine(step, host.now(), host.colors) : undefined;
}

function statusLines(host: Host, deployment: Deployment, planning: boolean, heading: string): string[] {
  const steps = planning ? [] : deployment.inFlight.filter(({ op }) => isChange(op) || op === "refresh");
  const shown = steps.slice(0, mostInFlight).map((step) => stepLine(step, host.now(), host.colors));
  const more = steps.length > mostInFlight ? [`    and ${steps.length - mostInFlight} more`] : [];
  return [host.colors.dim(heading), ...shown, ...more].map((line) => clipped(line, host.columns));
}

/** A status must not wrap, or drawing over it would miss lines. */
function clipped(line: string, columns: number): string {
  const bare = stripVTControlCharacters(line);
  return bare.length < columns ? line : `${bare.slice(0, Math.max(0, columns - 2))}…`;
}
