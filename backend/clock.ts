/** The marketplace's time. Tests turn it; everything else reads it. */
export interface Clock {
  now(): Date;
  /** Runs `work` once the clock reads `at`, at the earliest on a later turn of the event loop. Returns how to call it off. */
  schedule(at: Date, work: () => void): () => void;
}

/** The machine's clock. A timer never keeps the process alive by itself. */
export const systemClock: Clock = {
  now: () => new Date(),
  schedule(at, work) {
    const timer = setTimeout(work, Math.min(Math.max(0, at.getTime() - Date.now()), 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
