import type { ApiIdentity, Operation, Protocol, Refusal } from "./api";
import { decodeCbor, encodeCbor } from "./cbor";
import { readCbor, writeCbor } from "./cbor-shapes";
import type { WireReply } from "./message";

/** Smithy RPC v2 with CBOR bodies; the operation is in the path: /service/S/operation/O. */
export const rpcV2Cbor: Protocol = {
  name: "rpcV2Cbor",

  read(operation, request) {
    if (!operation.input || request.body.length === 0) return {};
    return readCbor(operation.input, decodeCbor(request.body)) as Record<string, unknown>;
  },

  reply(operation: Operation, output: object, requestId: string): WireReply {
    const value = operation.output ? writeCbor(operation.output, output) : {};
    return { status: 200, headers: headers(requestId), body: encodeCbor(value) };
  },

  refuse(_api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
    const { shape, code, message, members } = refusal;
    const modelled = shape ? (writeCbor(shape, members) as object) : members;
    const type = shape ? `${shape.namespace}#${shape.name}` : code;
    return {
      status: refusal.status,
      headers: headers(requestId),
      body: encodeCbor({ __type: type, message, ...modelled }),
    };
  },
};

function headers(requestId: string): Record<string, string> {
  return { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor", "x-amzn-requestid": requestId };
}
