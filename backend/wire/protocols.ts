import type { ApiIdentity, Protocol, ProtocolName } from "./api";
import { awsJson1_0, awsJson1_1 } from "./aws-json";
import { ec2Query } from "./ec2-query";
import type { WireRequest } from "./message";
import { query } from "./query";
import { restJson } from "./rest-json";
import { restXml } from "./rest-xml";
import { rpcV2Cbor } from "./rpc-cbor";

export const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  restJson,
  awsJson1_0,
  awsJson1_1,
  query,
  ec2Query,
  restXml,
  rpcV2Cbor,
};

/** The protocol that a request to a service speaks; clients of different ages speak different ones. */
export function protocolOf(api: ApiIdentity, request: Pick<WireRequest, "headers" | "routePath">): Protocol {
  const spoken = api.protocols;
  if (spoken.includes("rpcV2Cbor") && rpcOperation(request.routePath)) return rpcV2Cbor;
  if (request.headers["x-amz-target"] !== undefined) {
    const version = request.headers["content-type"]?.includes("json-1.0") ? "awsJson1_0" : "awsJson1_1";
    const json = spoken.includes(version) ? version : spoken.find((name) => name.startsWith("awsJson"));
    if (json) return protocols[json];
  }
  const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (isForm && spoken.includes("query")) return protocols.query;
  return protocols[spoken[0] as ProtocolName];
}

/** Service and operation of an RPC v2 path. */
export function rpcOperation(path: string): { readonly service: string; readonly operation: string } | undefined {
  const [, service, operation] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
  return service !== undefined && operation !== undefined ? { service, operation } : undefined;
}
