import { setTimeout as wait } from "node:timers/promises";
import type { Time } from "./host";

/** The machine's own clock and dice. */
export const systemTime: Time = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
  random: () => Math.random(),
};
