import { AuthenticationFailure } from "../auth/sigv4-failure";
import { AwsError, type Market } from "../service";
import type { Protocol } from "./api";
import type { Answering } from "./answering";
import { findOperation } from "./find-operation";
import type { WireReply, WireRequest } from "./message";
import { validationError } from "./violations";

/**
 * Answers a request that nobody signed, where the service has something for everybody: a public object of S3.
 *
 * @throws AuthenticationFailure when a signature is missing; AwsError for an upload by HTML form, which carries its
 * signature in the form and is not taken here.
 */
export function answerUnsigned(
  market: Market,
  { api, service, violations }: Answering,
  protocol: Protocol,
  request: WireRequest,
  requestId: string,
): WireReply {
  if (protocol.name === "restXml" && isForm(request))
    throw new AwsError("NotImplemented", "Uploads by HTML form (POST Object) are not implemented.", { status: 501 });
  if (service.unsigned) {
    const operation = findOperation(api, protocol, request, service.handlers);
    const handler = Object.hasOwn(service.unsigned, operation.name) ? service.unsigned[operation.name] : undefined;
    if (handler) {
      const input = protocol.read(operation, request);
      const broken = violations(operation.name, input);
      if (broken.length > 0) throw validationError(protocol.name, broken);
      const output = handler(market, input as never);
      if (output) return protocol.reply(operation, output, requestId);
    }
  }
  throw new AuthenticationFailure("missing", "Missing Authentication Token");
}

function isForm({ method, headers }: WireRequest): boolean {
  return method === "POST" && /^multipart\/form-data\b/i.test(headers["content-type"] ?? "");
}
