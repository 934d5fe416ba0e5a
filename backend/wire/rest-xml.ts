import { AwsError } from "../service";
import type { ApiIdentity, Protocol, Refusal } from "./api";
import { httpInputReader } from "./http-input";
import { httpOutputWriter } from "./http-output";
import { httpTemplate } from "./http-template";
import type { WireReply } from "./message";
import { perOperation } from "./per-operation";
import { Malformed } from "./refusal";
import type { Shape } from "./shape";
import { parseXml } from "./xml-parser";
import { readXml } from "./xml-reader";
import { escapeXml, xmlElement } from "./xml-writer";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const readerOf = perOperation(({ input, http }) =>
  input ? httpInputReader(input, httpTemplate(http?.template ?? "/"), readDocument) : () => ({}),
);
const writerOf = perOperation(({ output, http, api }) =>
  httpOutputWriter(output, http?.status ?? 200, {
    contentType: "application/xml",
    write(shape, value, member) {
      const traits = member?.traits ?? shape.traits;
      const fallback = shape.kind === "structure" ? shape.name.replace(/Output$/, "Result") : "Result";
      const name = (traits["xmlName"] as string | undefined) ?? fallback;
      return declaration + rootElement(name, shape, value, api.xmlNamespace);
    },
  }),
);

/** REST with XML bodies, as S3 speaks it. */
export const restXml: Protocol = {
  name: "restXml",

  read: (operation, request) => readerOf(operation)(request),

  reply(operation, output, requestId) {
    const reply = writerOf(operation)(output);
    // The model knows one status for each operation; a part of an object has HTTP's own.
    const status = reply.status === 200 && reply.headers["content-range"] !== undefined ? 206 : reply.status;
    return { ...reply, status, headers: { ...reply.headers, ...identification(requestId) } };
  },

  refuse(_api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
    const members = Object.entries(refusal.members)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
      .join("");
    const error = `<Code>${escapeXml(refusal.code)}</Code><Message>${escapeXml(refusal.message)}</Message>${members}`;
    const headers: Record<string, string> = { "content-type": "application/xml", ...identification(requestId) };
    // HeadBucket answers without a body, so clients look for a bucket's region here.
    const region = refusal.members["Region"] ?? refusal.members["BucketRegion"];
    if (typeof region === "string") headers["x-amz-bucket-region"] = region;
    return {
      status: refusal.status,
      headers,
      body: `${declaration}<Error>${error}<RequestId>${requestId}</RequestId><HostId>${hostId(requestId)}</HostId></Error>`,
    };
  },
};

/**
 * The root of an answer. Where it is called like its only member, S3 writes that member alone, without an element
 * around it: `<LocationConstraint xmlns="…">eu-west-1</LocationConstraint>`. Source: "S3UnwrappedXmlOutput" in Smithy's
 * documentation of AWS customizations.
 */
function rootElement(name: string, shape: Shape, value: unknown, namespace: string | undefined): string {
  const [only, ...others] = shape.kind === "structure" ? shape.members : [];
  if (only?.name !== name || others.length > 0) return xmlElement(name, shape, value, namespace);
  const content = (value as Readonly<Record<string, unknown>>)[only.name] ?? "";
  return xmlElement(name, only.shape, content, namespace);
}

function readDocument(shape: Shape, body: Uint8Array): unknown {
  try {
    return readXml(shape, parseXml(body));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new AwsError(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema",
      { status: 400 },
    );
  }
}

function identification(requestId: string): Record<string, string> {
  return { "x-amz-request-id": requestId, "x-amz-id-2": hostId(requestId) };
}

/** S3's second identification of a request; opaque to clients. */
function hostId(requestId: string): string {
  return Buffer.from(`embedded/${requestId}`).toString("base64");
}
