import { exitCodes } from "../user-error";

export interface Interruption {
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
  const listener = (): void => {
    if (controller.signal.aborted) return leave(exitCodes.interrupted);
    controller.abort();
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
