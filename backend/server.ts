import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, type Exchange } from "./wire/exchange";
import type { WireReply } from "./wire/message";

export interface Listening {
  readonly port: number;
  /** Takes no more requests, lets those under way finish for a moment, then hangs up. */
  close(): Promise<void>;
}

/** How long a request that is under way may hold up closing. */
const grace = 1_500;

/**
 * Listens on the loopback interface and nowhere else; port 0 takes a free one.
 *
 * @throws Error when the port is taken.
 */
export async function listen(port: number, exchangeAt: (port: number) => Promise<Exchange>): Promise<Listening> {
  let ready: Promise<Exchange> | undefined;
  const server = createServer(
    { maxHeaderSize: 64 * 1024, headersTimeout: 20_000, requestTimeout: 300_000, keepAliveTimeout: 65_000 },
    (request, response) => void respond(ready as Promise<Exchange>, request, response),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  });
  await bind(server, port);
  const bound = (server.address() as AddressInfo).port;
  try {
    ready = exchangeAt(bound);
    await ready;
  } catch (error) {
    await close(server);
    throw error;
  }
  return { port: bound, close: () => close(server) };
}

/** Whoever hung up, or asks while the marketplace fails to start, gets no answer. */
async function respond(ready: Promise<Exchange>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const reply = await answer(await ready, request);
    if (reply) send(response, reply, request.method === "HEAD", !request.complete);
    else response.destroy();
  } catch {
    response.destroy();
  }
}

/** A reply to a request that was not read to its end is the last on its connection. */
function send(response: ServerResponse, reply: WireReply, headOnly: boolean, unread: boolean): void {
  const body = typeof reply.body === "string" ? Buffer.from(reply.body, "utf8") : reply.body;
  const bodiless = reply.status === 204 || reply.status === 304;
  const headers: Record<string, string> = { ...reply.headers };
  if (!bodiless && !(headOnly && headers["content-length"] !== undefined))
    headers["content-length"] = String(body.length);
  if (bodiless) delete headers["content-length"];
  if (unread) headers["connection"] = "close";
  response.writeHead(reply.status, headers);
  response.end(headOnly || bodiless ? undefined : body);
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hangUp = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(hangUp);
      resolve();
    });
    server.closeIdleConnections();
  });
}
