import type { Host } from "./host/host";
import { Stopped } from "./host/stopped";
import { messageOf, troubleOf, type Trouble } from "./trouble";

/** For how many milliseconds a call is tried again, by what stands in its way. */
export type Patience = { readonly [Reason in Trouble]?: number };

const minutes = 60_000;
const hours = 60 * minutes;

/** For the first call of a run: a wrong endpoint or key should show soon. */
export const brief: Patience = { throttled: 30 * minutes, unreachable: 1_000 };

/** For all that comes after, as a run may last for hours: laptops sleep, networks drop, sessions end and are renewed. */
export const enduring: Patience = {
  throttled: 12 * hours,
  unreachable: 12 * hours,
  expired: 12 * hours,
  "unknown-key": 1 * minutes,
};

/** Calls until it succeeds, patience ends, or the person asks to stop; waits longer and longer in between, with jitter. */
export async function persist<T>(
  host: Host,
  patience: Patience,
  call: () => Promise<T>,
  onTrouble: (trouble: Trouble) => void = () => undefined,
): Promise<T> {
  const began = host.time.now();
  let told: Trouble | undefined;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const trouble = troubleOf(error);
      onTrouble(trouble);
      const limit = patience[trouble] ?? 0;
      if (host.time.now() - began >= limit) throw error;
      if (trouble !== told && trouble !== "throttled") {
        told = trouble;
        host.say(`${reasons[trouble]} (${messageOf(error)}); trying again`, "warning");
      }
      const ceiling = Math.min(20_000, 200 * 2 ** Math.min(attempt, 10));
      await host.time.sleep(Math.ceil(ceiling * (0.5 + host.time.random() / 2)), host.stopping);
      if (host.stopping.aborted)
        throw new Stopped(`Stopped while waiting for AWS: ${messageOf(error)}`, { cause: error });
    }
  }
}

const reasons: Readonly<Record<Trouble, string>> = {
  throttled: "AWS asks for fewer requests",
  unreachable: "AWS Marketplace does not answer",
  expired: "The AWS credentials have come to their end; renew them and this run goes on",
  "unknown-key": "AWS does not accept the credentials",
  denied: "AWS does not allow the request",
  refused: "AWS refuses the request",
};
