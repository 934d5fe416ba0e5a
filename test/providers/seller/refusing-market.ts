import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What AWS answers whom it does not let change the catalog, or not so. */
export interface Refusal {
  readonly status: number;
  readonly name: string;
  readonly message: string;
}

/** Stands before a marketplace, passes everything on but new change sets, and refuses those. Its address. */
export async function refusingChanges(endpoint: string, refusal: Refusal): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith("/StartChangeSet") === true) {
      incoming.resume();
      outgoing.writeHead(refusal.status, { "content-type": "application/json", "x-amzn-errortype": refusal.name });
      outgoing.end(JSON.stringify({ Message: refusal.message }));
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request(new URL(url ?? "/", endpoint), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
