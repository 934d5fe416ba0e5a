import { AwsError } from "../service";
import type { ApiIdentity, Operation, Protocol, Refusal } from "./api";
import { formOf } from "./form";
import { FormFormat } from "./form-input";
import type { WireReply } from "./message";
import type { Member } from "./shape";
import { escapeXml, xmlContent } from "./xml-writer";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

const form = new FormFormat({
  memberName,
  flatLists: true,
  wrongType: (value, name) =>
    new AwsError("InvalidParameterValue", `Value (${value.slice(0, 64)}) for parameter ${name} is invalid.`),
});

/** EC2's own query protocol: lists are always flat, and names begin with a capital. */
export const ec2Query: Protocol = {
  name: "ec2Query",

  read(operation, request) {
    if (!operation.input) return {};
    return form.read(operation.input, formOf(request)) as Record<string, unknown>;
  },

  reply(operation: Operation, output: object, requestId: string): WireReply {
    const { name, api } = operation;
    const content = operation.output ? xmlContent(operation.output, output) : "<return>true</return>";
    return {
      status: 200,
      headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
      body: `${declaration}<${name}Response xmlns="${api.xmlNamespace}"><requestId>${requestId}</requestId>${content}</${name}Response>`,
    };
  },

  refuse(_api: ApiIdentity, refusal: Refusal, requestId: string): WireReply {
    const error = `<Error><Code>${escapeXml(refusal.code)}</Code><Message>${escapeXml(refusal.message)}</Message></Error>`;
    return {
      status: refusal.status,
      headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
      body: `${declaration}<Response><Errors>${error}</Errors><RequestID>${requestId}</RequestID></Response>`,
    };
  },
};

/** Smithy, "AWS EC2 query protocol": ec2QueryName as it is, else the XML name or the member's own, capitalised. */
export function memberName(member: Member): string {
  const own = member.traits["ec2QueryName"] as string | undefined;
  if (own !== undefined) return own;
  const name = (member.traits["xmlName"] as string | undefined) ?? member.name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
