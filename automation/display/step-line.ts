import type { Colors } from "picocolors/types";
import type { Step } from "./deployment";
import { operationWords, paintedSymbol } from "./operations";
import { resourceName } from "./resource-name";

/** ` +  marketplace:AmiProduct agent created (1.2s)`, or `creating (12s)` with its latest progress while it is under way. */
export function stepLine(step: Step, now: number, colors: Colors, planning = false): string {
  const { type, name } = resourceName(step.urn);
  const row = ` ${paintedSymbol(step.op, colors)} ${type} ${colors.bold(name)}`;
  return `${row} ${stepStatus(step, now, colors, planning)}`.trimEnd();
}

function stepStatus(step: Step, now: number, colors: Colors, planning: boolean): string {
  const { plan, doing, done, paint } = operationWords(step.op);
  if (planning) return colors[paint](plan);
  const time = colors.dim(`(${secondsText((step.endedAt ?? now) - step.startedAt)})`);
  if (step.failed) return `${colors.red(`**${doing} failed**`)} ${time}`;
  if (step.endedAt !== undefined) return `${colors[paint](done)} ${time}`;
  const progress = step.progress === undefined ? "" : ` ${firstLine(step.progress)}`;
  return `${colors[paint](doing)} ${time}${progress}`;
}

/** `0.31s` below a second, whole seconds and minutes above. */
function secondsText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) return `${seconds.toFixed(2)}s`;
  const whole = Math.floor(seconds);
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
