import { createColors } from "picocolors";
import type { Host } from "../../automation/terminal/host";

export interface RecordingHost extends Host {
  readonly lines: string[];
  readonly notes: string[];
  /** Each status that was drawn, as it stood. */
  readonly statuses: (readonly string[])[];
  /** Questions that were asked. */
  readonly questions: string[];
}

/** A host that writes down what a person would have seen, and answers what it is told to. */
export function recordingHost(
  more: { terminal?: boolean; interactive?: boolean; answer?: string } = {},
): RecordingHost {
  const host: RecordingHost = {
    colors: createColors(false),
    terminal: more.terminal ?? false,
    interactive: more.interactive ?? false,
    columns: 120,
    now: () => 0,
    lines: [],
    notes: [],
    statuses: [],
    questions: [],
    line: (text = "") => void host.lines.push(text),
    note: (text) => void host.notes.push(text),
    status: (lines) => void host.statuses.push(lines),
    async ask(question) {
      host.questions.push(question);
      return more.answer ?? "";
    },
  };
  return host;
}
