import type { Colors } from "picocolors/types";

/** Where a command's words go. Commands never print by themselves, so that tests can listen and hosts can differ. */
export interface Host {
  /** Paint for stdout; paints nothing unless stdout is a terminal that wants colours. */
  readonly colors: Colors;
  /** stdout is a terminal, so a status may be drawn over. */
  readonly terminal: boolean;
  /** A person can be asked: both stdin and stdout are terminals. */
  readonly interactive: boolean;
  readonly columns: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A line of the answer, on stdout. */
  line(text?: string): void;
  /** A line beside the answer (warnings, hints), on stderr. */
  note(text: string): void;
  /** Lines below the answer that the next call replaces; an empty list clears them. Nothing without a terminal. */
  status(lines: readonly string[]): void;
  /** Asks and returns the answer as typed, without the line's end. */
  ask(question: string): Promise<string>;
}
