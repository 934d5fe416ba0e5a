import { AwsError } from "../service";
import type { ApiIdentity, Operation, Protocol, Refusal } from "./api";
import { formOf } from "./form";
import { FormFormat } from "./form-input";
import type { WireReply } from "./message";
import { escapeXml, xmlContent } from "./xml-writer";

const form = new FormFormat({
  memberName: (member) => (member.traits["xmlName"] as string | undefined) ?? member.name,
  flatLists: false,
  wrongType: (value, name) =>
    new AwsError("MalformedInput", `Value '${value.slice(0, 64)}' of ${name} is not of its type.`),
});

/** The query protocol of IAM and STS: parameters in a form, answers in XML. */
export const query: Protocol = {
  name: "query",

  read(operation, request) {
    if (!operation.input) return {};
    return form.read(operation.input, formOf(request)) as Record<string, unknown>;
  },

  reply(operation: Operation, output: object, requestId: string): WireReply {
    const { name, api } = operation;
    const result = operation.output ? `<${name}Result>${xmlContent(operation.output, output)}</${name}Result>` : "";
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return {
      status: 200,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: `<${name}Response xmlns="${api.xmlNamespace}">${result}${metadata}</${name}Response>`,
    };
  },

  refuse(api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
    const type = refusal.status < 500 ? "Sender" : "Receiver";
    const members = refusal.shape ? xmlContent(refusal.shape, { ...refusal.members, message: undefined }) : "";
    const error = `<Type>${type}</Type><Code>${escapeXml(refusal.code)}</Code><Message>${escapeXml(refusal.message)}</Message>${members}`;
    return {
      status: refusal.status,
      headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
      body: `<ErrorResponse xmlns="${api.xmlNamespace}"><Error>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  },
};
