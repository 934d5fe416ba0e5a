import type { Colors } from "picocolors/types";
import { isChange, operationOrder, operationWords, paintedSymbol } from "./operations";

export interface Tally {
  /** By operation, as the engine counts them. */
  readonly changes: Readonly<Record<string, number | undefined>>;
  readonly errored: number;
  readonly planning: boolean;
  readonly durationSeconds: number;
}

/** The lines under `Resources:`, in the Pulumi command line's words, and the duration of what was not only planned. */
export function summaryLines({ changes, errored, planning, durationSeconds }: Tally, colors: Colors): string[] {
  const counted = [...operationOrder, ...Object.keys(changes).filter((op) => !operationOrder.includes(op))]
    .filter(isChange)
    .map((op) => ({ op, count: changes[op] ?? 0 }))
    .filter(({ count }) => count > 0);
  const rows = counted.map(({ op, count }) => {
    const { plan, done, paint } = operationWords(op);
    return `    ${paintedSymbol(op, colors)}${colors[paint](`${count} ${planning ? `to ${plan}` : done}`)}`;
  });
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const unchanged = changes["same"] ?? 0;
  const closing = [
    ...(counted.length > 1 ? [colors.bold(`${total} ${total === 1 ? "change" : "changes"}`)] : []),
    ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
  ];
  return [
    colors.bold("Resources:"),
    ...rows,
    ...(closing.length > 0 ? [`    ${closing.join(". ")}`] : []),
    ...(rows.length + closing.length + errored === 0 ? ["    none"] : []),
    ...(errored > 0 ? [`    ${colors.red(`${errored} errored`)}`] : []),
    ...(planning ? [] : ["", `${colors.bold("Duration:")} ${durationText(durationSeconds)}`]),
  ];
}

/** `4s`, `2m5s`, `1h0m9s`. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${h > 0 ? `${h}h` : ""}${whole >= 60 ? `${m}m` : ""}${s}s`;
}
