import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import { onTestFinished } from "vitest";
import type { Provider } from "../../../providers/provider";
import type { Reconciler } from "../../../providers/reconciler";
import { startRun } from "./market";

/** Whether the request that is cut off still reaches the marketplace, so that only its answer is lost. */
export type LastRequest = "arrives" | "is lost";
export const ways: readonly LastRequest[] = ["arrives", "is lost"];

type Step = (provider: Provider) => Promise<unknown>;

/**
 * A step in a run whose machine dies after so many requests, so that nothing of it is saved.
 * @returns whether the step was through before.
 */
export async function dying(reconciler: Reconciler, lives: number, last: LastRequest, step: Step): Promise<boolean> {
  const direct = process.env.AWS_ENDPOINT_URL ?? "";
  const run = startRun();
  const { endpoint } = await dyingNetwork(direct, { lives, last, onDeath: () => run.host.stop() });
  process.env.AWS_ENDPOINT_URL = endpoint;
  try {
    await step(run.provider(reconciler));
    return true;
  } catch {
    return false;
  } finally {
    process.env.AWS_ENDPOINT_URL = direct;
  }
}

/** Dies at each request in turn, until a step gets through. */
export async function atEachRequest(tryOnce: (lives: number) => Promise<boolean>): Promise<number> {
  for (let lives = 0; lives < 40; lives += 1) if (await tryOnce(lives)) return lives;
  throw new Error("It never gets through.");
}

/** A way to a marketplace that breaks for good, as a machine that loses its power does. */
interface DyingNetwork {
  readonly endpoint: string;
}

/**
 * Lets requests through to the endpoint until one too many comes.
 * @param lives how many are answered.
 * @param onDeath called when nothing goes through any more.
 */
async function dyingNetwork(
  endpoint: string,
  { lives, last, onDeath }: { readonly lives: number; readonly last: LastRequest; readonly onDeath: () => void },
): Promise<DyingNetwork> {
  let passed = 0;
  let dead = false;
  const server = createServer((incoming, outgoing) => {
    const dies = passed >= lives;
    const die = (): void => {
      dead = true;
      onDeath();
      incoming.socket.destroy();
    };
    if (dead || (dies && last === "is lost")) {
      die();
      return;
    }
    passed += 1;
    // The host that was signed for is this one, so the header goes on as it came.
    const onward = ask(
      endpoint + (incoming.url ?? "/"),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        if (dies) {
          answer.resume().once("end", die);
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}` };
}
