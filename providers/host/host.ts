/** What a provider needs of the process it runs in; tests hand in their own. */
export interface Host {
  /** Tells the person who waits. A passing message may vanish when the next one comes. */
  say(message: string, kind?: "info" | "passing" | "warning"): void;
  /** The stack that is being deployed, as its URN; empty when nobody says. */
  stack(): Promise<string>;
  /** Aborted once the person asked to stop: start nothing new, wait for nothing. */
  readonly stopping: AbortSignal;
  readonly time: Time;
}

/** Time and chance. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}
