import type { ApiIdentity, Protocol, Refusal } from "./api";
import { errorDocument } from "./error-document";
import { httpInputReader } from "./http-input";
import { httpOutputWriter } from "./http-output";
import { httpTemplate } from "./http-template";
import { JsonFormat } from "./json";
import type { WireReply } from "./message";
import { perOperation } from "./per-operation";

const json = new JsonFormat({ jsonName: true });
const readerOf = perOperation(({ input, http }) =>
  input
    ? httpInputReader(input, httpTemplate(http?.template ?? "/"), (shape, body) => json.parse(shape, body))
    : () => ({}),
);
const writerOf = perOperation(({ output, http }) =>
  httpOutputWriter(output, http?.status ?? 200, {
    contentType: "application/json",
    write: (shape, value) => json.stringify(shape, value),
  }),
);

/** REST with JSON bodies. */
export const restJson: Protocol = {
  name: "restJson",

  read: (operation, request) => readerOf(operation)(request),

  reply(operation, output, requestId) {
    const reply = writerOf(operation)(output);
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
