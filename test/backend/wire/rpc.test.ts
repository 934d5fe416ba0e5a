import { cbor, tag } from "@smithy/core/cbor";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../../backend/service";
import type { ServiceEntry } from "../../../backend/services";
import { schemasOf, type ModelOperation, type ServiceModel } from "../../../backend/wire/model-schemas";
import { signedFetch } from "./signed-fetch";
import { type UnguardedEntry, wireServer } from "./wire-server";

/** A service in the manner of the marketplace's RPC services: one operation with every kind of value. */
const model: ServiceModel = {
  operations: {
    GetRights: {
      name: "GetRights",
      http: { method: "POST", requestUri: "/" },
      input: { shape: "GetRightsRequest" },
      output: { shape: "GetRightsResult" },
    },
    Forget: { name: "Forget", http: { method: "POST", requestUri: "/" } },
  },
  shapes: {
    GetRightsRequest: {
      type: "structure",
      required: ["ProductCode"],
      members: {
        ProductCode: { shape: "String" },
        Filter: { shape: "Filter" },
        Since: { shape: "Timestamp" },
        Sealed: { shape: "Blob" },
        Limit: { shape: "Integer" },
        Share: { shape: "Double" },
        Exact: { shape: "Boolean" },
        Value: { shape: "Value" },
        Nested: { shape: "GetRightsRequest" },
      },
    },
    GetRightsResult: {
      type: "structure",
      members: { Rights: { shape: "Rights" }, NextToken: { shape: "String" } },
    },
    Rights: { type: "list", member: { shape: "Right" } },
    Right: {
      type: "structure",
      members: { Until: { shape: "Timestamp" }, Value: { shape: "Value" }, Key: { shape: "Blob" } },
    },
    Value: {
      type: "structure",
      union: true,
      members: { IntegerValue: { shape: "Integer" }, StringValue: { shape: "String" } },
    },
    Filter: { type: "map", key: { shape: "String" }, value: { shape: "Values" } },
    Values: { type: "list", member: { shape: "String" } },
    InvalidParameterException: {
      type: "structure",
      exception: true,
      members: { message: { shape: "String" }, fields: { shape: "Values" } },
    },
    Broken: { type: "structure", exception: true, fault: true, members: { message: { shape: "String" } } },
    String: { type: "string" },
    Timestamp: { type: "timestamp" },
    Blob: { type: "blob" },
    Integer: { type: "integer" },
    Double: { type: "double" },
    Boolean: { type: "boolean" },
  },
};

const moment = new Date("2026-01-02T03:04:05.500Z");

function entry(name: string, target: string, protocols: ServiceEntry["protocols"]): UnguardedEntry {
  return {
    name,
    signingName: "aws-marketplace",
    protocols,
    version: "2020-03-01",
    target,
    bodyLimit: 1024 * 1024,
    schemas: async () => schemasOf(model, "com.example.rights"),
    constraints: async () => ({ constraints: { operations: {}, shapes: {} } }),
    service: () => Promise.reject(new Error("The test brings its own.")),
  };
}

/** A REST service of the same signing name. */
function rest(name: string, ...paths: string[]): UnguardedEntry {
  const [path = "/"] = paths;
  const http = { method: "POST", requestUri: `${path}rights` };
  const operations = { GetRights: { ...(model.operations["GetRights"] as ModelOperation), http } };
  return {
    ...entry(name, "", ["restJson"]),
    target: undefined,
    ...(paths.length > 0 && { paths }),
    schemas: async () => schemasOf({ ...model, operations }, "com.example.rights"),
  };
}

const handlers = {
  GetRights: ({ ProductCode }: { ProductCode: string }) => {
    if (ProductCode === "bad") throw new AwsError("InvalidParameterException", "Bad.", { members: { fields: ["a"] } });
    if (ProductCode === "broken") throw new AwsError("Broken", "Later.");
    if (ProductCode === "denied") throw new AwsError("AccessDeniedException", "No.");
    return {
      Rights: [{ Until: moment, Value: { IntegerValue: 7 }, Key: Buffer.from([0, 255]) }],
      NextToken: undefined,
    };
  },
  Forget: () => ({}),
};

const server = wireServer(
  {
    agreements: handlers,
    entitlements: handlers,
    catalog: { GetRights: () => ({ NextToken: "catalog" }) },
    discovery: { GetRights: () => ({ NextToken: "discovery" }) },
  },
  {
    entries: [
      entry("agreements", "Agreements_v1", ["awsJson1_0"]),
      entry("entitlements", "Entitlements", ["rpcV2Cbor", "awsJson1_1"]),
      rest("catalog"),
      rest("discovery", "/2026-02-05/"),
    ],
  },
);

const input = {
  ProductCode: "prod",
  Filter: { DIMENSION: ["a", "b"], CUSTOMER: [] },
  Since: 1_767_323_045.5,
  Sealed: "AP8=",
  Limit: -3,
  Share: 0.5,
  Exact: false,
  Value: { StringValue: "é" },
  Nested: { ProductCode: "inner", Unknown: 1, Limit: null },
};

const read = {
  ...input,
  Since: moment,
  Sealed: new Uint8Array([0, 255]),
  Nested: { ProductCode: "inner" },
};

describe.each([
  { version: "1.0", target: "Agreements_v1", type: "com.example.rights#InvalidParameterException" },
  { version: "1.1", target: "Entitlements", type: "InvalidParameterException" },
])("AWS JSON $version", ({ version, target, type }) => {
  const contentType = `application/x-amz-json-${version}`;
  const call = (body: string, operation = "GetRights") =>
    signedFetch(server.endpoint, {
      service: "aws-marketplace",
      headers: { "x-amz-target": `${target}.${operation}`, "content-type": contentType },
      body,
    });

  test("reads every kind of value and writes them back", async () => {
    const reply = await call(JSON.stringify(input));
    expect(server.inputs.at(-1)).toEqual(read);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": contentType } });
    const Rights = [{ Until: 1_767_323_045.5, Value: { IntegerValue: 7 }, Key: "AP8=" }];
    expect(JSON.parse(reply.text)).toEqual({ Rights });
  });

  test("answers an operation without output with an empty object", async () => {
    expect(await call("", "Forget")).toMatchObject({ status: 200, text: "{}" });
  });

  test("names errors and gives their members", async () => {
    const reply = await call('{"ProductCode":"bad"}');
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toEqual({ __type: type, message: "Bad.", fields: ["a"] });
    expect((await call('{"ProductCode":"broken"}')).status).toBe(500);
    expect(JSON.parse((await call('{"ProductCode":"denied"}')).text)).toMatchObject({
      __type: "AccessDeniedException",
    });
  });

  test("refuses an operation it has not", async () => {
    const reply = await call("{}", "Steal");
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ __type: "UnknownOperationException" });
  });

  test.each([
    ["text for a number", '{"Limit":"3"}'],
    ["a number for text", '{"ProductCode":3}'],
    ["null in a list", '{"Filter":{"a":[null]}}'],
    ["an object for a list", '{"Filter":{"a":{}}}'],
    ["a list for an object", '{"Filter":[]}'],
    ["a list for everything", "[]"],
    ["two members of a union", '{"Value":{"IntegerValue":1,"StringValue":"a"}}'],
    ["no member of a union", '{"Value":{}}'],
    ["text for a boolean", '{"Exact":"true"}'],
    ["what is not base64", '{"Sealed":"***"}'],
    ["a timestamp that is none", '{"Since":"yesterday"}'],
    ["a time beyond the calendar", '{"Since":1e300}'],
    ["broken JSON", '{"ProductCode":'],
  ])("refuses %s", async (_what, body) => {
    const reply = await call(body);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ __type: "SerializationException" });
  });
});

const callCbor = (body: Uint8Array, operation = "GetRights") =>
  signedFetch(server.endpoint, {
    service: "aws-marketplace",
    path: `/service/Entitlements/operation/${operation}`,
    headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor", accept: "application/cbor" },
    body,
  });
const encoded = (value: object) => Buffer.from(cbor.serialize(value) as Uint8Array);

describe("RPC v2 CBOR", () => {
  test("reads every kind of value and writes them back", async () => {
    const Since = tag({ tag: 1, value: 1_767_323_045.5 });
    const reply = await callCbor(encoded({ ...input, Since, Sealed: new Uint8Array([0, 255]) }));
    expect(server.inputs.at(-1)).toEqual(read);
    expect(reply).toMatchObject({
      status: 200,
      headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
    });
    expect(cbor.deserialize(reply.bytes)).toMatchObject({
      Rights: [{ Until: { tag: 1, value: 1_767_323_045.5 }, Value: { IntegerValue: 7 }, Key: Buffer.from([0, 255]) }],
    });
  });

  test("answers an operation without input or output", async () => {
    const reply = await callCbor(new Uint8Array(0), "Forget");
    expect(cbor.deserialize(reply.bytes)).toEqual({});
  });

  test("names errors and gives their members", async () => {
    const reply = await callCbor(encoded({ ProductCode: "bad" }));
    expect(reply.status).toBe(400);
    expect(cbor.deserialize(reply.bytes)).toEqual({
      __type: "com.example.rights#InvalidParameterException",
      message: "Bad.",
      fields: ["a"],
    });
    expect((await callCbor(encoded({}), "Steal")).status).toBe(404);
  });

  test.each([
    ["a text of four thousand million bytes", [0xa1, 0x61, 0x61, 0x7a, 0xff, 0xff, 0xff, 0xff]],
    ["a list of 2^53 elements", [0x9b, 0x00, 0x20, 0, 0, 0, 0, 0, 0]],
    ["lists in lists without end", Array.from({ length: 10_000 }, () => 0x81)],
    ["a number for a key", [0xa1, 0x01, 0x01]],
    ["two items", [0xa0, 0xa0]],
    ["a break out of nothing", [0xff]],
    ["a reserved length", [0x1c]],
    ["text that is not UTF-8", [0xa1, 0x61, 0xff, 0x01]],
    ["a list for everything", [0x80]],
  ])("refuses %s", async (_what, bytes) => {
    const reply = await callCbor(Uint8Array.from(bytes));
    expect(reply.status).toBe(400);
    expect(cbor.deserialize(reply.bytes)).toMatchObject({ __type: "SerializationException" });
  });
});

test("services that share a signing name are told apart by target and path", async () => {
  const reply = await signedFetch(server.endpoint, {
    service: "aws-marketplace",
    path: "/service/Nobody/operation/GetRights",
  });
  expect(reply.status).toBe(404);
  expect(cbor.deserialize(reply.bytes)).toMatchObject({ __type: "UnknownOperationException" });
});

test.each([
  ["/rights", "catalog"],
  ["/2026-02-05/rights", "discovery"],
])("a REST service that shares the name is told by its path: %s", async (path, name) => {
  const reply = await signedFetch(server.endpoint, { service: "aws-marketplace", path, body: '{"ProductCode":"p"}' });
  expect(JSON.parse(reply.text)).toEqual({ NextToken: name });
});

test("nothing above was a fault of the server", () => {
  expect(server.bugs).toEqual([]);
});
