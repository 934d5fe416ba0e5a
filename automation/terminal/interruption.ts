import { exitCodes } from "../user-error";

export interface Interruption {
  /** Its reason is the name of the signal that came. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

const signals = ["SIGINT", "SIGTERM"] as const;

/** The first Ctrl-C (or SIGTERM) calls `onFirst` and aborts gracefully; the second leaves at once with exit code 130. */
export function listenForInterruption(
  onFirst: () => void,
  leave: (code: number) => void = (code) => process.exit(code),
): Interruption {
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) return leave(exitCodes.interrupted);
    controller.abort(signal);
    return onFirst();
  };
  for (const signal of signals) process.on(signal, listener);
  return {
    signal: controller.signal,
    end() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
