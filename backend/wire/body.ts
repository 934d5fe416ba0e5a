import type { IncomingMessage } from "node:http";

/** The body was larger than the service takes. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

const nothing = new Uint8Array(0);

/** The client announced more than it sends. */
export class Stalled extends Error {
  override name = "Stalled";
}

/** The client hung up before it had sent everything. */
export class HungUp extends Error {
  override name = "HungUp";
}

/**
 * All of a request's body. Rejects with `BodyTooLarge` as soon as it is known to be, with
 * `HungUp`, or with `Stalled` when nothing comes for `patience` milliseconds.
 */
export function readBody(message: IncomingMessage, limit: number, patience = 20_000): Promise<Uint8Array> {
  const announced = Number(message.headers["content-length"] ?? 0);
  if (announced > limit) return Promise.reject(new BodyTooLarge());
  if (announced === 0 && message.headers["transfer-encoding"] === undefined) return Promise.resolve(nothing);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const waiting = setTimeout(() => reject(new Stalled()), patience);
    message.on("close", () => clearTimeout(waiting));
    message.on("data", (part: Buffer) => {
      waiting.refresh();
      size += part.length;
      if (size > limit) {
        message.pause();
        reject(new BodyTooLarge());
      } else parts.push(part);
    });
    message.on("end", () => {
      clearTimeout(waiting);
      resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
    });
    message.on("error", () => {
      clearTimeout(waiting);
      reject(new HungUp());
    });
  });
}
