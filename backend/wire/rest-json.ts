import type { ApiIdentity, Operation, Protocol, Refusal } from "./api";
import { errorDocument } from "./error-document";
import { httpInputReader } from "./http-input";
import { httpOutputWriter } from "./http-output";
import { httpTemplate } from "./http-template";
import { JsonFormat } from "./json";
import type { WireReply, WireRequest } from "./message";

const json = new JsonFormat({ jsonName: true });
const readers = new WeakMap<Operation, (request: WireRequest) => Record<string, unknown>>();
const writers = new WeakMap<Operation, (output: object) => WireReply>();

/** REST with JSON bodies. */
export const restJson: Protocol = {
  name: "restJson",

  read(operation, request) {
    if (!operation.input) return {};
    let read = readers.get(operation);
    if (!read) {
      const template = httpTemplate(operation.http?.template ?? "/");
      read = httpInputReader(operation.input, template, (shape, body) => json.parse(shape, body));
      readers.set(operation, read);
    }
    return read(request);
  },

  reply(operation, output, requestId) {
    let write = writers.get(operation);
    if (!write) {
      write = httpOutputWriter(operation.output, operation.http?.status ?? 200, {
        contentType: "application/json",
        write: (shape, value) => json.stringify(shape, value),
      });
      writers.set(operation, write);
    }
    const reply = write(output);
    reply.headers["x-amzn-requestid"] = requestId;
    return reply;
  },

  refuse(_api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
    return {
      status: refusal.status,
      headers: {
        "content-type": "application/json",
        "x-amzn-requestid": requestId,
        "x-amzn-errortype": refusal.code,
      },
      body: JSON.stringify(errorDocument(json, refusal)),
    };
  },
};
