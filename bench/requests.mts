import { Agent, request, type IncomingMessage } from "node:http";

/** A request as an AWS SDK client signed it. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
}

interface SdkRequest {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** An SDK request handler that keeps the signed request instead of sending it. */
export function capture(): { requestHandler: object; taken: SignedRequest[] } {
  const taken: SignedRequest[] = [];
  const requestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(sdk: SdkRequest): Promise<never> {
      const query = new URLSearchParams();
      for (const [key, value] of Object.entries(sdk.query ?? {})) {
        for (const one of [value ?? ""].flat()) query.append(key, one);
      }
      const search = query.size > 0 ? `?${query.toString().replaceAll("+", "%20")}` : "";
      taken.push({ method: sdk.method, path: sdk.path + search, headers: sdk.headers, body: sdk.body });
      throw new Error("kept, not sent");
    },
  };
  return { requestHandler, taken };
}

/** Signs one request for each of `count` and returns them unsent. */
export async function sign(
  count: number,
  taken: SignedRequest[],
  send: (index: number) => Promise<unknown>,
): Promise<SignedRequest[]> {
  taken.length = 0;
  for (let i = 0; i < count; i++) await send(i).catch(() => undefined);
  if (taken.length !== count) throw new Error(`signed ${taken.length} of ${count} requests`);
  return [...taken];
}

/** Sends all over `connections` kept-alive sockets; resolves with requests a second. Any answer but 2xx is an error. */
export async function requestsPerSecond(
  endpoint: string,
  requests: readonly SignedRequest[],
  connections = 16,
): Promise<number> {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let one = requests[next++]; one; one = requests[next++]) await sendOne(one, { hostname, port, agent });
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const elapsed = performance.now() - start;
  agent.destroy();
  return (requests.length / elapsed) * 1000;
}

function sendOne(one: SignedRequest, to: { hostname: string; port: string; agent: Agent }): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...to, method: one.method, path: one.path, headers: one.headers },
      (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const ok = answer.statusCode !== undefined && answer.statusCode < 300;
          if (ok) resolve();
          else
            reject(
              new Error(
                `${one.method} ${one.path}: ${answer.statusCode} ${Buffer.concat(chunks).toString().slice(0, 300)}`,
              ),
            );
        });
      },
    );
    sent.on("error", reject);
    sent.end(one.body);
  });
}
