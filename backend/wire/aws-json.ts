import type { ApiIdentity, Operation, Protocol, Refusal } from "./api";
import { JsonFormat } from "./json";
import { errorDocument } from "./error-document";
import type { WireReply, WireRequest } from "./message";

const json = new JsonFormat({ jsonName: false });

/** AWS JSON 1.0 and 1.1: everything in one JSON object, the operation in X-Amz-Target. */
function awsJson(version: "1.0" | "1.1"): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    name: version === "1.0" ? "awsJson1_0" : "awsJson1_1",

    read(operation: Operation, request: WireRequest): Record<string, unknown> {
      if (!operation.input) return {};
      return json.parse(operation.input, request.body) as Record<string, unknown>;
    },

    reply(operation: Operation, output: object, requestId: string): WireReply {
      const body = operation.output ? json.stringify(operation.output, output) : "{}";
      return { status: 200, headers: { "content-type": contentType, "x-amzn-requestid": requestId }, body };
    },

    refuse(_api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
      // 1.0 names the error with its namespace, 1.1 without.
      const type = version === "1.0" && refusal.shape ? `${refusal.shape.namespace}#${refusal.code}` : refusal.code;
      return {
        status: refusal.status,
        headers: {
          "content-type": contentType,
          "x-amzn-requestid": requestId,
          "x-amzn-errortype": refusal.code,
        },
        // Shapes without a member of that name leave it out.
        body: JSON.stringify({
          __type: type,
          ...errorDocument(json, refusal.shape ? { ...refusal, members: { requestId, ...refusal.members } } : refusal),
        }),
      };
    },
  };
}

export const awsJson1_0 = awsJson("1.0");
export const awsJson1_1 = awsJson("1.1");
