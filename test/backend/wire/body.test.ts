import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { readBody } from "../../../backend/wire/body";

function announcing(length: number): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.headers["content-length"] = String(length);
  return message;
}

test("a body that comes in pieces is read whole", async () => {
  const message = announcing(4);
  const body = readBody(message, 10);
  message.push("ab");
  message.push("cd");
  message.push(null);
  expect(Buffer.from(await body).toString()).toBe("abcd");
});

test("a client that announces more than it sends is not waited for without end", async () => {
  const message = announcing(4);
  const body = readBody(message, 10, 20);
  message.push("ab");
  await expect(body).rejects.toMatchObject({ name: "Stalled" });
});

test("a body beyond the limit is refused, announced or not", async () => {
  await expect(readBody(announcing(11), 10)).rejects.toMatchObject({ name: "BodyTooLarge" });
  const message = announcing(0);
  message.headers["transfer-encoding"] = "chunked";
  const body = readBody(message, 10);
  message.push("more than ten");
  await expect(body).rejects.toMatchObject({ name: "BodyTooLarge" });
});
