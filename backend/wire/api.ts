import { structureOf, type Structure } from "./shape";
import type { WireReply, WireRequest } from "./message";

export type ProtocolName = "restJson" | "awsJson1_0" | "awsJson1_1" | "query" | "ec2Query" | "restXml" | "rpcV2Cbor";

/** What tells one service of AWS from another before its schemas are loaded. */
export interface ApiIdentity {
  /** The service's folder in this backend: `catalog`. */
  readonly name: string;
  /** The service in a credential scope: `aws-marketplace`, which several services share. */
  readonly signingName: string;
  readonly protocols: readonly ProtocolName[];
  /** The version that query protocols carry as a parameter. */
  readonly version: string;
  /** First part of X-Amz-Target and the service in the path of RPC v2 CBOR. */
  readonly target?: string;
  /** How the paths of a REST service begin that shares its signing name; one service of a name may do without. */
  readonly paths?: readonly string[];
  /** For the XML protocols. */
  readonly xmlNamespace?: string;
  /** The largest body it takes, in bytes. */
  readonly bodyLimit: number;
}

/** A service as its schemas describe it. */
export interface Api extends ApiIdentity {
  readonly operations: ReadonlyMap<string, Operation>;
  /** By shape name (`NoSuchEntityException`) and, where that differs, by the code that is on the wire (`NoSuchEntity`). */
  readonly errors: ReadonlyMap<string, Structure>;
}

export interface Operation {
  readonly name: string;
  readonly input: Structure | undefined;
  readonly output: Structure | undefined;
  readonly http?: HttpTrait;
  readonly api: Api;
}

export interface HttpTrait {
  readonly method: string;
  /** `/{Key+}?tagging` */
  readonly template: string;
  readonly status: number;
}

/** An error on its way to the wire. */
export interface Refusal {
  /** The code that clients see, in the manner of the protocol. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** The modelled shape, where there is one. */
  readonly shape: Structure | undefined;
  readonly members: Readonly<Record<string, unknown>>;
}

/** How requests are read and answers written. No protocol knows any operation: the shapes say all. */
export interface Protocol {
  readonly name: ProtocolName;
  /** The input as the SDK's types have it. Throws `Malformed`. */
  read(operation: Operation, request: WireRequest): Record<string, unknown>;
  reply(operation: Operation, output: object, requestId: string): WireReply;
  refuse(api: ApiIdentity, refusal: Refusal, requestId: string): WireReply;
}

/** Gathers operations and errors from what an SDK client exports, or from anything that holds schemas of that form. */
export function apiOf(identity: ApiIdentity, schemas: Readonly<Record<string, unknown>>): Api {
  const operations = new Map<string, Operation>();
  const errors = new Map<string, Structure>();
  const api: Api = { ...identity, operations, errors };
  for (const schema of Object.values(schemas)) {
    if (!Array.isArray(schema)) continue;
    if (schema[0] === 9) {
      const name = schema[2] as string;
      operations.set(name, lazily(api, name, schema));
    } else if (schema[0] === -3 && !String(schema[1]).startsWith("smithy.ts.sdk.synthetic")) {
      const shape = structureOf(schema) as Structure;
      const [code] = (shape.traits["awsQueryError"] as [string, number] | undefined) ?? [shape.name];
      if (!errors.has(code)) errors.set(code, shape);
      errors.set(shape.name, shape);
    }
  }
  return api;
}

/** Shapes are unfolded when an operation is first called: EC2 has thousands. */
function lazily(api: Api, name: string, schema: readonly unknown[]): Operation {
  const traits = schema[3] as { readonly http?: [string, string, number] } | 0;
  const http = traits === 0 ? undefined : traits.http;
  let input: { readonly shape: Structure | undefined } | undefined;
  let output: { readonly shape: Structure | undefined } | undefined;
  return {
    name,
    api,
    ...(http && { http: { method: http[0], template: http[1], status: http[2] } }),
    get input() {
      return (input ??= { shape: structureOf(schema[4]) }).shape;
    },
    get output() {
      return (output ??= { shape: structureOf(schema[5]) }).shape;
    },
  };
}
