import type { Host, Time } from "../../../providers/host/host";

/** A host that remembers what was said, on a clock that jumps to the next moment somebody waits for. */
export interface RecordingHost extends Host {
  readonly said: { readonly message: string; readonly kind: string }[];
  stop(): void;
}

export function recordingHost(options: { readonly time?: Time; readonly stack?: string } = {}): RecordingHost {
  const controller = new AbortController();
  const said: { message: string; kind: string }[] = [];
  return {
    said,
    say: (message, kind = "info") => void said.push({ message, kind }),
    stack: () => Promise.resolve(options.stack ?? "urn:pulumi:dev::paid-ami::pulumi:pulumi:Stack::paid-ami-dev"),
    stopping: controller.signal,
    stop: () => controller.abort(),
    time: options.time ?? jumpingTime(),
  };
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time passes only while everybody sleeps; hours take no time at all.
 * @param onJump called with the milliseconds that pass, before the sleeper wakes.
 */
export function jumpingTime(start = Date.UTC(2026, 0, 5), onJump?: (milliseconds: number) => Promise<void>): Time {
  let now = start;
  const sleepers = new Set<Sleeper>();
  let pumping = false;
  const pump = async (): Promise<void> => {
    const next = [...sleepers].toSorted((a, b) => a.at - b.at)[0];
    pumping = next !== undefined;
    if (next === undefined) return;
    sleepers.delete(next);
    const passing = Math.max(0, next.at - now);
    now += passing;
    await onJump?.(passing);
    next.wake();
    setImmediate(() => void pump());
  };
  return {
    now: () => now,
    random: () => 0.5,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve();
          return;
        }
        const sleeper = { at: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener(
          "abort",
          () => {
            sleepers.delete(sleeper);
            resolve();
          },
          { once: true },
        );
        if (!pumping) {
          pumping = true;
          setImmediate(() => void pump());
        }
      }),
  };
}
